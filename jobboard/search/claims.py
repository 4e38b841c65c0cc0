"""Which changes a worker carries, and what becomes of their rows: claimed, deleted, put off, or given back.

An engine with a single writer needs no claims: whoever may write it is the only one. With several writers a claim
keeps two workers from doing the same work; it never holds a lock while the engine is called, so that no edit waits for
a drain, and it runs out by itself when its worker dies.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import ColumnElement, Select, delete, or_, select, update

from jobboard import clock
from jobboard.database import db, writing
from jobboard.search.leases import held_by_another
from jobboard.search.models import IndexChange
from jobboard.search.outbox import POSTING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BATCH = 500
# Longer than writing a batch may take with all its retries.
CLAIM = timedelta(seconds=90)
# How often, and after what pause, rows are looked at again that somebody had locked when a claim ended.
_LOOKS, _LOOK_AGAIN_SECONDS = 10, 0.02
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)


@dataclass
class Claim:
    """Changes to carry: versions and failed attempts by posting id. `token` is empty where no claim is needed."""

    versions: dict[int, int]
    attempts: dict[int, int]
    token: str = ""
    lease: str = ""
    # Filled by whoever carries them.
    done: dict[int, int] = field(default_factory=dict)
    refused: dict[int, tuple[int, str]] = field(default_factory=dict)
    later: dict[int, datetime] = field(default_factory=dict)

    def settle(self) -> None:
        """Forget what was carried, put off what opens later or was refused with its error, give back the rest.

        A row is forgotten only up to the version that was carried, and not while another's rebuild goes on: it has
        to carry the change into the new index itself. Commits.
        """
        self._end(self._note)

    def give_back(self) -> None:
        """Let others, or the next round, carry all of it. Commits."""
        if self.token:
            self._end(lambda _mine: None)
        else:
            db.session.rollback()

    def _end(self, note: Callable[[set[int]], None]) -> None:
        """`note` what became of the changes that are still this claim's, and let go of them.

        Another worker locks a row for a moment before it sees that it is claimed, so locked rows are looked at again.
        """
        db.session.rollback()
        for last in (*(False,) * _LOOKS, True):
            with writing():
                mine = self._locked()
                note(mine)
                self._let_go(mine)
                db.session.commit()
            if last or not self._is_held():
                return
            time.sleep(_LOOK_AGAIN_SECONDS)

    def _note(self, mine: set[int]) -> None:
        for posting_id, version in self.done.items():
            if posting_id not in mine:
                continue
            carried = (_row(posting_id), IndexChange.version <= version)
            if posting_id in self.later:
                put_off = update(IndexChange).where(*carried)
                db.session.execute(put_off.values(not_before=self.later[posting_id]))
            elif self.token:
                db.session.execute(delete(IndexChange).where(*carried, ~held_by_another(self.lease)))
            else:
                db.session.execute(delete(IndexChange).where(*carried))
        for posting_id, (version, error) in self.refused.items():
            if posting_id in mine:
                note_refusal(posting_id, version, error, self.attempts.get(posting_id, 0) + 1)

    def _is_held(self) -> bool:
        """Whether any row is this claim's, in the eyes of everybody else."""
        if not self.token:
            return False
        held = db.session.scalar(self._own().limit(1)) is not None
        db.session.rollback()
        return held

    def _locked(self) -> set[int]:
        """Those of the changes that are still this claim's.

        A row that somebody is editing is left out: waiting for it could end in a deadlock that costs the edit, and
        the edit takes the claim off anyway.
        """
        if not self.token:
            return set(self.versions)
        own = self._own().order_by(IndexChange.id)
        return set(db.session.scalars(own.with_for_update(skip_locked=True)))

    def _own(self) -> Select[int]:
        """Asked for by key: an outbox may be long."""
        ids = (IndexChange.kind == POSTING) & IndexChange.id.in_(self.versions)
        return select(IndexChange.id).where(ids, IndexChange.claimed_by == self.token)

    def _let_go(self, mine: set[int]) -> None:
        if self.token and mine:
            held = update(IndexChange).where(IndexChange.kind == POSTING, IndexChange.id.in_(mine))
            db.session.execute(
                held.values(claimed_by="", claimed_until=None),
                execution_options={"synchronize_session": False},
            )


def _row(posting_id: int) -> ColumnElement[bool]:
    return (IndexChange.kind == POSTING) & (IndexChange.id == posting_id)


def note_refusal(posting_id: int, version: int, error: str, attempts: int) -> None:
    """Keep the error of a change up to `version`, which rests after that many attempts; the caller commits."""
    db.session.execute(
        update(IndexChange)
        .where(_row(posting_id), IndexChange.version <= version)
        .values(attempts=attempts, last_error=error[:2000], not_before=clock.now() + wait_after(attempts))
    )


def wait_after(attempts: int) -> timedelta:
    """How long a refused document rests: a minute, doubled with each attempt, an hour at most."""
    return min(FIRST_WAIT * (1 << min(max(attempts, 1) - 1, 10)), LONGEST_WAIT)


def due() -> ColumnElement[bool]:
    """The condition of a change whose time has come."""
    return (IndexChange.kind == POSTING) & (IndexChange.not_before <= clock.now())


def claim(*, alone: bool, lease: str = "") -> Claim | None:
    """Take up to `BATCH` changes that are due, the oldest first; None where there are none. Commits.

    `alone` says that this process is the engine's single writer. While a rebuild goes on only the holder of its
    `lease` gets any.
    """
    db.session.rollback()
    db.session.expire_all()
    oldest = select(IndexChange).where(due()).order_by(IndexChange.queued_at, IndexChange.id).limit(BATCH)
    if alone:
        facts = _facts(db.session.scalars(oldest).all())
        # No reading transaction stays open behind: it would be in the way of the next write.
        db.session.rollback()
        return Claim(*facts, lease=lease) if facts[0] else None
    token = uuid4().hex
    unclaimed = or_(IndexChange.claimed_until.is_(None), IndexChange.claimed_until <= clock.now())
    with writing():
        free = oldest.where(unclaimed, ~held_by_another(lease))
        found = db.session.scalars(free.with_for_update(skip_locked=True, of=IndexChange)).all()
        claimed = Claim(*_facts(found), token=token, lease=lease)
        if found:
            taken = update(IndexChange).where(
                IndexChange.kind == POSTING, IndexChange.id.in_(claimed.versions)
            )
            db.session.execute(
                taken.values(claimed_by=token, claimed_until=clock.now() + CLAIM),
                execution_options={"synchronize_session": False},
            )
        db.session.commit()
    return claimed if found else None


def _facts(rows: Sequence[IndexChange]) -> tuple[dict[int, int], dict[int, int]]:
    return {row.id: row.version for row in rows}, {row.id: row.attempts for row in rows}
