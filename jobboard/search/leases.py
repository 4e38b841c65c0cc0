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


def running() -> Running | None:
    """The rebuild that goes on now, if any."""
    held = select(IndexRebuild).where(IndexRebuild.kind == POSTING, _alive())
    found = db.session.scalar(held.execution_options(populate_existing=True))
    return Running(found.holder, found.started_at, found.done, found.total) if found else None


def refusal() -> RebuildRunning:
    """What is said to whoever wants to rebuild while another does."""
    there = running()
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

    def __init__(self, token: str) -> None:
        """Take the token that its row carries."""
        self.token = token

    @classmethod
    def take(cls, total: int, *, alone: bool) -> Lease:
        """Take the lease for a rebuild of `total` postings.

        `alone` says that the engine has a single writer and this process is it: whoever held the lease is gone.
        Raises `RebuildRunning`.
        """
        lease, now = cls(uuid4().hex), clock.now()
        row = {
            "kind": POSTING,
            "token": lease.token,
            "holder": f"process {os.getpid()} on {socket.gethostname()}"[:200],
            "started_at": now,
            "beat_at": now,
            "done": 0,
            "total": total,
        }
        dead = delete(IndexRebuild).where(IndexRebuild.kind == POSTING)
        try:
            with separate_write() as connection:
                connection.execute(dead if alone else dead.where(~_alive()))
                connection.execute(insert(IndexRebuild).values(**row))
        except IntegrityError:
            there = running()
            db.session.rollback()
            who = (
                f"by {there.holder}, since {there.started_at:%H:%M:%S} UTC" if there else "by another process"
            )
            raise RebuildRunning(f"the index is being built anew already {who}") from None
        return lease

    def beat(self, done: int) -> None:
        """Give a sign of life, and say how many postings are done. Raises `LeaseLost` where it comes too late."""
        mine = update(IndexRebuild).where(IndexRebuild.token == self.token, _alive())
        with separate_write() as connection:
            kept = connection.execute(mine.values(beat_at=clock.now(), done=done)).rowcount
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
