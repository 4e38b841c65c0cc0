"""Questions about letters."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from jobboard import clock
from jobboard.database import db
from jobboard.mail.models import Letter


def waiting_letters() -> int:
    """How many letters are not sent yet and not given up."""
    waiting = Letter.sent_at.is_(None) & Letter.failed_at.is_(None)
    return db.session.scalar(select(func.count()).select_from(Letter).where(waiting)) or 0


@dataclass(frozen=True)
class LettersWaiting:
    """Letters that ought to be gone: how many are due, for how many seconds the longest; how many were tried before;
    and how many failed for good.
    """

    due: int
    oldest_seconds: int
    put_off: int
    failed: int


def letters_now() -> LettersWaiting:
    """The letters as they are, in one statement; those meant for later are not counted."""
    now = clock.now()
    waiting = Letter.failed_at.is_(None)
    due = waiting & (Letter.not_before <= now)
    counts = select(
        func.count().filter(due),
        func.min(Letter.not_before).filter(due),
        func.count().filter(waiting & (Letter.attempts > 0)),
        func.count(Letter.failed_at),
    ).where(Letter.sent_at.is_(None))
    number, oldest, put_off, failed = db.session.execute(counts).one()
    return LettersWaiting(number, int((now - oldest).total_seconds()) if oldest else 0, put_off, failed)
