"""The counts of the front page, kept for a while where counting takes long."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app

from jobboard.postings import queries

if TYPE_CHECKING:
    from flask import Flask

log = logging.getLogger(__name__)
_EXTENSION = "front_counts"
# Counting 100,000 openings takes a third of a second; on a board where it takes less than this nothing is kept.
LONG_SECONDS = 0.2
KEPT_SECONDS = 30.0
# Counting takes no more than this part of a process's time.
_SHARE = 1 / 50


@dataclass(frozen=True)
class FrontCounts:
    """Listed openings by specialty, the most first, and in all; companies that have one."""

    specialties: tuple[tuple[str, int], ...]
    openings: int
    companies: int


class _Kept:
    def __init__(self, app: Flask) -> None:
        self.counts: FrontCounts | None = None
        self.until = 0.0
        self.took_long = False
        self.counting: threading.Thread | None = None
        self._app, self._lock = app, threading.Lock()

    def count(self) -> FrontCounts:
        began = time.monotonic()
        self.counts = FrontCounts(tuple(queries.counts_by_specialty()), *queries.listed_totals())
        taken = time.monotonic() - began
        self.took_long = taken > LONG_SECONDS
        self.until = began + max(KEPT_SECONDS, taken / _SHARE) if self.took_long else 0.0
        return self.counts

    def begin(self) -> None:
        """Count beside the requests, unless that is being done."""
        if self._lock.acquire(blocking=False):
            self.counting = threading.Thread(target=self._count_beside, name="front counts", daemon=True)
            self.counting.start()

    def _count_beside(self) -> None:
        try:
            with self._app.app_context():
                self.count()
        except Exception:
            # What is kept stays good enough; a visit after a while tries again.
            self.until = time.monotonic() + KEPT_SECONDS
            log.exception("the counts of the front page could not be made anew")
        finally:
            self._lock.release()


def front_counts() -> FrontCounts:
    """The counts as of now; where counting takes long those of a while ago, and then no visit but the first waits."""
    kept = _kept()
    if kept.counts is None or not kept.took_long:
        return kept.count()
    if time.monotonic() >= kept.until:
        kept.begin()
    return kept.counts


def _kept() -> _Kept:
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    kept: _Kept = app.extensions.setdefault(_EXTENSION, _Kept(app))
    return kept
