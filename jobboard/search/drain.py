"""Carries changes from the outbox into the index: claim, load, build, write, and only then forget.

Replay is always safe: the index refuses a version older than the one it holds, and a change row is deleted only up
to the version that was written. If the process dies in between, the change is simply carried again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update

from jobboard import clock
from jobboard.database import db, writing
from jobboard.postings.models import Posting, State
from jobboard.search.documents import documents
from jobboard.search.models import IndexChange
from jobboard.search.outbox import POSTING
from jobboard.search.rows import listed_rows, titles_of_codes
from jobboard.vocabulary import vocabularies
from search_index import Deletion, Outcome, Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from search_index import Document, Index

BATCH = 500
_LONGEST_BACK_OFF = timedelta(hours=1)


@dataclass
class Drained:
    """How many changes were written (or were older than what the index holds), and how many were refused."""

    written: int = 0
    refused: int = 0


def waiting() -> bool:
    """Whether a change is due; one short read."""
    due = select(IndexChange.id).where(IndexChange.not_before <= clock.now()).limit(1)
    return db.session.scalar(due) is not None


def drain(index: Index) -> Drained:
    """Carry all due changes into `index`, batch by batch. Raises `Unavailable`; then what is left stays queued."""
    total = Drained()
    while changes := _due():
        batch = _load({change.id: change.version for change in changes})
        outcomes = index.write(batch.documents, batch.deletions)
        index.commit()
        _settle([*outcomes, *batch.refusals], batch.later, total)
    return total


def _due() -> Sequence[IndexChange]:
    db.session.rollback()
    db.session.expire_all()
    due = select(IndexChange).where(IndexChange.kind == POSTING, IndexChange.not_before <= clock.now())
    return db.session.scalars(due.order_by(IndexChange.queued_at, IndexChange.id).limit(BATCH)).all()


@dataclass
class _Batch:
    """Documents of the listed, deletions of the others, refusals, and when those that open later are due again."""

    documents: list[Document]
    deletions: list[Deletion]
    refusals: list[Written]
    later: dict[int, datetime]


def _load(queued: dict[int, int]) -> _Batch:
    rows = listed_rows(Posting.id.in_(queued))
    refused: dict[int, str] = {}
    found = list(documents(rows, titles_of_codes(rows), vocabularies(), refused))
    listed = {row.id for row in rows}
    absent = [posting_id for posting_id in queued if posting_id not in listed]
    state = select(Posting.id, Posting.version, Posting.state, Posting.opens_at).where(Posting.id.in_(absent))
    versions: dict[int, int] = {}
    later: dict[int, datetime] = {}
    for posting_id, version, where, opens_at in db.session.execute(state):
        versions[posting_id] = version
        if where == State.OPEN and opens_at is not None and opens_at > clock.now():
            later[posting_id] = opens_at
    return _Batch(
        found,
        [Deletion(str(one), max(queued[one], versions.get(one, 0))) for one in absent],
        [
            Written(str(row.id), row.version, Outcome.REFUSED, refused[row.id])
            for row in rows
            if row.id in refused
        ],
        later,
    )


def _settle(outcomes: Iterable[Written], later: dict[int, datetime], total: Drained) -> None:
    """Forget what was carried, put off what opens later, and keep what was refused with its error."""
    db.session.rollback()
    with writing():
        for outcome in outcomes:
            posting_id = int(outcome.id)
            mine = (
                IndexChange.kind == POSTING,
                IndexChange.id == posting_id,
                IndexChange.version <= outcome.version,
            )
            if outcome.outcome is Outcome.REFUSED:
                total.refused += 1
                db.session.execute(
                    update(IndexChange)
                    .where(*mine)
                    .values(
                        attempts=IndexChange.attempts + 1,
                        last_error=outcome.error,
                        not_before=clock.now() + _LONGEST_BACK_OFF,
                    )
                )
                continue
            total.written += 1
            if posting_id in later:
                db.session.execute(update(IndexChange).where(*mine).values(not_before=later[posting_id]))
            else:
                db.session.execute(delete(IndexChange).where(*mine))
        db.session.commit()


@dataclass(frozen=True)
class Outbox:
    """What waits: how many changes, the oldest's age in seconds, and how many were refused."""

    queued: int
    oldest_seconds: int
    refused: int


def outbox_now() -> Outbox:
    """The outbox as it is; changes that wait for a posting to open are not counted."""
    now = clock.now()
    due = select(func.count(), func.min(IndexChange.queued_at)).where(IndexChange.not_before <= now)
    queued, oldest = db.session.execute(due).one()
    refused = db.session.scalar(select(func.count()).where(IndexChange.attempts > 0)) or 0
    return Outbox(queued, int((now - oldest).total_seconds()) if oldest else 0, refused)
