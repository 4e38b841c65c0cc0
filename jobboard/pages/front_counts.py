"""The counts of the front page, kept for a while where counting takes long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app

from jobboard.keeping import Kept
from jobboard.postings import queries

if TYPE_CHECKING:
    from flask import Flask

_EXTENSION = "front_counts"
# Counting 100,000 openings takes a third of a second; on a board where it takes less than this nothing is kept.
QUICK_SECONDS = 0.1


@dataclass(frozen=True)
class FrontCounts:
    """Listed openings by specialty, the most first, and in all; companies that have one."""

    specialties: tuple[tuple[str, int], ...]
    openings: int
    companies: int


def front_counts() -> FrontCounts:
    """The counts as of now, or of a minute ago where counting takes long."""
    kept: Kept[FrontCounts] | None = current_app.extensions.get(_EXTENSION)
    if kept is None:
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        kept = current_app.extensions.setdefault(_EXTENSION, Kept(app, _count, quick_seconds=QUICK_SECONDS))
    return kept.get()


def _count() -> FrontCounts:
    return FrontCounts(tuple(queries.counts_by_specialty()), *queries.listed_totals())
