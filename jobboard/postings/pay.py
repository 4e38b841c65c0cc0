"""Pay in words, and the hourly equivalent by which unlike offers are compared.

Amounts are integers of cents. The equivalent's formula is here alone and is shown beside it: it uses the
hours per week and charts per hour that the posting states, and 52 weeks a year. Where it states no hours, a year has
those of the setting `JOBBOARD_HOURS_PER_YEAR` (2,080, which is 40 a week); where it states no charts per hour, pay per
chart has no equivalent. Only US dollars are compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from jobboard.postings.models import Posting

WEEKS_A_YEAR = 52
# A full-time year as the Office of Personnel Management counts it for pay: 52 weeks of 40 hours.
USUAL_HOURS_A_YEAR = 2080.0
DAYS_A_WEEK = 5
DOLLARS = frozenset({"USD", ""})
PER_PIECE = frozenset({"chart", "encounter"})
UNITS = {
    "hourly": "an hour",
    "day": "a day",
    "week": "a week",
    "month": "a month",
    "salary": "a year",
    "chart": "a chart",
    "encounter": "an encounter",
}
# What is plausible in dollars per unit: below or above it somebody mistook the basis or the decimal point.
PLAUSIBLE = {
    "hourly": (7, 400),
    "day": (50, 3_200),
    "week": (200, 16_000),
    "month": (800, 70_000),
    "salary": (10_000, 800_000),
    "chart": (0.2, 500),
    "encounter": (0.2, 500),
}


@dataclass(frozen=True)
class Hourly:
    """An hourly equivalent in cents, either end possibly unstated, and the formula in words ('' for hourly pay)."""

    least: int | None
    most: int | None
    formula: str


def money(cents: int, currency: str = "USD") -> str:
    """ "$28", "$28.50", "$65,000"; other currencies by their code: "CAD 28"."""
    whole, rest = divmod(cents, 100)
    amount = f"{whole:,}" + (f".{rest:02d}" if rest else "")
    return f"${amount}" if currency in DOLLARS else f"{currency} {amount}"


def amounts(least: int | None, most: int | None, currency: str = "USD") -> str:
    """ "$28–$34", "from $28", "up to $34", or '' where neither end is stated."""
    if least is not None and most is not None:
        low, high = money(least, currency), money(most, currency)
        return low if low == high else f"{low}–{high}"
    if least is not None:
        return f"from {money(least, currency)}"
    return f"up to {money(most, currency)}" if most is not None else ""


def pay_line(posting: Posting) -> str:
    """ "$28–$34 an hour", or '' where pay is not stated."""
    return words(posting.pay_basis, posting.pay_least_cents, posting.pay_most_cents, posting.pay_currency)


def words(basis: str, least: int | None, most: int | None, currency: str = "USD") -> str:
    """Pay in words from its parts, '' where no amount is stated."""
    figures = amounts(least, most, currency)
    return f"{figures} {UNITS[basis]}" if figures and basis in UNITS else figures


def hourly(posting: Posting) -> Hourly | None:
    """The hourly equivalent, or None where pay is not stated or cannot be compared (see `why_not_comparable`)."""
    least, most = posting.pay_least_cents, posting.pay_most_cents
    if (least is None and most is None) or posting.pay_currency not in DOLLARS:
        return None
    if posting.pay_basis in PER_PIECE:
        slow, fast = charts_per_hour(posting)
        if slow is None or fast is None:
            return None
        rate = _plain(slow) if slow == fast else f"{_plain(slow)}–{_plain(fast)}"
        top = most if most is not None else least
        return Hourly(_times(least, slow), _times(top, fast), f"× {rate} {posting.pay_basis}s an hour")
    hours = hours_per_week(posting)
    unit = _hours_in_unit(posting.pay_basis, hours)
    if unit is None:
        return None
    formula = "" if unit == 1 else f"÷ {_plain(unit)} hours {UNITS[posting.pay_basis]}"
    if formula and hours != USUAL_HOURS_A_YEAR / WEEKS_A_YEAR:
        formula += f", at {_plain(hours)} a week"
    return Hourly(_times(least, 1 / unit), _times(most, 1 / unit), formula)


def why_not_comparable(posting: Posting) -> str:
    """Why stated pay has no hourly equivalent, as a sentence; '' where it has one or no pay is stated."""
    if (posting.pay_least_cents is None and posting.pay_most_cents is None) or hourly(posting) is not None:
        return ""
    if posting.pay_currency not in DOLLARS:
        return "It cannot be compared by the hour, since it is not in US dollars."
    if posting.pay_basis in PER_PIECE:
        return f"It cannot be compared by the hour: how many {posting.pay_basis}s an hour are expected is not stated."
    return "It cannot be compared by the hour: what it is paid for is not stated."


def hours_per_week(posting: Posting) -> float:
    """The stated hours of a week, the middle of a span; those of the setting where none are stated."""
    stated = [hours for hours in (posting.hours_per_week_least, posting.hours_per_week_most) if hours]
    return sum(stated) / len(stated) if stated else usual_hours_a_year() / WEEKS_A_YEAR


def usual_hours_a_year() -> float:
    """The hours of a year where a posting states none: the setting's, or the usual ones outside an application."""
    settings = current_app.extensions["settings"] if current_app else None
    return float(settings.hours_per_year) if settings else USUAL_HOURS_A_YEAR


def charts_per_hour(posting: Posting) -> tuple[float | None, float | None]:
    """The slowest and fastest rate the posting states, of any chart type; None where it states none."""
    both = [
        rate for w in posting.workloads for rate in (w.charts_per_hour_least, w.charts_per_hour_most) if rate
    ]
    return (min(both), max(both)) if both else (None, None)


def _hours_in_unit(basis: str, hours: float) -> float | None:
    return {
        "hourly": 1.0,
        "day": hours / DAYS_A_WEEK,
        "week": hours,
        "month": hours * WEEKS_A_YEAR / 12,
        "salary": hours * WEEKS_A_YEAR,
    }.get(basis)


def _times(cents: int | None, factor: float) -> int | None:
    return None if cents is None else round(cents * factor)


def _plain(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")
