"""The moment that a list of results is as of, so that its pages belong together while openings come.

A moment is microseconds since 1970. An opening joins at the moment from which it could be listed (`joined`); a list as
of a moment leaves out what joined later.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from jobboard import clock

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

MICROSECONDS = 1_000_000
# What joined this long ago is in the index by now, however much there was to carry.
SETTLING = timedelta(minutes=1)
# Who goes on after so long wants to see what came meanwhile.
STALE = timedelta(days=1)
_FUTURE = timedelta(minutes=1)
_START = datetime(1970, 1, 1, tzinfo=UTC)


def moment(time: datetime) -> int:
    """The aware `time` in microseconds since 1970."""
    return (time - _START) // timedelta(microseconds=1)


def joined(*times: datetime | None) -> int | None:
    """When an opening joined that was made, opens and was posted at `times`: the latest of them."""
    stated = [time for time in times if time is not None]
    return moment(max(stated)) if stated else None


def settled(newest: int | None) -> int:
    """The moment of a first page, whose index holds nothing that joined after `newest`.

    What joined a moment ago may still be on its way into the index, and must not join the second page.
    """
    at_least = moment(clock.now() - SETTLING)
    return at_least if newest is None else max(newest, at_least)


def read_as_of(args: MultiDict[str, str], wrong: dict[str, str]) -> int | None:
    """The parameter `as_of`; one that is no moment of the last day is left out, and `wrong` says so."""
    text = args.get("as_of", "")
    if not text:
        return None
    now = clock.now()
    if text.isascii() and text.isdigit() and len(text) <= 18:
        value = int(text)
        if moment(now - STALE) <= value <= moment(now + _FUTURE):
            return value
    wrong["as_of"] = "is the as_of of a first page that is less than a day old"
    return None
