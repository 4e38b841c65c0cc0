"""Whom the demo has: people to sign in as, and for every other company a desk that nobody signs in to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from jobboard.accounts.actions import add
from jobboard.accounts.letters import choose
from jobboard.accounts.models import LetterChoice, Person
from jobboard.accounts.passwords import NONE_SET
from jobboard.codes.licences import set_groups
from jobboard.codes.rules import MEMBERS
from jobboard.database import db
from jobboard.demo.reading import people
from jobboard.employers.actions import found
from jobboard.employers.models import CompanyMember
from jobboard.employers.rules import RECRUITER
from jobboard.mail.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jobboard.demo.reading import Employer
    from jobboard.employers.models import Company

# Printed at every start: a board on the loopback address, in a folder that `serve` refuses, keeps no secrets.
PASSWORD = "lantern-biscuit-46"  # noqa: S105
DOMAIN = "demo.example"
_TOO_MANY_AT_ONCE = ("posting_approved",)


def address_of(key: str) -> str:
    """The address with which a person of the demo signs in."""
    return f"{key}@{DOMAIN}"


def add_cast(password_hash: str) -> dict[str, Person]:
    """The people to sign in as, by key. They hear nothing of approvals until `hear_again`."""
    cast = {}
    for one in people():
        person = add(
            address_of(one["key"]), one["name"], password_hash, is_moderator=one.get("moderator", False)
        )
        cast[one["key"]] = person
        for kind in _TOO_MANY_AT_ONCE:
            choose(person.id, kind, "off")
    moderator = next(person for person in cast.values() if person.is_moderator)
    for one in people():
        if one.get("member", False):
            set_groups(cast[one["key"]].id, {MEMBERS}, moderator.id)
    return cast


def hear_again(cast: Mapping[str, Person]) -> None:
    """Let the people hear of approvals as everybody does."""
    ids = [person.id for person in cast.values()]
    db.session.execute(
        delete(LetterChoice).where(LetterChoice.person_id.in_(ids), LetterChoice.kind.in_(_TOO_MANY_AT_ONCE))
    )


def add_company(employer: Employer, cast: Mapping[str, Person]) -> tuple[Company, Person]:
    """A company with its people, and the one who writes its postings."""
    owner = cast.get(employer.owner) or _desk(employer)
    company = found(owner, employer.name, employer.facts)
    for key in employer.recruiters:
        company.members.append(CompanyMember(person=cast[key], person_id=cast[key].id, role=RECRUITER))
    return company, owner


def _desk(employer: Employer) -> Person:
    host = str(employer.facts["website"]).rpartition("//")[2]
    person = add(f"hiring@{'.'.join(host.split('.')[-2:])}", "Hiring desk", NONE_SET)
    for kind in KINDS.values():
        if kind.can_be_off:
            choose(person.id, kind.name, "off")
    return person
