"""The calendar of the code systems: when an edition begins and how long it counts, told by its label alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

# Systems whose years are calendar years; the others follow the fiscal year of the US government.
_CALENDAR_YEARS: Final = frozenset({"hcpcs", "hcc", "cpt", "cdt", "apc", "ncci"})
_QUARTERLY: Final = frozenset({"hcpcs", "apc", "ncci"})
_LAST_DAYS: Final = {"icd9cm": date(2015, 9, 30)}


def effective_from(edition: str, system: str = "icd10cm") -> date:
    """The day on which an edition begins to count: "2026" is 1 October 2025 where fiscal years count.

    A release within the year counts from its month: "2026-04" from 1 April 2026. Raises ValueError for any other
    label.
    """
    year, _, month = edition.partition("-")
    if month:
        return date(int(year), int(month), 1)
    return date(int(year), 1, 1) if system in _CALENDAR_YEARS else date(int(year) - 1, 10, 1)


def last_day(system: str, begins: date | None) -> date | None:
    """The last day of an edition that begins on a day, as its keeper's calendar has it; None where there is none."""
    last = _LAST_DAYS.get(system)
    # What is said of a system may go on after its own last day: its mappings to the one that took its place.
    if last is not None and (begins is None or begins <= last):
        return last
    if begins is None:
        return None
    if system in _QUARTERLY:
        month = (begins.month - 1) // 3 * 3 + 4
        return date(begins.year + (month > 12), (month - 1) % 12 + 1, 1) - timedelta(days=1)
    if system in _CALENDAR_YEARS:
        return date(begins.year, 12, 31)
    return date(begins.year + (begins.month >= 10), 9, 30)
