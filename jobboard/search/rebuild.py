"""Builds the whole index anew beside the old one, with the same code as an update, and swaps it in.

Meanwhile the lease's holder alone carries changes, into both indexes, so that searchers see them as ever and the new
index misses none. What was broken off leaves the old index as it was; the next rebuild removes the remains.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from jobboard.collecting import collected_after
from jobboard.crash_points import step
from jobboard.database import db, refresh_statistics, writing
from jobboard.postings.models import Posting
from jobboard.postings.queries import listed
from jobboard.search import outbox
from jobboard.search.comparing import compared, unexplained
from jobboard.search.drain import drain
from jobboard.search.failures import note_refusals
from jobboard.search.index import openings_index
from jobboard.search.leases import Lease, LeaseLost, RebuildRunning, refusal, running
from jobboard.search.loading import Loaded, PageLoader
from jobboard.search.rows import listed_pages
from search_index import Locked, State, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from search_index import Build, Index

__all__ = ["LeaseLost", "RebuildFailed", "RebuildRunning", "Rebuilt", "ensure", "rebuild"]

log = logging.getLogger(__name__)
PAGE = 1000
# Changes are carried this often between pages, and for so long: edits that never cease stop no rebuild.
DRAIN_SECONDS = 0.5
CATCH_UP_SECONDS = 5.0
_COMPARISONS, _FEW = 4, 100


class RebuildFailed(RuntimeError):
    """The new index does not hold what the database lists; the old one is still in place."""


@dataclass
class Rebuilt:
    """How many documents went in, and which postings were refused, with the version and why."""

    documents: int = 0
    refusals: dict[int, tuple[int, str]] = field(default_factory=dict)

    @property
    def refused(self) -> int:
        """How many were refused."""
        return len(self.refusals)


def rebuild(
    index: Index, progress: Callable[[int, int], None] | None = None, *, even_if_fit: bool = True
) -> Rebuilt:
    """Load all listed postings into a new index, compare, swap, and catch up from the outbox.

    `index` must be open for writing. `progress` is told how many of how many are done. Where `even_if_fit` is False
    and another has rebuilt the index meanwhile, nothing is done. Raises `RebuildRunning` where
    another rebuild goes on, `RebuildFailed`, `LeaseLost`, `Unavailable`; the index is then what it was.
    """
    total = db.session.scalar(select(func.count(Posting.id)).where(listed())) or 0
    db.session.rollback()
    lease = Lease.take(total, alone=openings_index().engine.single_writer)
    step("rebuild-leased")
    try:
        needed = even_if_fit or index.state() is not State.READY
        done = _Rebuild(index, lease, total, progress).run() if needed else Rebuilt()
    except BaseException:
        lease.release_quietly()
        raise
    lease.release()
    step("rebuild-released")
    refresh_statistics()
    return done


def running_elsewhere() -> RebuildRunning | None:
    """Why a rebuild cannot begin now; None where nothing is in its way, the dead lease of a lost writer included."""
    if running() is None:
        return None
    index = openings_index()
    if index.engine.single_writer:
        try:
            # The lock of a writer that died is free.
            index.engine.open(index.schema, write=True).close()
        except Locked:
            return refusal()
        return None
    return refusal()


def ensure(index: Index) -> Rebuilt | None:
    """Rebuild an index that is missing, damaged or of another schema; None where it is fit as it is.

    Raises `Unavailable` where the engine is away, of which nothing follows; else as `rebuild`.
    """
    state = index.state()
    if state is State.AWAY:
        raise Unavailable("the search engine is away")
    return None if state is State.READY else rebuild(index, even_if_fit=False)


@dataclass
class _Rebuild:
    index: Index
    lease: Lease
    total: int
    progress: Callable[[int, int], None] | None
    done: Rebuilt = field(default_factory=Rebuilt)
    drained_at: float = 0.0
    seen: int = 0
    serves: bool = False

    def run(self) -> Rebuilt:
        # An index that cannot be searched gets no changes: they wait for the new one.
        self.serves = self.index.state() is State.READY
        build = self.index.begin_rebuild()
        step("rebuild-begun")
        try:
            self._load(build)
            note_refusals(self._agree(build))
            step("rebuild-compared")
            self.lease.beat(self.total)
            self.index.swap(build)
        except BaseException:
            # Best effort: where the engine is away too, the next rebuild removes the remains.
            with suppress(Unavailable):
                self.index.abandon(build)
            raise
        step("rebuild-swapped")
        self._see_that_nothing_passed_by()
        with suppress(LeaseLost):
            # Whoever may carry changes again carries the rest, into the index that is searched now.
            drain(self.index, lease=self.lease, seconds=CATCH_UP_SECONDS)
        step("rebuild-drained")
        return self.done

    def _see_that_nothing_passed_by(self) -> None:
        """Where the lease ran out during the swap, others may have carried changes into the old index only."""
        try:
            self.lease.beat(self.total)
        except LeaseLost:
            self._queue(unexplained(compared(self.index)))

    def _queue(self, versions: dict[int, int]) -> None:
        log.warning("%s openings differ from the database; they are carried again", len(versions))
        with writing():
            outbox.queue(db.session, outbox.POSTING, versions.items())
            db.session.commit()

    def _load(self, build: Build) -> None:
        ahead = not openings_index().engine.single_writer
        with collected_after(), PageLoader(build, ahead=ahead) as loader:
            for rows in listed_pages(PAGE):
                self._count(loader.send(rows))
                if time.monotonic() - self.drained_at >= DRAIN_SECONDS:
                    # What was read before a change must not be written after it.
                    self._count(loader.finish())
                    self._carry(build)
            self._count(loader.finish())

    def _count(self, page: Loaded) -> None:
        if not page.rows:
            return
        self.done.refusals |= page.refusals
        self.done.documents += page.documents
        self.seen += page.rows
        self.lease.beat(self.seen)
        step("rebuild-page")
        if self.progress:
            self.progress(self.seen, self.total)

    def _carry(self, build: Build) -> None:
        if self.serves:
            drain(self.index, build, lease=self.lease, seconds=DRAIN_SECONDS)
            self.drained_at = time.monotonic()

    def _agree(self, build: Build) -> dict[int, tuple[int, str]]:
        """See that the build holds what is listed, apart from what waits in the outbox and is carried after the swap.

        A few postings may differ for other reasons: the clock opens and closes some without a change. They are
        queued. Returns the refusals that nothing in the outbox knows of yet: those mended meanwhile are none any
        more. Raises `RebuildFailed` where it is more than a few.
        """
        for _ in range(_COMPARISONS):
            self._carry(build)
            build.commit()
            found = unexplained(compared(build))
            differing = {one: version for one, version in found.items() if one not in self.done.refusals}
            self.lease.beat(self.total)
            if not differing:
                return {one: refusal for one, refusal in self.done.refusals.items() if one in found}
            if len(differing) > max(_FEW, self.total // 100):
                raise RebuildFailed(
                    f"the new index differs from the database in {len(differing):,} of {self.total:,} openings"
                )
            self._queue(differing)
        raise RebuildFailed("the new index still differs from the database after carrying the openings again")
