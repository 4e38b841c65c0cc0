"""Limits per address and per account. The window is fixed: a limit of "10/hour" begins a new count each hour.

What changes something is counted in the database, so that it holds across processes, in a short transaction of its own.
What only reads is counted by each process for itself (`read_counts`).
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from flask import current_app, request
from sqlalchemy import delete, text
from werkzeug.exceptions import TooManyRequests

from jobboard import clock
from jobboard.access.models import RateCount
from jobboard.access.read_counts import ReadCounts
from jobboard.database import separate_write

if TYPE_CHECKING:
    from collections.abc import Callable

_READING = frozenset({"GET", "HEAD"})
_READ_COUNTS = "read_counts"
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
ViewT = TypeVar("ViewT", bound="Callable[..., Any]")


@dataclass(frozen=True)
class Limit:
    """At most `count` per window of `seconds`, for requests of the given methods."""

    name: str
    count: int
    seconds: int
    per: str
    methods: frozenset[str]


def limited(
    name: str, rate: str, *, per: str = "address", methods: tuple[str, ...] = ("POST",)
) -> Callable[[ViewT], ViewT]:
    """Limit a view: `rate` such as "10/minute", `per` "address" or "account". May be used more than once."""
    if per not in {"address", "account"}:
        raise ValueError(f"not a limit: {rate!r} per {per!r}")
    limit = Limit(name, *_parts(rate), per, frozenset(methods))

    def label(view: ViewT) -> ViewT:
        view.__limits__ = (*getattr(view, "__limits__", ()), limit)  # type: ignore[attr-defined]
        return view

    return label


def enforce(view: Callable[..., Any], per: str, subject: str) -> None:
    """Count this request against the view's limits per `per`; raises `TooManyRequests` where one is exceeded."""
    for limit in getattr(view, "__limits__", ()):
        if limit.per != per or request.method not in limit.methods:
            continue
        if request.method in _READING:
            _count_reading(limit, subject)
        else:
            _count(limit.name, subject, limit.count, limit.seconds)


def count(name: str, rate: str, subject: str) -> None:
    """Count one use of `name` by `subject` inside a view (the account that a sign-in names, say).

    Not to be used while the session holds the write lock. Raises `TooManyRequests` beyond the rate.
    """
    _count(name, subject, *_parts(rate))


def _count_reading(limit: Limit, subject: str) -> None:
    if not current_app.extensions["settings"].rate_limits:
        return
    counts: ReadCounts = current_app.extensions.setdefault(_READ_COUNTS, ReadCounts())
    now = int(clock.now().timestamp())
    if not counts.allow(limit.name, subject, limit.count, limit.seconds, now):
        raise _too_many(limit.seconds)


def _count(name: str, subject: str, most: int, seconds: int) -> None:
    if current_app.extensions["settings"].rate_limits and not allow(name, subject, most, seconds):
        raise _too_many(seconds)


def _too_many(seconds: int) -> TooManyRequests:
    """The refusal, with how long it is until the next window of `seconds`."""
    return TooManyRequests(retry_after=seconds - int(clock.now().timestamp()) % seconds)


def _parts(rate: str) -> tuple[int, int]:
    found = re.fullmatch(r"([1-9]\d*)/(second|minute|hour|day)", rate)
    if not found:
        raise ValueError(f"not a limit: {rate!r}; it is written like 10/minute")
    return int(found[1]), _SECONDS[found[2]]


def allow(name: str, subject: str, count: int, seconds: int) -> bool:
    """Count one use of `name` by `subject`; False once there were more than `count` in the window."""
    now = int(clock.now().timestamp())
    window = now // seconds
    who = hashlib.sha256(subject.encode()).hexdigest()[:32]
    with separate_write() as connection:
        used = connection.execute(
            text(
                "INSERT INTO rate_count (key, count, expires_at) VALUES (:key, 1, :end) "
                "ON CONFLICT (key) DO UPDATE SET count = rate_count.count + 1 RETURNING count"
            ),
            {"key": f"{name}:{seconds}:{window}:{who}", "end": (window + 1) * seconds},
        ).scalar_one()
    return int(used) <= count


@lru_cache(4096)
def network_of(address: str) -> str:
    """What counts as one address: IPv4 as it is, of IPv6 the /64 that one household or office is given."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def forget_old_counts() -> int:
    """Delete the counts of windows that are over; returns how many there were."""
    with separate_write() as connection:
        over = delete(RateCount).where(RateCount.expires_at < int(clock.now().timestamp()))
        return int(connection.execute(over).rowcount)
