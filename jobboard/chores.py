"""Work that comes round by the clock: rooms say what, the worker does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask


class Postponed(Exception):
    """What the chore works with is away for the moment, which is nobody's fault; the message says what."""


@dataclass(frozen=True)
class Chore:
    """A piece of work to do every so often. `do` commits its own work and returns how much it did.

    It raises `Postponed` where it cannot work now; it is then asked again soon, and longer and longer where it fails.
    Chores of one lane wait for one another; lanes do not, so that a slow mail server never holds up the index.
    """

    name: str
    every: timedelta
    do: Callable[[], int]
    lane: str = "clock"


def add_chore(app: Flask, name: str, every: timedelta, do: Callable[[], int], lane: str = "clock") -> None:
    """Have the worker call `do` (in an application context) about every `every`."""
    app.extensions.setdefault("chores", []).append(Chore(name, every, do, lane))


def chores_of(app: Flask) -> list[Chore]:
    """All chores of the board, in the order the rooms named them."""
    return list(app.extensions.get("chores", []))
