"""Moments of the demo: so many days before today, at an hour that suits, never in the future."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jobboard import clock

_OFFICE_OPENS = 8 * 60
_OFFICE_MINUTES = 9 * 60


def day(ago: int, zone: str) -> date:
    """The date `ago` days before today in `zone`; a negative number is a day to come."""
    return clock.today(zone) - timedelta(days=ago)


def moment(ago: int, zone: str, number: int = 0, *, hour: int | None = None) -> datetime:
    """A moment of that day: within office hours, spread by `number`, or at `hour`; of today, its first minutes."""
    if ago <= 0:
        first = clock.start_of_day(clock.today(zone), zone) + timedelta(minutes=number % 20)
        return min(first, clock.now())
    minutes = _OFFICE_OPENS + number * 37 % _OFFICE_MINUTES if hour is None else hour * 60 + number % 60
    start = datetime.combine(day(ago, zone), time.min, ZoneInfo(zone))
    return start.replace(hour=minutes // 60, minute=minutes % 60)


def moved(instant: datetime | None, days: int, zone: str) -> datetime | None:
    """The same time of the clock in `zone`, `days` later: not always a multiple of 24 hours."""
    if instant is None:
        return None
    local = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return (local + timedelta(days=days)).replace(tzinfo=ZoneInfo(zone))


def moved_day(on: date | None, days: int) -> date | None:
    """The date `days` later."""
    return on + timedelta(days=days) if on else None
