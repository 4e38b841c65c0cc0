"""Carries changes from the outbox into the index: claim, load, build, write, and only then forget.

Replay is always safe: the index refuses a version older than the one it holds, and a change row is deleted only up
to the version that was written. If the process dies in between, the change is simply carried again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from jobboard import clock
from jobboard.crash_points import step
from jobboard.database import db
from jobboard.measures import measures
from jobboard.postings.models import Posting, State
from jobboard.search.claims import Claim, claim, due
from jobboard.search.documents import documents
from jobboard.search.index import openings_index
from jobboard.search.leases import held_by_another
from jobboard.search.models import IndexChange
from jobboard.search.rows import listed_rows, titles_of_codes
from jobboard.vocabulary import vocabularies
from search_index import Deletion, Outcome

if TYPE_CHECKING:
    from search_index import Build, Document, Index


@dataclass
class Drained:
    """How many changes were written (or were older than what the index holds), and how many were refused."""

    written: int = 0
    refused: int = 0


def waiting() -> bool:
    """Whether a change is due that this process may carry; one short read."""
    found = select(IndexChange.id).where(due())
    if not openings_index().engine.single_writer:
        free = IndexChange.claimed_until.is_(None) | (IndexChange.claimed_until <= clock.now())
        found = found.where(free, ~held_by_another())
    return db.session.scalar(found.limit(1)) is not None


def drain(index: Index, build: Build | None = None, *, lease: str = "") -> Drained:
    """Carry all due changes into `index`, batch by batch, and into the `build` of a rebuild under its `lease`.

    Raises `Unavailable`; then what is left stays queued.
    """
    total = Drained()
    alone = openings_index().engine.single_writer
    while (claimed := claim(alone=alone, lease=lease)) is not None:
        step("drain-claimed")
        try:
            _carry(claimed, index, build)
        except BaseException:
            claimed.give_back()
            raise
        claimed.settle()
        step("drain-settled")
        measures().changes.labels("written").inc(len(claimed.done))
        measures().changes.labels("refused").inc(len(claimed.refused))
        total.written += len(claimed.done)
        total.refused += len(claimed.refused)
    return total


def _carry(claimed: Claim, index: Index, build: Build | None) -> None:
    made, deletions = _load(claimed)
    step("drain-loaded")
    told = [*index.write(made, deletions), *(build.write(made, deletions) if build is not None else ())]
    step("drain-written")
    told += index.commit()
    step("drain-committed")
    for one in told:
        # What either index refuses, and be it only at the commit, is refused.
        if one.outcome is Outcome.REFUSED:
            claimed.refused[int(one.id)] = (one.version, one.error)
    claimed.done = {int(one.id): one.version for one in told if int(one.id) not in claimed.refused}


def _load(claimed: Claim) -> tuple[list[Document], list[Deletion]]:
    """Documents of the listed and deletions of the others; `claimed` is told what cannot be made or opens later."""
    queued = claimed.versions
    rows = listed_rows(Posting.id.in_(queued))
    unmade: dict[int, str] = {}
    found = list(documents(rows, titles_of_codes(rows), vocabularies(), unmade))
    claimed.refused = {row.id: (row.version, unmade[row.id]) for row in rows if row.id in unmade}
    listed = {row.id for row in rows}
    absent = [posting_id for posting_id in queued if posting_id not in listed]
    state = select(Posting.id, Posting.version, Posting.state, Posting.opens_at).where(Posting.id.in_(absent))
    versions: dict[int, int] = {}
    for posting_id, version, where, opens_at in db.session.execute(state):
        versions[posting_id] = version
        if where == State.OPEN and opens_at is not None and opens_at > clock.now():
            claimed.later[posting_id] = opens_at
    db.session.rollback()
    return found, [Deletion(str(one), max(queued[one], versions.get(one, 0))) for one in absent]


@dataclass(frozen=True)
class Outbox:
    """What waits: how many changes, the oldest's age in seconds, and how many were refused."""

    queued: int
    oldest_seconds: int
    refused: int


def outbox_now() -> Outbox:
    """The outbox as it is; changes that wait for a posting to open are not counted."""
    now = clock.now()
    queued, oldest = db.session.execute(
        select(func.count(), func.min(IndexChange.queued_at)).where(due())
    ).one()
    refused = db.session.scalar(select(func.count()).where(IndexChange.attempts > 0)) or 0
    return Outbox(queued, int((now - oldest).total_seconds()) if oldest else 0, refused)
