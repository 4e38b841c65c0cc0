"""Asks for addresses, and keeps what came of it: answers by status, failures, and what took too long."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flask.testing import FlaskClient


@dataclass
class Told:
    """What addresses came to. Seconds; `slow` are those over the limit, with how long they took."""

    answers: Counter[int] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    slow: dict[str, float] = field(default_factory=dict)
    slow_once: int = 0
    slowest: float = 0.0

    def __add__(self, other: Told) -> Told:
        """Both together."""
        return Told(
            self.answers + other.answers,
            self.failed + other.failed,
            self.slow | other.slow,
            self.slow_once + other.slow_once,
            max(self.slowest, other.slowest),
        )

    @property
    def exit_code(self) -> int:
        """0 where every address was answered in order and in time."""
        return 1 if self.failed or self.slow else 0

    def figures(self) -> dict[str, Any]:
        """What is printed."""
        return {
            "addresses": self.answers.total(),
            "answers": dict(sorted(self.answers.items())),
            "failed": len(self.failed),
            "too_slow": len(self.slow),
            "slow_once": self.slow_once,
            "slowest_seconds": round(self.slowest, 3),
        }


def asked(
    client: FlaskClient, addresses: Iterable[str], limit: float, now: Callable[[], float] = perf_counter
) -> Told:
    """Ask for each address; what fails or takes more than `limit` seconds is printed at once."""
    told = Told()
    for address in addresses:
        began = now()
        status = client.get(address).status_code
        taken = now() - began
        told.answers[status] += 1
        if status >= 500:
            told.failed.append(address)
            print(f"{status} {address}", file=sys.stderr, flush=True)
        if taken > limit:
            told.slow[address] = taken
            print(f"{taken:.2f} s {address}", file=sys.stderr, flush=True)
        else:
            told.slowest = max(told.slowest, taken)
    return told


def asked_again(
    told: Told, client: FlaskClient, limit: float, now: Callable[[], float] = perf_counter
) -> Told:
    """`told` with what was slow asked once more, alone: only what is slow again counts.

    Seconds on the wall are not the board's alone while others want the same machine.
    """
    again = asked(client, told.slow, limit, now)
    slowest = max(told.slowest, again.slowest, *again.slow.values(), 0.0)
    return Told(
        told.answers, told.failed + again.failed, again.slow, len(told.slow) - len(again.slow), slowest
    )
