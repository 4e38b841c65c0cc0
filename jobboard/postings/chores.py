"""What the clock does to postings: closes those whose time is over, and warns a week before."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from jobboard import clock
from jobboard.database import db, writing
from jobboard.postings import actions, letters
from jobboard.postings.dates import DAYS_OF_WARNING
from jobboard.postings.models import Posting, PostingEvent, State
from jobboard.postings.queries import not_suspended
from jobboard.unit_of_work import ChangedByAnother, commit, rollback

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)
AT_ONCE = 200
# The event that a warning leaves; its reason is the closing day of which it warned.
WARNED = "warned"


def close_what_is_due() -> int:
    """Close the open postings whose last moment has passed; returns how many. Commits each."""
    asked = select(Posting.id).where(Posting.state == State.OPEN, Posting.closes_at <= clock.now())
    due = db.session.scalars(asked.order_by(Posting.id).limit(AT_ONCE)).all()
    db.session.commit()
    return sum(_alone(posting_id, _expire) for posting_id in due)


def warn_of_closing() -> int:
    """Write to the people of postings that close within a week, once for each closing day; returns for how many."""
    now = clock.now()
    asked = select(Posting.id, Posting.closes_on).where(
        Posting.state == State.OPEN,
        Posting.closes_at > now,
        Posting.closes_at <= now + timedelta(days=DAYS_OF_WARNING),
        Posting.source == "form",
        not_suspended(),
    )
    warned = select(PostingEvent.posting_id, PostingEvent.reason).where(PostingEvent.what == WARNED)
    soon = db.session.execute(asked.order_by(Posting.id)).all()
    told = {
        tuple(row)
        for row in db.session.execute(warned.where(PostingEvent.posting_id.in_([i for i, _ in soon])))
    }
    db.session.commit()
    return sum(_alone(number, _warn) for number, day in soon if day and (number, day.isoformat()) not in told)


def _expire(posting: Posting) -> bool:
    if posting.state != State.OPEN or posting.closes_at is None or posting.closes_at > clock.now():
        return False
    actions.expire(posting)
    return True


def _warn(posting: Posting) -> bool:
    if posting.state != State.OPEN or posting.closes_on is None:
        return False
    letters.expires(posting)
    db.session.add(PostingEvent(posting_id=posting.id, what=WARNED, reason=posting.closes_on.isoformat()))
    return True


def _alone(posting_id: int, do: Callable[[Posting], bool]) -> bool:
    # A unit of work each: what fails for one posting is tried again at the next round, and keeps no other waiting.
    with writing():
        try:
            posting = db.session.get(Posting, posting_id, populate_existing=True)
            done = posting is not None and do(posting)
            commit()
        except ChangedByAnother:
            rollback()
            return False
        except Exception:
            log.exception("posting %d could not be closed or warned of", posting_id)
            rollback()
            return False
    return bool(done)
