"""Days and moments as feeds write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from jobboard import clock
from jobboard.postings.importing.fields import is_missing, kind
from jobboard.postings.importing.refusal import Refused

if TYPE_CHECKING:
    from jobboard.postings.importing.opening import When

EARLIEST: Final = 1990
LATEST: Final = 2100
_ISO_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_AMERICAN_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_WORDS = re.compile(r"(?:[A-Za-z]+day,?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def when(value: Any, field: str) -> When | None:
    """A day ("2026-08-31", "8/31/2026", "August 31, 2026") or a moment; None for a missing one.

    A moment without an offset is local, so that only its day counts; one with an offset stays a moment.
    """
    if is_missing(value):
        return None
    if not isinstance(value, str):
        raise Refused(field, f"expected a date as text, not {kind(value)}")
    words = value.strip()
    found = day_in_words(words) or _moment(words)
    if found is None:
        raise Refused(field, f"“{words[:40]}” is no date")
    if not EARLIEST <= found.year <= LATEST:
        raise Refused(field, f"“{words[:40]}” is out of the question")
    return found


def day_in_words(words: str) -> date | None:
    """The day that is all that `words` say, or None."""
    if match := _ISO_DAY.fullmatch(words):
        return _day(match[1], match[2], match[3])
    if match := _AMERICAN_DAY.fullmatch(words):
        return _day(match[3], match[1], match[2])
    if (match := _WORDS.fullmatch(words)) and match[1][:3].lower() in _MONTHS:
        return _day(match[3], str(_MONTHS.index(match[1][:3].lower()) + 1), match[2])
    return None


def first_day(found: When, zone: str) -> date:
    """The day as it is written, whatever its offset; but what lies in the past is no later than today in `zone`.

    Feeds write a day as midnight in UTC: read in an American zone it would be the day before.
    """
    if not isinstance(found, datetime):
        return found
    return min(found.date(), clock.today(zone)) if found <= clock.now() else found.date()


def last_day(found: When, zone: str) -> date:
    """The last day of which some part lies before the moment in `zone`: midnight there ends the day before."""
    if not isinstance(found, datetime):
        return found
    return (found.astimezone(ZoneInfo(zone)) - timedelta(microseconds=1)).date()


def _moment(words: str) -> When | None:
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        return None
    if found.tzinfo is None:
        return found.date()
    if not EARLIEST <= found.year <= LATEST:
        return found.date()
    return found


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
