"""Compares what an index holds with what the database lists."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from sqlalchemy import select

from jobboard.database import db
from jobboard.postings.models import Posting
from jobboard.postings.queries import listed
from jobboard.search.models import IndexChange
from jobboard.search.outbox import POSTING
from search_index import Index, State

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from search_index import Build

_LISTED, _HELD = 0, 1
_ROWS_AT_ONCE = 5000


@dataclass
class Comparison:
    """Database against index: listed postings, documents, and ids that differ (at most all of them).

    `versions` are those at which what differs would have to be carried.
    """

    database: int = 0
    index: int = 0
    missing: list[int] = field(default_factory=list)
    extra: list[int] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    versions: dict[int, int] = field(default_factory=dict)

    def add(self, posting_id: int, versions: Mapping[int, int]) -> None:
        """Take the versions of one posting on the sides that have it."""
        wanted, held = versions.get(_LISTED), versions.get(_HELD)
        self.database += wanted is not None
        self.index += held is not None
        if wanted == held:
            return
        if held is None:
            self.missing.append(posting_id)
        else:
            (self.extra if wanted is None else self.stale).append(posting_id)
        # A deletion has to be newer than the document that it takes away.
        self.versions[posting_id] = wanted if wanted is not None else (held or 0) + 1

    @property
    def agrees(self) -> bool:
        """Whether the index holds exactly what is listed, at the same versions."""
        return not (self.missing or self.extra or self.stale)


def verify(index: Index) -> Comparison:
    """Compare ids and versions of everything listed with everything found. Raises `Unavailable`.

    An index that has not been built yet holds nothing.
    """
    return compared(None if index.state() is State.MISSING else index)


def compared(target: Index | Build | None) -> Comparison:
    """The same for a target that is there, a half-built one too; None holds nothing.

    Both sides are read as streams in the order of their ids, so that only what differs is kept in memory.
    """
    found = Comparison()
    held = ((int(thing), _HELD, version) for thing, version in target.ids_and_versions()) if target else ()
    try:
        with closing(_listed_versions()) as ours:
            for posting_id, sides in groupby(merge(ours, held), key=itemgetter(0)):
                found.add(posting_id, {side: version for _, side, version in sides})
    finally:
        db.session.rollback()
    return found


def _listed_versions() -> Generator[tuple[int, int, int]]:
    rows = select(Posting.id, Posting.version).where(listed()).order_by(Posting.id)
    with db.session.execute(rows.execution_options(yield_per=_ROWS_AT_ONCE)) as found:
        for posting_id, version in found:
            yield posting_id, _LISTED, version


def unexplained(found: Comparison) -> dict[int, int]:
    """What differs and does not wait in the outbox, which is going to carry the rest: versions by id."""
    waiting = set(db.session.scalars(select(IndexChange.id).where(IndexChange.kind == POSTING)))
    db.session.rollback()
    return {one: version for one, version in found.versions.items() if one not in waiting}
