"""What one of several processes asks for, of its own application."""

from __future__ import annotations

from itertools import islice

from benchmarks.searching import prepared
from jobboard.cli import collect_rarely
from tests.fuzz.addresses import addresses
from tests.fuzz.asking import Told, asked

POSTINGS = 1_000


def share(which: int, of: int, number: int, seed: int) -> Told:
    """Ask for every `of`th of the first `number` addresses, from number `which` on."""
    collect_rarely()
    app = prepared(POSTINGS)
    limit = app.extensions["settings"].search_timeout_seconds
    return asked(app.test_client(), islice(addresses(seed), which, number, of), limit)
