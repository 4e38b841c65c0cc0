"""A slice of the addresses, asked for in one of several processes of its own application."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from benchmarks.searching import prepared
from jobboard.collecting import collect_rarely
from tests.fuzz.addresses import addresses
from tests.fuzz.asking import Told, asked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

POSTINGS, SLICE = 1_000, 500


def slices(number: int) -> list[tuple[int, int]]:
    """The slices of so many addresses: which one it is, and how many addresses it has."""
    return [(first // SLICE, min(SLICE, number - first)) for first in range(0, number, SLICE)]


def slice_of(seed: int, which: int, number: int) -> Iterator[str]:
    """The first `number` addresses of a slice; each has a stream of its own, whichever process asks."""
    return islice(addresses(1_000_003 * seed + which), number)


def ask_slice(seed: int, which: int, number: int) -> Told:
    """Ask for a slice."""
    app = _app()
    limit = app.extensions["settings"].search_timeout_seconds
    return asked(app.test_client(), slice_of(seed, which, number), limit)


@cache
def _app() -> Flask:
    collect_rarely()
    return prepared(POSTINGS)
