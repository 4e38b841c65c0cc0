"""What is done to companies and their people. Nothing here commits; `rules.NotAllowed` says why a step cannot be."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from jobboard import clock
from jobboard.accounts.sessions import hash_of
from jobboard.database import db
from jobboard.employers.models import Company, CompanyInvitation, CompanyMember
from jobboard.employers.names import host_of, name_key, slug_for
from jobboard.employers.queries import imported_company_named
from jobboard.employers.rules import (
    INVITATION_LASTS,
    OWNER,
    ROLES,
    NotAllowed,
    is_in_time,
    is_last_owner,
    is_meant_for,
)
from jobboard.mail.actions import write_letter
from jobboard.mail.addresses import base_url
from jobboard.unit_of_work import ChangedByAnother

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jobboard.accounts.models import Person

# What a company's people may write; the name goes through `rename`.
WRITABLE = ("website", "about", "setting", "is_agency", "time_zone", "city", "state")


def found(person: Person, name: str, facts: Mapping[str, Any]) -> Company:
    """A new company whose owner is `person`; `facts` are columns of `WRITABLE`."""
    company = _new(name, facts)
    company.members.append(CompanyMember(person=person, person_id=person.id, role=OWNER))
    db.session.flush()
    return company


def find_or_found_for_import(name: str, **facts: Any) -> Company:
    """The company without people of that name, or a new one; a company that has people is never found, since
    nobody but they may post for it."""
    return imported_company_named(name) or _new(name, facts)


def change(company: Company, name: str, facts: Mapping[str, Any], *, version: int | None = None) -> None:
    """Write a company's facts and name; `version` is the one the editor saw, another raises `ChangedByAnother`."""
    if version is not None and version != company.version:
        raise ChangedByAnother
    rename(company, name)
    for column, value in _writable(facts).items():
        setattr(company, column, value)
    company.domain = host_of(company.website)
    db.session.flush()


def rename(company: Company, name: str) -> None:
    """Give a company another name. Its address stays, so that links do."""
    clean = _clean(name)
    if company.name != clean:
        company.name, company.name_key = clean, name_key(clean)


def suspend(company: Company, reason: str) -> None:
    """Hide a company and its postings until it is restored."""
    company.suspended_at, company.suspended_reason = clock.now(), reason.strip()


def restore(company: Company) -> None:
    """Show a suspended company and its postings again."""
    company.suspended_at, company.suspended_reason = None, ""


def invite(company: Company, email: str, role: str, by: Person) -> str:
    """Mail an invitation; an earlier one to the address is replaced. Returns the token that the letter carries."""
    _known_role(role)
    key = email.strip().casefold()
    if any(member.person.email_key == key for member in company.members):
        raise NotAllowed("The person at this address already speaks for the company.")
    db.session.execute(
        delete(CompanyInvitation).where(
            CompanyInvitation.company_id == company.id, CompanyInvitation.email_key == key
        )
    )
    token = secrets.token_urlsafe(32)
    db.session.add(
        CompanyInvitation(
            company_id=company.id,
            email=email.strip(),
            email_key=key,
            role=role,
            token_hash=hash_of(token),
            invited_by_id=by.id,
        )
    )
    write_letter(
        "invitation",
        to=email.strip(),
        subject=f"{by.display_name} invites you to {company.name}",
        template="employers/invitation",
        context={
            "company": company.name,
            "inviter": by.display_name,
            "role": role,
            "link": f"{base_url()}/invitations/{token}",
            "days": INVITATION_LASTS.days,
        },
    )
    db.session.flush()
    return token


def call_back(invitation: CompanyInvitation) -> None:
    """End an invitation that was not accepted."""
    db.session.delete(invitation)


def accept(invitation: CompanyInvitation, person: Person) -> CompanyMember:
    """Let `person` speak for the company that invited their address."""
    if not is_meant_for(invitation, person):
        raise NotAllowed("This invitation was sent to another address. Sign in with that one.")
    if not is_in_time(invitation):
        raise NotAllowed("This invitation is too old. Ask the company for a new one.")
    company_id, role = invitation.company_id, invitation.role
    db.session.delete(invitation)
    asked = select(CompanyMember).where(
        CompanyMember.company_id == company_id, CompanyMember.person_id == person.id
    )
    member = db.session.scalar(asked)
    if member is None:
        member = CompanyMember(company_id=company_id, person_id=person.id, role=role)
        db.session.add(member)
    db.session.flush()
    return member


def set_role(company: Company, person_id: int, role: str) -> None:
    """Give a person of the company another role; the last owner stays one."""
    _known_role(role)
    member = _member(_locked(company), person_id)
    if role != OWNER and is_last_owner(member, company.members):
        raise NotAllowed("A company needs an owner: make somebody else one first.")
    member.role = role


def remove(company: Company, person_id: int) -> None:
    """Let a person speak for the company no longer; the last owner stays."""
    member = _member(_locked(company), person_id)
    if is_last_owner(member, company.members):
        raise NotAllowed("The last owner cannot leave: make somebody else an owner first.")
    company.members.remove(member)


def _locked(company: Company) -> Company:
    # Two owners who remove each other at one instant would leave none: the row's lock makes the second one wait.
    asked = select(Company).where(Company.id == company.id).with_for_update(of=Company)
    db.session.execute(asked.execution_options(populate_existing=True))
    db.session.refresh(company, ["members"])
    return company


def _member(company: Company, person_id: int) -> CompanyMember:
    for member in company.members:
        if member.person_id == person_id:
            return member
    raise NotAllowed("This person does not speak for the company.")


def _new(name: str, facts: Mapping[str, Any]) -> Company:
    clean = _clean(name)
    company = Company(name=clean, name_key=name_key(clean), slug=_free_slug(clean), **_writable(facts))
    company.domain = host_of(company.website or "")
    db.session.add(company)
    db.session.flush()
    return company


def _free_slug(name: str) -> str:
    wanted = slug_for(name)
    taken = set(
        db.session.scalars(select(Company.slug).where(Company.slug.startswith(wanted, autoescape=True)))
    )
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def _writable(facts: Mapping[str, Any]) -> dict[str, Any]:
    unknown = sorted(facts.keys() - set(WRITABLE))
    if unknown:
        raise ValueError(f"not a fact of a company: {', '.join(unknown)}")
    return dict(facts)


def _clean(name: str) -> str:
    clean = " ".join(name.split())[:200]
    if not clean:
        raise ValueError("a company needs a name")
    return clean


def _known_role(role: str) -> None:
    if role not in ROLES:
        raise NotAllowed("Choose owner or recruiter.")
