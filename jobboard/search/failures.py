"""Documents that could not be made or were refused: kept with their error, shown, and tried again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from jobboard import clock
from jobboard.database import db, writing
from jobboard.postings.models import Posting
from jobboard.search import outbox
from jobboard.search.claims import note_refusal
from jobboard.search.models import IndexChange

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


@dataclass(frozen=True)
class Failure:
    """A posting whose document is not in the index as it should be; the title is empty where the row is gone."""

    id: int
    title: str
    error: str
    attempts: int
    next_try: datetime


def failures() -> list[Failure]:
    """All of them, by id."""
    asked = (
        select(
            IndexChange.id,
            Posting.title,
            IndexChange.last_error,
            IndexChange.attempts,
            IndexChange.not_before,
        )
        .join(Posting, Posting.id == IndexChange.id, isouter=True)
        .where(IndexChange.kind == outbox.POSTING, IndexChange.attempts > 0)
        .order_by(IndexChange.id)
    )
    return [Failure(row[0], row[1] or "", *row[2:]) for row in db.session.execute(asked)]


def retry(ids: Sequence[int] = ()) -> int:
    """Make failed documents due now, all or those of `ids`; returns how many. Commits."""
    failed = update(IndexChange).where(IndexChange.kind == outbox.POSTING, IndexChange.attempts > 0)
    if ids:
        failed = failed.where(IndexChange.id.in_(ids))
    with writing():
        count = db.session.execute(
            failed.values(not_before=clock.now()), execution_options={"synchronize_session": False}
        ).rowcount  # type: ignore[attr-defined]
        db.session.commit()
    return int(count)


def note_refusals(refusals: Mapping[int, tuple[int, str]]) -> None:
    """Keep what a rebuild was refused: versions and errors by posting id. Commits."""
    if not refusals:
        return
    with writing():
        outbox.queue(db.session, outbox.POSTING, [(one, version) for one, (version, _) in refusals.items()])
        for posting_id, (version, error) in refusals.items():
            note_refusal(posting_id, version, error, attempts=1)
        db.session.commit()
