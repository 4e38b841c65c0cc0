"""Builds the whole index anew beside the old one, with the same code as an update, and swaps it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from jobboard.database import db, refresh_statistics
from jobboard.postings.models import Posting
from jobboard.postings.queries import listed
from jobboard.search.documents import documents
from jobboard.search.drain import drain
from jobboard.search.rows import listed_pages, titles_of_codes
from jobboard.vocabulary import vocabularies
from search_index import Outcome, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from search_index import Index

PAGE = 1000


class RebuildFailed(RuntimeError):
    """The new index does not hold what the database lists; the old one is still in place."""


@dataclass
class Rebuilt:
    """How many documents went in, and how many were refused."""

    documents: int = 0
    refused: int = 0


def rebuild(index: Index, progress: Callable[[int, int], None] | None = None) -> Rebuilt:
    """Load all listed postings into a new index, compare, swap, and catch up from the outbox.

    `index` must be open for writing. `progress` is told how many of how many are done. Changes made meanwhile stay in
    the outbox and are carried into the new index after the swap; until then readers see the old one.
    """
    total = db.session.scalar(select(func.count(Posting.id)).where(listed())) or 0
    done = Rebuilt()
    build = index.begin_rebuild()
    try:
        for rows in listed_pages(PAGE):
            unmade: dict[int, str] = {}
            outcomes = build.write(documents(rows, titles_of_codes(rows), vocabularies(), unmade))
            refused = sum(one.outcome is Outcome.REFUSED for one in outcomes)
            done.documents += len(outcomes) - refused
            done.refused += refused + len(unmade)
            if progress:
                progress(done.documents + done.refused, total)
        build.commit()
        held = build.count()
        if held != done.documents:
            raise RebuildFailed(f"the new index holds {held} of {done.documents} documents")
        index.swap(build)
    except BaseException:
        index.abandon(build)
        raise
    drain(index)
    db.session.rollback()
    refresh_statistics()
    return done


def ensure(index: Index) -> Rebuilt | None:
    """Rebuild an index that is missing, damaged or of another schema; None where it is fit as it is."""
    return None if index.state() is State.READY else rebuild(index)


@dataclass
class Comparison:
    """Database against index: listed postings, documents, and ids that differ (at most all of them)."""

    database: int
    index: int
    missing: list[int]
    extra: list[int]
    stale: list[int]

    @property
    def agrees(self) -> bool:
        """Whether the index holds exactly what is listed, at the same versions."""
        return not (self.missing or self.extra or self.stale)


def verify(index: Index) -> Comparison:
    """Compare ids and versions of everything listed with everything found. Raises `Unavailable`.

    An index that has not been built yet holds nothing.
    """
    built = index.state() is not State.MISSING
    held = {int(thing): version for thing, version in index.ids_and_versions()} if built else {}
    rows = db.session.execute(select(Posting.id, Posting.version).where(listed()))
    wanted = {row.id: row.version for row in rows}
    return Comparison(
        database=len(wanted),
        index=len(held),
        missing=sorted(wanted.keys() - held.keys()),
        extra=sorted(held.keys() - wanted.keys()),
        stale=sorted(one for one in wanted.keys() & held.keys() if wanted[one] != held[one]),
    )
