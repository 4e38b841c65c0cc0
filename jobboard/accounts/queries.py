"""Questions about people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from jobboard.accounts.addresses import address_key
from jobboard.accounts.models import Person, PersonSession
from jobboard.database import db

if TYPE_CHECKING:
    from collections.abc import Sequence


def person_by_id(person_id: int | None) -> Person | None:
    """The person of that row id."""
    return None if person_id is None else db.session.get(Person, person_id)


def person_by_address(address: str) -> Person | None:
    """Whose account has this address, without regard to case."""
    return db.session.scalar(select(Person).where(Person.email_key == address_key(address)))


def password_behind(address: str) -> str | None:
    """The stored hash of the account with this address, or None where there is no such account."""
    asked = select(Person.password_hash).where(Person.email_key == address_key(address))
    return db.session.scalar(asked)


def moderators() -> Sequence[Person]:
    """Those who keep order in the house and may sign in."""
    able = Person.is_moderator & Person.suspended_at.is_(None) & Person.confirmed_at.is_not(None)
    return db.session.scalars(select(Person).where(able).order_by(Person.id)).all()


def everybody() -> Sequence[Person]:
    """All people by address."""
    return db.session.scalars(select(Person).order_by(Person.email_key)).all()


def session_of(person: Person, session_id: int) -> PersonSession | None:
    """One of the person's own sessions, or None."""
    mine = select(PersonSession).where(PersonSession.person_id == person.id, PersonSession.id == session_id)
    return db.session.scalar(mine)
