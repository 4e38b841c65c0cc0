"""The lease of a rebuild: one at a time over all processes and machines, and none that outlives its holder for long.

Whoever holds it is the only one to carry changes meanwhile. Others see it in the very statement that deletes what
they carried: what they delete was stored before the lease was, so that the pages read under the lease contain it.
"""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, exists, insert, select, update
from sqlalchemy.exc import IntegrityError

from jobboard import clock
from jobboard.database import db, separate_write
from jobboard.search.models import IndexRebuild
from jobboard.search.outbox import POSTING

if TYPE_CHECKING:
    from sqlalchemy import Connection

# Longer than any call to an engine may take, so that a lease that was in force before a swap is so after it.
LEASE = timedelta(seconds=60)


class RebuildRunning(RuntimeError):
    """Somebody else is building the index anew; the message says who, and since when."""


class LeaseLost(RuntimeError):
    """The lease ran out without a sign of life, and changes may have been carried past this rebuild."""


@dataclass(frozen=True)
class Running:
    """A rebuild that goes on: who, since when, and how many of how many postings are done."""

    holder: str
    started_at: datetime
    done: int
    total: int


def running(kind: str = POSTING) -> Running | None:
    """The rebuild of the index of that kind that goes on now, if any."""
    held = select(IndexRebuild).where(IndexRebuild.kind == kind, _alive())
    found = db.session.scalar(held.execution_options(populate_existing=True))
    return Running(found.holder, found.started_at, found.done, found.total) if found else None


def refusal(kind: str = POSTING) -> RebuildRunning:
    """What is said to whoever wants to rebuild while another does."""
    there = running(kind)
    db.session.rollback()
    who = f"by {there.holder}, since {there.started_at:%H:%M:%S} UTC" if there else "by another process"
    return RebuildRunning(f"the index is being built anew already {who}")


def held_by_another(token: str = "") -> ColumnElement[bool]:
    """Whether a lease other than `token` is in force; part of a statement."""
    return exists().where(IndexRebuild.kind == POSTING, _alive(), IndexRebuild.token != token)


def _alive() -> ColumnElement[bool]:
    return IndexRebuild.beat_at > clock.now() - LEASE


class Lease:
    """The right to rebuild. Taken by `take`, kept by `beat`, given back by `release`."""

    def __init__(self, token: str, *, alone: bool) -> None:
        """Take the token that its row carries, and whether nobody else can write the index anyway."""
        self.token = token
        self._alone = alone

    @classmethod
    def take(cls, total: int, *, alone: bool, kind: str = POSTING) -> Lease:
        """Take the lease for a rebuild of `total` things of that kind.

        `alone` says that the engine has a single writer and this process is it: whoever held the lease is gone.
        Raises `RebuildRunning`.
        """
        lease, now = cls(uuid4().hex, alone=alone), clock.now()
        row = {
            "kind": kind,
            "token": lease.token,
            "holder": f"process {os.getpid()} on {socket.gethostname()}"[:200],
            "started_at": now,
            "beat_at": now,
            "done": 0,
            "total": total,
        }
        dead = delete(IndexRebuild).where(IndexRebuild.kind == kind)
        try:
            with separate_write() as connection:
                connection.execute(dead if alone else dead.where(~_alive()))
                connection.execute(insert(IndexRebuild).values(**row))
        except IntegrityError:
            raise refusal(kind) from None
        return lease

    def beat(self, done: int | None = None) -> None:
        """Give a sign of life, and say how many postings are done where that has changed.

        Raises `LeaseLost` where it comes too late: others may have carried changes since. The only writer of an
        engine is never too late while the row is its own.
        """
        mine = update(IndexRebuild).where(IndexRebuild.token == self.token)
        if not self._alone:
            mine = mine.where(_alive())
        values = {"beat_at": clock.now()} if done is None else {"beat_at": clock.now(), "done": done}
        with separate_write() as connection:
            kept = connection.execute(mine.values(**values)).rowcount
        if not kept:
            raise LeaseLost(f"there was no sign of life for {LEASE.seconds} seconds; the rebuild is given up")

    def release(self) -> None:
        """Give it back; harmless where it was lost."""
        with separate_write() as connection:
            self._forget(connection)

    def _forget(self, connection: Connection) -> None:
        connection.execute(delete(IndexRebuild).where(IndexRebuild.token == self.token))

    def release_quietly(self) -> None:
        """Give it back if the database lets us; otherwise it runs out by itself."""
        with suppress(Exception):
            self.release()
