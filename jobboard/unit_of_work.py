"""One commit per piece of work, and what may happen only after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobboard.crash_points import step
from jobboard.database import ChangedByAnother as ChangedByAnother
from jobboard.database import db

if TYPE_CHECKING:
    from collections.abc import Callable

_KEY = "after_commit"


def after_commit(do: Callable[[], None]) -> None:
    """Call `do` once the current unit of work is stored; dropped if it is not."""
    db.session.info.setdefault(_KEY, []).append(do)


def commit() -> None:
    """Store everything of this unit of work, or nothing. Raises `ChangedByAnother`."""
    try:
        db.session.commit()
    except Exception:
        rollback()
        raise
    step("work-stored")
    for do in db.session.info.pop(_KEY, []):
        do()


def flush() -> None:
    """Send what is pending to the database without storing it for good. Raises `ChangedByAnother`."""
    try:
        db.session.flush()
    except ChangedByAnother:
        rollback()
        raise


def rollback() -> None:
    """Forget everything since the last commit, and what was to follow it."""
    db.session.info.pop(_KEY, None)
    db.session.rollback()
