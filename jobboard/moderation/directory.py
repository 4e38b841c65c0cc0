"""The people and companies that order is kept over, found by parts of their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from jobboard.accounts.models import Person
from jobboard.codes import licences
from jobboard.codes.viewer_models import CodeMembership
from jobboard.database import db, has_in_it
from jobboard.employers.models import Company, CompanyMember
from jobboard.postings.models import Posting, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select

PER_PAGE = 25
RowT = TypeVar("RowT")


def people(words: str, *, only_suspended: bool = False, page: int = 1) -> tuple[Sequence[Person], int]:
    """People whose name or address has the words in it, by address, and how many there are."""
    asked = select(Person)
    for word in words.split()[:5]:
        asked = asked.where(
            or_(
                Person.email_key.contains(word.casefold(), autoescape=True),
                has_in_it(Person.name, word),
            )
        )
    if only_suspended:
        asked = asked.where(Person.suspended_at.is_not(None))
    return _page(asked.order_by(Person.email_key), page)


def companies(words: str, *, only_suspended: bool = False, page: int = 1) -> tuple[Sequence[Company], int]:
    """Companies whose name or domain has the words in it, by name, and how many there are."""
    asked = select(Company).options(selectinload(Company.members))
    for word in words.split()[:5]:
        asked = asked.where(
            or_(
                has_in_it(Company.name, word),
                has_in_it(Company.domain, word),
            )
        )
    if only_suspended:
        asked = asked.where(Company.suspended_at.is_not(None))
    return _page(asked.order_by(Company.name, Company.id), page)


def _page(asked: Select[RowT], page: int) -> tuple[Sequence[RowT], int]:
    total = db.session.scalar(select(func.count()).select_from(asked.order_by(None).subquery())) or 0
    return db.session.scalars(asked.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all(), total


def company_with_people(company_id: int) -> Company | None:
    """A company with those who speak for it."""
    people_too = selectinload(Company.members).joinedload(CompanyMember.person)
    return db.session.scalar(select(Company).where(Company.id == company_id).options(people_too))


def open_postings_of_company(company_id: int) -> int:
    """How many open postings name the company, as the one that hires or as the agency."""
    names = or_(Posting.company_id == company_id, Posting.posted_by_company_id == company_id)
    return db.session.scalar(select(func.count(Posting.id)).where(Posting.state == State.OPEN, names)) or 0


def memberships(person_id: int) -> dict[str, tuple[CodeMembership, str]]:
    """The groups of readers that a person is in: by name the row, and what the moderator who granted it is called."""
    rows = licences.memberships_of(person_id)
    granters = {each.granted_by_id for each in rows if each.granted_by_id is not None}
    names = {
        each.id: each.display_name
        for each in db.session.scalars(select(Person).where(Person.id.in_(granters)))
    }
    return {each.group_name: (each, names.get(each.granted_by_id or 0, "")) for each in rows}


def open_postings_by(person_id: int) -> int:
    """How many open postings a person wrote."""
    asked = select(func.count(Posting.id))
    return (
        db.session.scalar(asked.where(Posting.state == State.OPEN, Posting.created_by_id == person_id)) or 0
    )
