"""The date of service that a code page is read for: `?on=2026-10-01`, today where it is left out.

A view that asks for the day keeps it on every address that `dated_url` makes for the same request.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import abort, g, has_request_context, request, url_for

from jobboard import clock
from jobboard.codes.lookup import tidied
from jobboard.codes.models import CodeEdition

PARAMETER: Final = "on"
IN_EFFECT: Final = "in effect"
PAST_END: Final = "past end"
NOT_BEGUN: Final = "not begun"

_SHAPE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KEPT: Final = "code_service_day"


@dataclass(frozen=True, slots=True)
class ServiceDay:
    """The day that was asked for, and today."""

    day: date
    today: date

    @property
    def is_today(self) -> bool:
        """Whether the plain address, without a day, shows the same."""
        return self.day == self.today

    @property
    def typed(self) -> str:
        """The value of the parameter `on`; empty for today, which addresses leave out."""
        return "" if self.is_today else self.day.isoformat()


class NoDay(ValueError):
    """What was typed is no day; the message names the field."""


def understood(typed: str, today: date) -> ServiceDay:
    """The day written as YYYY-MM-DD, `today` for nothing. Raises `NoDay`."""
    typed = typed.strip()
    if not typed:
        return ServiceDay(today, today)
    try:
        if not _SHAPE.fullmatch(typed):
            raise ValueError
        return ServiceDay(date.fromisoformat(typed), today)
    except ValueError:
        raise NoDay(
            f"The date of service, “{PARAMETER}”, must be a day of the calendar written as YYYY-MM-DD, such as "
            f"{today.isoformat()}."
        ) from None


def asked_day() -> ServiceDay:
    """The day that this request asks for; from now on `dated_url` keeps it. Answers 400 where it is no day."""
    if _KEPT not in g:
        try:
            g.setdefault(_KEPT, understood(request.args.get(PARAMETER, ""), clock.today()))
        except NoDay as problem:
            abort(400, str(problem))
    found: ServiceDay = g.get(_KEPT)
    return found


def dated_url(endpoint: str, **values: Any) -> str:
    """As `url_for`, keeping the day of a request whose view asked for it. `on=''` leaves the day out."""
    kept: ServiceDay | None = g.get(_KEPT) if has_request_context() else None
    if kept is not None and kept.typed:
        values.setdefault(PARAMETER, kept.typed)
    return url_for(endpoint, **{name: value for name, value in values.items() if value != ""})


def asked_beside_the_day() -> list[tuple[str, str]]:
    """What else the address of this request asks, save a page of a list, for the form that chooses a day."""
    found = ((tidied(name), tidied(value)) for name, value in request.args.items(multi=True))
    return [(name, value) for name, value in found if value and name not in {PARAMETER, "page"}]


def standing(edition: CodeEdition, day: date) -> str:
    """How `edition` stands to `day`: `IN_EFFECT`, `PAST_END` (no later one is loaded) or `NOT_BEGUN`."""
    if edition.effective_from is not None and day < edition.effective_from:
        return NOT_BEGUN
    if edition.effective_to is not None and day > edition.effective_to:
        return PAST_END
    return IN_EFFECT
