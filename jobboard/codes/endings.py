"""Which code systems come to the end of their last loaded edition, so that somebody loads the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from jobboard import clock
from jobboard.codes.edition_choice import loaded_editions
from jobboard.codes.models import CodeEdition

DAYS_OF_WARNING: Final = 30
# It came to its end for good.
_CLOSED_SYSTEMS: Final = frozenset({"icd9cm"})


@dataclass(frozen=True, slots=True)
class Ending:
    """The last loaded edition of a system, and the last day on which it counts or may be shown."""

    edition: CodeEdition
    last_day: date
    has_passed: bool


def endings() -> list[Ending]:
    """The systems whose last loaded edition has ended or ends within 30 days, the earliest end first; one statement.

    The end is that of the keeper's calendar or of the licence, whichever comes first.
    """
    today = clock.today()
    latest = {edition.system: edition for edition in loaded_editions()}
    found = []
    for system, edition in latest.items():
        days = [day for day in (edition.effective_to, edition.ends_on) if day is not None]
        if system not in _CLOSED_SYSTEMS and days and min(days) <= today + timedelta(days=DAYS_OF_WARNING):
            found.append(Ending(edition, min(days), min(days) < today))
    return sorted(found, key=lambda each: (each.last_day, each.edition.system))
