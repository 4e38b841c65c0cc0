"""Noting that a signed-in browser was here, and forgetting what is over."""

from __future__ import annotations

from datetime import timedelta

from flask import request, session
from flask_login import current_user
from sqlalchemy import delete, update
from sqlalchemy.orm.attributes import set_committed_value

from jobboard import clock
from jobboard.accounts.models import Person, PersonSession
from jobboard.accounts.sessions import LONGEST_IDLE
from jobboard.database import db, separate_write

NOTED_EVERY = timedelta(minutes=5)
UNCONFIRMED_KEPT = timedelta(days=30)


def note_visit() -> None:
    """Before a page is shown: write down that this browser was seen, every five minutes at most."""
    if request.method not in {"GET", "HEAD"} or request.endpoint in {None, "static"}:
        return
    if not session or not current_user.is_authenticated:
        return
    now = clock.now()
    seen: PersonSession = current_user.session
    if now - seen.last_seen_at < NOTED_EVERY:
        return
    # Ends the reading transaction: one that began before this write could not write itself afterwards.
    db.session.commit()
    with separate_write() as connection:
        mine = update(PersonSession).where(PersonSession.id == seen.id)
        connection.execute(mine.values(last_seen_at=now))
    set_committed_value(seen, "last_seen_at", now)


def forget_idle_sessions() -> int:
    """Delete sessions that were idle too long; returns how many."""
    over = delete(PersonSession).where(PersonSession.last_seen_at < clock.now() - LONGEST_IDLE)
    with separate_write() as connection:
        return int(connection.execute(over).rowcount)


def forget_unconfirmed() -> int:
    """Delete accounts that nobody confirmed in time; returns how many."""
    early = Person.created_at < clock.now() - UNCONFIRMED_KEPT
    never = delete(Person).where(Person.confirmed_at.is_(None), early)
    with separate_write() as connection:
        return int(connection.execute(never).rowcount)
