"""The one place that asks what time it is, so that tests can say it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta(0))
_set: ContextVar[datetime | None] = ContextVar("clock_set", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _set.get() or datetime.now(UTC) + _shift.get()


def today(zone: str = "UTC") -> date:
    """Today's date in an IANA time zone."""
    return now().astimezone(ZoneInfo(zone)).date()


def start_of_day(day: date, zone: str) -> datetime:
    """The first moment of `day` in `zone`, as aware UTC."""
    return datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)


def end_of_day(day: date, zone: str) -> datetime:
    """The moment at which `day` is over in `zone`, as aware UTC (the next day's first moment)."""
    return start_of_day(day + timedelta(days=1), zone)


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Within the block, `now()` answers `moment` (aware)."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    token = _set.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set.reset(token)


@contextmanager
def moved_by(shift: timedelta) -> Iterator[None]:
    """Within the block, `now()` runs `shift` ahead."""
    token = _shift.set(_shift.get() + shift)
    try:
        yield
    finally:
        _shift.reset(token)
