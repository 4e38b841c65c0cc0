"""Signed-in browsers as rows: begun at sign-in, found by the cookie's token, ended on demand.

The cookie holds a random token, the database only its SHA-256, so that a copy of the database signs nobody in.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from flask_login import UserMixin
from sqlalchemy import delete, select

from jobboard import clock
from jobboard.accounts.models import Person, PersonSession
from jobboard.database import db

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_IDLE = timedelta(days=30)


class Identity(UserMixin):  # type: ignore[misc]
    """Who is at the door: a person in one browser. Flask-Login's `current_user` is one of these."""

    def __init__(self, token: str, session: PersonSession) -> None:
        self.token = token
        self.session = session
        self.person: Person = session.person

    def get_id(self) -> str:
        """What the cookie holds."""
        return self.token

    @property
    def person_id(self) -> int:
        """The row id of the person."""
        return self.person.id

    @property
    def name(self) -> str:
        """The name to greet with."""
        return self.person.display_name

    @property
    def email(self) -> str:
        """The confirmed address."""
        return self.person.email

    @property
    def is_moderator(self) -> bool:
        """Whether the person keeps order in the house."""
        return self.person.is_moderator


def hash_of(token: str) -> str:
    """The form in which a token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin(person: Person, address: str = "", browser: str = "") -> Identity:
    """Add a session row for `person`; the caller commits and hands the identity to Flask-Login."""
    token = secrets.token_urlsafe(32)
    session = PersonSession(
        token_hash=hash_of(token), person=person, address=address[:60], browser=browser[:200]
    )
    db.session.add(session)
    return Identity(token, session)


def identity(token: str) -> Identity | None:
    """Who holds `token`: nobody if it ended, was idle too long, or the person is suspended or unconfirmed."""
    session = db.session.scalar(select(PersonSession).where(PersonSession.token_hash == hash_of(token)))
    if session is None or session.last_seen_at < clock.now() - LONGEST_IDLE:
        return None
    if session.person.suspended_at is not None or session.person.confirmed_at is None:
        return None
    return Identity(token, session)


def sessions_of(person: Person) -> Sequence[PersonSession]:
    """The browsers a person is signed in on, the latest used first."""
    mine = select(PersonSession).where(PersonSession.person_id == person.id)
    return db.session.scalars(mine.order_by(PersonSession.last_seen_at.desc(), PersonSession.id.desc())).all()


def end(token: str) -> None:
    """End the session that `token` names, if there is one."""
    db.session.execute(delete(PersonSession).where(PersonSession.token_hash == hash_of(token)))


def end_all(person: Person, *, keep: str | None = None) -> None:
    """End every session of `person`, but for the one whose token is `keep`."""
    theirs = delete(PersonSession).where(PersonSession.person_id == person.id)
    if keep is not None:
        theirs = theirs.where(PersonSession.token_hash != hash_of(keep))
    db.session.execute(theirs)
