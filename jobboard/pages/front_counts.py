"""The counts of the front page, kept for a while where counting takes long."""

from __future__ import annotations

import time
from dataclasses import dataclass

from flask import current_app

from jobboard.postings import queries

_EXTENSION = "front_counts"
# Counting 100,000 openings takes a third of a second; on a board where it takes less than this nothing is kept.
LONG_SECONDS = 0.2
KEPT_SECONDS = 30.0


@dataclass(frozen=True)
class FrontCounts:
    """Listed openings by specialty, the most first, and in all; companies that have one."""

    specialties: tuple[tuple[str, int], ...]
    openings: int
    companies: int


class _Kept:
    def __init__(self) -> None:
        self.counts: FrontCounts | None = None
        self.until = 0.0


def front_counts() -> FrontCounts:
    """The counts as of now, or of half a minute ago where counting takes long."""
    kept: _Kept = current_app.extensions.setdefault(_EXTENSION, _Kept())
    began = time.monotonic()
    if kept.counts is not None and began < kept.until:
        return kept.counts
    kept.counts = FrontCounts(tuple(queries.counts_by_specialty()), *queries.listed_totals())
    taken = time.monotonic() - began
    kept.until = began + KEPT_SECONDS if taken > LONG_SECONDS else 0.0
    return kept.counts
