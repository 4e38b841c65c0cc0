"""Reads what an address says of place, pay and days; what is wrong is told by parameter and left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jobboard.places import find_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.datastructures import MultiDict

MILES = (5, 10, 25, 50, 100, 200)
USUAL_MILES = 50
LARGEST_PAY = 1000
_NOT_STATED = "not-stated"
_DOLLARS = re.compile(r"\$?\s*([0-9]{1,4})(?:\.([0-9]{1,2}))?")
_SHOWN = 60


def read_near(args: MultiDict[str, str], wrong: dict[str, str]) -> str:
    """The place as typed, if it is known."""
    typed = " ".join(args.get("near", "").split())
    if not typed:
        return ""
    if find_place(typed) is None:
        wrong["near"] = (
            f"is a ZIP code or a city with its state, such as Tampa, FL; {typed[:_SHOWN]!r} is not known"
        )
        return ""
    return typed


def read_within(args: MultiDict[str, str], wrong: dict[str, str]) -> int | None:
    """Miles, one of `MILES`."""
    text = args.get("within", "")
    if text and text not in {str(miles) for miles in MILES}:
        wrong["within"] = f"is a number of miles: {', '.join(map(str, MILES))}"
    return int(text) if text and "within" not in wrong else None


def read_pay(args: MultiDict[str, str], wrong: dict[str, str]) -> tuple[str, ...]:
    """The least of the wanted dollars an hour ("35", "27.50"), and `not-stated` if that was chosen."""
    dollars: list[float] = []
    stated = True
    for text in args.getlist("pay"):
        value = text.strip().lower()
        found = _DOLLARS.fullmatch(value)
        if value == _NOT_STATED:
            stated = False
        elif found and 0 < float(f"{found[1]}.{found[2] or 0}") <= LARGEST_PAY:
            dollars.append(float(f"{found[1]}.{found[2] or 0}"))
        elif value:
            wrong["pay"] = f"is dollars an hour, above 0 and up to {LARGEST_PAY}, or {_NOT_STATED}"
    least = [f"{min(dollars):.2f}".removesuffix(".00")] if dollars else []
    return (*least, *(() if stated else (_NOT_STATED,)))


def cents(dollars: str) -> int:
    """A value that `read_pay` gave, in cents."""
    return round(float(dollars) * 100)


def read_days(args: MultiDict[str, str], name: str, days: Sequence[int], wrong: dict[str, str]) -> int | None:
    """One of `days`, the most of several."""
    found = []
    for text in args.getlist(name):
        if text in {str(day) for day in days}:
            found.append(int(text))
        elif text:
            wrong[name] = f"is a number of days: {', '.join(map(str, days))}"
    return max(found, default=None)
