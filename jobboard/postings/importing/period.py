"""From when until when an imported posting is open, by the days of its company's zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from jobboard import clock
from jobboard.postings import dates
from jobboard.postings.importing.given_dates import first_day, last_day
from jobboard.postings.importing.matching import days_moved
from jobboard.postings.importing.refusal import Refused

if TYPE_CHECKING:
    from datetime import date, datetime

    from jobboard.postings.importing.opening import Opening
    from jobboard.postings.models import Posting


@dataclass(frozen=True)
class Period:
    """The days of a posting; `posted_at` is the first moment of the day on which its source posted it."""

    opens_on: date
    closes_on: date
    posted_at: datetime
    is_over: bool


def period_of(opening: Opening, posting: Posting, days: int | None) -> Period:
    """The period that a line gives, moved by `days` (None: as it is).

    The day of posting is the original one: a later `datePosted` for the same identifier does not make it younger, and a
    line without one counts from the day on which it came in. Without an end it is open for 60 days from then or from
    now, whichever is later. In a set that is moved nothing is over: what would be stays open for as long as its own
    period was, counted from today.
    """
    zone = posting.time_zone
    today = clock.today(zone)
    posted = _posted_on(opening, posting, days or 0, today)
    ends = last_day(opening.closes, zone) if opening.closes is not None else None
    if ends is None:
        closes = dates.default_closing(max(posted, today))
    else:
        began = first_day(opening.posted, zone) if opening.posted is not None else None
        if began is not None and ends < began:
            raise Refused("validThrough", "is before datePosted")
        closes = ends + timedelta(days=days or 0)
        if days is not None and closes < today:
            closes = today + (ends - began if began is not None else timedelta(days=dates.DAYS_OPEN))
    opens = min(posted, closes)
    return Period(opens, closes, clock.start_of_day(posted, zone), closes < today)


def _posted_on(opening: Opening, posting: Posting, days: int, today: date) -> date:
    kept = dates.in_zone(posting.posted_at, posting.time_zone).date() if posting.posted_at else None
    if opening.posted is None:
        return kept or today
    given = first_day(opening.posted, posting.time_zone)
    if kept is not None:
        given = min(given, kept - timedelta(days=days_moved(posting)))
    return given + timedelta(days=days)
