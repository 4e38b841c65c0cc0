"""The edition that the name of a published file tells, as the agencies write them."""

from __future__ import annotations

import re
from typing import Final

_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_FISCAL = re.compile(
    rf"(?:(?P<month>{'|'.join(_MONTHS)})[-_ ]\d{{1,2}}[-_ ])?(?P<year>20\d\d)(?!\d)", re.IGNORECASE
)
_SHORT_FISCAL = re.compile(r"FY(?P<year>\d\d)(?!\d)", re.IGNORECASE)
_QUARTERLY = re.compile(
    rf"(?P<year>20\d\d)[-_ ](?P<month>{'|'.join(month[:3] for month in _MONTHS)})", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?P<year>20\d\d)[-_](?P<month>0[1-9]|1[0-2])(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)(?!\d)")
_CALENDAR: Final = frozenset({"hcpcs", "hcc", "apc", "cpt", "cdt"})


def release_named(system: str, name: str) -> str | None:
    """The edition in a file's name: "2026" for a year, "2026-04" for a release within it; None where it has none.

    `icd10cm_order_2026.txt`, `icd10cm-order-April-1-2026.txt` (2026-04), `POAexemptCodesFY26.txt` (2026),
    `HCPC2025_OCT_ANWEB.txt` (2025-10).
    """
    if system in _CALENDAR:
        dated = _QUARTERLY.search(name) or _NUMBERED.search(name)
        if dated:
            return f"{dated['year']}-{_month(dated['month']):02}"
        found = _YEAR.search(name)
        return found["year"] if found else None
    found = _FISCAL.search(name)
    if found is None:
        short = _SHORT_FISCAL.search(name)
        return f"20{short['year']}" if short else None
    month = _month(found["month"]) if found["month"] else None
    if month is None or month >= 10:
        return str(int(found["year"]) + (month is not None))
    return f"{found['year']}-{month:02}"


def _month(word: str) -> int:
    if word.isdigit():
        return int(word)
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(word.lower()))
