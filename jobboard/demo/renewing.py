"""Moves the dates of the demo, all by the same whole days, so that its newest posting was posted today.

What lay ahead or behind of that day lies so again: openings that ran out meanwhile are open once more, and those that
were meant to have run out are still over. What people added to the demo themselves keeps its dates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from jobboard import clock, unit_of_work
from jobboard.applications.models import Application, ApplicationEvent, WentToApply
from jobboard.database import db, writing
from jobboard.demo.calendar import moved, moved_day
from jobboard.demo.life import SOURCE
from jobboard.postings import actions
from jobboard.postings.dates import in_zone, set_period
from jobboard.postings.models import Posting, PostingEvent, PostingReport, PostingRevision, State
from jobboard.postings.rules import EXPIRED

if TYPE_CHECKING:
    from jobboard.database import Model

# The moments of each kind of row that belongs to a posting.
_MOMENTS: tuple[tuple[type[Any], tuple[str, ...]], ...] = (
    (PostingEvent, ("at",)),
    (PostingRevision, ("created_at", "decided_at")),
    (PostingReport, ("created_at", "handled_at")),
    (Application, ("created_at", "changed_at", "first_read_at")),
    (WentToApply, ("at",)),
)
_OWN_MOMENTS = ("created_at", "changed_at", "submitted_at", "posted_at", "closed_at")


def renew() -> int:
    """Move the dates of the demo to today; returns by how many days. Commits once."""
    with writing():
        days = days_behind()
        if days:
            _move(days)
        unit_of_work.commit()
    return days


def days_behind() -> int:
    """How many days ago the newest posting of the demo was posted, as its employer counts days."""
    asked = select(Posting.posted_at, Posting.time_zone).where(
        Posting.source == SOURCE, Posting.posted_at.is_not(None)
    )
    newest = db.session.execute(asked.order_by(Posting.posted_at.desc()).limit(1)).first()
    if newest is None or newest.posted_at is None:
        return 0
    zone = newest.time_zone
    return (clock.today(zone) - in_zone(newest.posted_at, zone).date()).days


def _move(days: int) -> None:
    postings = db.session.scalars(select(Posting).where(Posting.source == SOURCE)).all()
    zones = {posting.id: posting.time_zone for posting in postings}
    for posting in postings:
        _move_posting(posting, days)
    for kind, names in _MOMENTS:
        for row in db.session.scalars(select(kind).where(kind.posting_id.in_(zones))):
            _move_row(row, names, days, zones[row.posting_id])
    of_applications = (
        select(ApplicationEvent, Application.posting_id)
        .join(Application, ApplicationEvent.application_id == Application.id)
        .where(Application.posting_id.in_(zones))
    )
    for event, posting_id in db.session.execute(of_applications):
        _move_row(event, ("at",), days, zones[posting_id])
    unit_of_work.flush()
    for posting in postings:
        _open_again(posting)


def _move_posting(posting: Posting, days: int) -> None:
    _move_row(posting, _OWN_MOMENTS, days, posting.time_zone)
    posting.starts_on = moved_day(posting.starts_on, days)
    opens, closes = moved_day(posting.opens_on, days), moved_day(posting.closes_on, days)
    if posting.opens_at is not None and opens and closes:
        set_period(posting, opens, closes)
    else:
        posting.opens_on, posting.closes_on = opens, closes


def _move_row(row: Model, names: tuple[str, ...], days: int, zone: str) -> None:
    for name in names:
        setattr(row, name, moved(getattr(row, name), days, zone))


def _open_again(posting: Posting) -> None:
    """Open a posting that ran out while nobody looked, if its moved period is not over."""
    ran_out = posting.state == State.CLOSED and posting.closed_reason == EXPIRED
    if not ran_out or posting.closes_at is None or posting.closes_at <= clock.now() or not posting.opens_on:
        return
    actions.publish(
        posting, opens_on=posting.opens_on, closes_on=posting.closes_on, posted_at=posting.posted_at
    )
