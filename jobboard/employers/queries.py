"""Asks the database for companies, those who speak for them, and their invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload, selectinload

from jobboard.accounts.models import Person
from jobboard.accounts.sessions import hash_of
from jobboard.database import db
from jobboard.employers.models import Company, CompanyInvitation, CompanyMember
from jobboard.employers.names import name_key
from jobboard.employers.rules import OWNER

if TYPE_CHECKING:
    from collections.abc import Sequence


def companies_of(person_id: int) -> Sequence[Company]:
    """The companies for which a person speaks, by name."""
    mine = select(Company).join(CompanyMember).where(CompanyMember.person_id == person_id)
    return db.session.scalars(mine.order_by(Company.name, Company.id)).all()


def memberships_of(person_id: int) -> Sequence[CompanyMember]:
    """A person's roles with their companies, by the companies' names."""
    mine = select(CompanyMember).join(Company).where(CompanyMember.person_id == person_id)
    return db.session.scalars(
        mine.options(joinedload(CompanyMember.company)).order_by(Company.name, Company.id)
    ).all()


def company_for(person_id: int, slug: str, *, owner: bool = False) -> Company | None:
    """The company, for one of its people (or, with `owner`, of its owners), or nothing."""
    mine = (
        select(Company)
        .join(CompanyMember)
        .where(Company.slug == slug, CompanyMember.person_id == person_id)
        .options(selectinload(Company.members).joinedload(CompanyMember.person))
    )
    if owner:
        mine = mine.where(CompanyMember.role == OWNER)
    return db.session.scalar(mine)


def speaks_for(person_id: int, company_id: int) -> bool:
    """Whether the person speaks for the company."""
    member = exists().where(CompanyMember.person_id == person_id, CompanyMember.company_id == company_id)
    return bool(db.session.scalar(select(member)))


def people_of(company_id: int) -> Sequence[Person]:
    """Those who speak for a company and are not suspended, in the order in which they came."""
    theirs = (
        select(Person)
        .join(CompanyMember, CompanyMember.person_id == Person.id)
        .where(CompanyMember.company_id == company_id, Person.suspended_at.is_(None))
    )
    return db.session.scalars(theirs.order_by(CompanyMember.id)).all()


def has_people(company_id: int) -> bool:
    """Whether anybody speaks for the company; imported ones have nobody."""
    return bool(db.session.scalar(select(exists().where(CompanyMember.company_id == company_id))))


def company_at(slug: str) -> Company | None:
    """The company at a public address, unless it is suspended."""
    return db.session.scalar(select(Company).where(Company.slug == slug, Company.suspended_at.is_(None)))


def company_named(name: str) -> Company | None:
    """A company by its name without regard to case and spaces: the oldest of that name, those without people first
    where `name` comes from an import."""
    asked = select(Company).where(Company.name_key == name_key(name)).order_by(Company.id)
    return db.session.scalars(asked).first()


def imported_company_named(name: str) -> Company | None:
    """A company of that name for which nobody speaks, or nothing."""
    asked = select(Company).where(
        Company.name_key == name_key(name), ~exists().where(CompanyMember.company_id == Company.id)
    )
    return db.session.scalars(asked.order_by(Company.id)).first()


def invitation_by(token: str) -> CompanyInvitation | None:
    """The invitation whose letter carries `token`, or nothing."""
    asked = select(CompanyInvitation).where(CompanyInvitation.token_hash == hash_of(token))
    return db.session.scalar(asked.options(joinedload(CompanyInvitation.company)))


def invitations_of(company_id: int) -> Sequence[CompanyInvitation]:
    """The invitations of a company that were not accepted yet, the oldest first."""
    asked = select(CompanyInvitation).where(CompanyInvitation.company_id == company_id)
    return db.session.scalars(asked.order_by(CompanyInvitation.id)).all()
