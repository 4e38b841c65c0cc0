"""Compares what an index holds with what the database lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from jobboard.database import db
from jobboard.postings.models import Posting
from jobboard.postings.queries import listed
from jobboard.search.models import IndexChange
from jobboard.search.outbox import POSTING
from search_index import Index, State

if TYPE_CHECKING:
    from search_index import Build


@dataclass
class Comparison:
    """Database against index: listed postings, documents, and ids that differ (at most all of them).

    `versions` are those at which what differs would have to be carried.
    """

    database: int
    index: int
    missing: list[int]
    extra: list[int]
    stale: list[int]
    versions: dict[int, int]

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
    """The same for a target that is there, a half-built one too; None holds nothing."""
    held = {int(thing): version for thing, version in target.ids_and_versions()} if target else {}
    rows = db.session.execute(select(Posting.id, Posting.version).where(listed()))
    wanted = {row.id: row.version for row in rows}
    db.session.rollback()
    missing, extra = wanted.keys() - held.keys(), held.keys() - wanted.keys()
    stale = {one for one in wanted.keys() & held.keys() if wanted[one] != held[one]}
    gone = {one: held[one] + 1 for one in extra}
    return Comparison(
        database=len(wanted),
        index=len(held),
        missing=sorted(missing),
        extra=sorted(extra),
        stale=sorted(stale),
        versions={one: wanted[one] for one in missing | stale} | gone,
    )


def unexplained(found: Comparison) -> dict[int, int]:
    """What differs and does not wait in the outbox, which is going to carry the rest: versions by id."""
    waiting = set(db.session.scalars(select(IndexChange.id).where(IndexChange.kind == POSTING)))
    db.session.rollback()
    return {one: version for one, version in found.versions.items() if one not in waiting}
