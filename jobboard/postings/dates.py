"""Days in the employer's zone and the moments that follow from them.

A posting is open from the first moment of `opens_on` until the last of `closes_on`, both in `time_zone`; the moments
are kept in UTC, since queries compare those. Months, clock changes and zones west or east of UTC are zoneinfo's.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from jobboard import clock
from jobboard.postings.models import Posting

DAYS_OPEN = 60
LONGEST_DAYS_OPEN = 180
DAYS_SHOWN_CLOSED = 30
DAYS_OF_WARNING = 7


def is_zone(name: str) -> bool:
    """Whether `name` is an IANA time zone."""
    return name in available_timezones()


def set_period(posting: Posting, opens_on: date, closes_on: date) -> None:
    """Set both days and the moments that follow; `ValueError` when the posting would close before it opens."""
    if closes_on < opens_on:
        raise ValueError("a posting closes on or after the day on which it opens")
    posting.opens_on, posting.closes_on = opens_on, closes_on
    posting.opens_at = clock.start_of_day(opens_on, posting.time_zone)
    posting.closes_at = clock.end_of_day(closes_on, posting.time_zone)


def default_closing(opens_on: date) -> date:
    """The day on which a posting closes where its people named none."""
    return opens_on + timedelta(days=DAYS_OPEN)


def latest_closing(today: date) -> date:
    """The last day to which a posting may be kept open."""
    return today + timedelta(days=LONGEST_DAYS_OPEN)


def open_from_now(posting: Posting) -> None:
    """Open today, or on the day its people named if that is yet to come; close on their day, or after 60 days."""
    today = clock.today(posting.time_zone)
    opens = max(posting.opens_on or today, today)
    closes = posting.closes_on or default_closing(opens)
    set_period(posting, opens, max(closes, opens))


def in_zone(moment: datetime, zone: str) -> datetime:
    """The moment as a clock in `zone` shows it."""
    return moment.astimezone(ZoneInfo(zone))


def day_words(day: date, *, year: bool | None = None) -> str:
    """ "4 May", with the year where it is not the present one (or where `year` says so)."""
    with_year = day.year != clock.now().year if year is None else year
    return f"{day.day} {day:%B}" + (f" {day.year}" if with_year else "")


def closing_words(posting: Posting) -> str:
    """ "30 June 2026, 23:59 EDT": the last minute in the employer's zone; empty where no day is set."""
    if posting.closes_at is None:
        return ""
    last = in_zone(posting.closes_at - timedelta(minutes=1), posting.time_zone)
    return f"{last.day} {last:%B} {last.year}, {last:%H:%M} {last.tzname()}"


def moment_words(moment: datetime, zone: str) -> str:
    """ "3 May 2026, 14:05 CDT"."""
    local = in_zone(moment, zone)
    return f"{local.day} {local:%B} {local.year}, {local:%H:%M} {local.tzname()}"


def ago_words(moment: datetime, zone: str) -> str:
    """ "today", "yesterday", "3 days ago", "on 4 May": days as the zone counts them."""
    day = in_zone(moment, zone).date()
    days = (clock.today(zone) - day).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    return f"{days} days ago" if days <= 30 else f"on {day_words(day)}"
