"""Whether database and search engine answer: each asked in a thread of its own, so that none that hangs holds us up."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from jobboard.database import db
from jobboard.mail.queries import LettersWaiting, letters_now
from jobboard.resources import resource_folder
from jobboard.search.drain import Outbox, outbox_now
from jobboard.search.index import openings_index

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from sqlalchemy import Connection

PATIENCE_SECONDS = 1.5
READY, AWAY, NO_ANSWER, NOT_MIGRATED = "ready", "away", "no answer", "not migrated"
EXTENSION = "probes"
T = TypeVar("T")


@dataclass(frozen=True)
class Backlog:
    """What waits in the database to be carried into the index and to be sent."""

    outbox: Outbox
    letters: LettersWaiting


@dataclass(frozen=True)
class Readiness:
    """`database` and `search`: `ready`, or what is wrong in a word or two; `backlog` where the database says it."""

    database: str
    search: str
    backlog: Backlog | None

    @property
    def status(self) -> str:
        """`ready`; `degraded` where only the search is missing; `unavailable` without the database."""
        if self.database != READY:
            return "unavailable"
        return READY if self.search == READY else "degraded"


def readiness(app: Flask) -> Readiness:
    """Look at database and search engine at the same time, for `PATIENCE_SECONDS` at most."""
    probes: Probes = app.extensions[EXTENSION]
    end = time.monotonic() + PATIENCE_SECONDS
    asked = probes.database.ask(), probes.search.ask()
    backlog, database = _result(asked[0], end)
    state, search = _result(asked[1], end)
    if database == READY and backlog is None:
        database = NOT_MIGRATED
    return Readiness(database, state or search, backlog)


def _result(asked: Future[T | None], end: float) -> tuple[T | None, str]:
    try:
        return asked.result(timeout=max(0.0, end - time.monotonic())), READY
    except TimeoutError:
        return None, NO_ANSWER if not asked.done() else AWAY
    except Exception:
        # Why is in the log of who uses the part; the answer goes to strangers.
        return None, AWAY


class Probe(Generic[T]):
    """Asks one part in a thread. While that one hangs everybody waits for the same answer, and no second one starts."""

    def __init__(self, app: Flask, look: Callable[[], T]) -> None:
        self._app, self._look = app, look
        self._lock = threading.Lock()
        self._asked: Future[T] | None = None

    def ask(self) -> Future[T]:
        """The answer to come."""
        with self._lock:
            if self._asked is None or self._asked.done():
                self._asked = Future()
                threading.Thread(target=self._answer, args=(self._asked,), name="probe", daemon=True).start()
            return self._asked

    def _answer(self, asked: Future[T]) -> None:
        try:
            with self._app.app_context():
                found = self._look()
        except BaseException as problem:
            asked.set_exception(problem)
        else:
            asked.set_result(found)


class Probes:
    """The probes of one process."""

    def __init__(self, app: Flask) -> None:
        self.database = Probe(app, _look_at_database)
        self.search = Probe(app, _look_at_search)


def _look_at_database() -> Backlog | None:
    if not at_newest_migration(db.session.connection()):
        return None
    return Backlog(outbox_now(), letters_now())


def _look_at_search() -> str | None:
    return openings_index().reader.state().value


def at_newest_migration(connection: Connection) -> bool:
    """Whether the database has the tables that this version of the board expects."""
    return current_migration(connection) == known_migrations()[0]


def current_migration(connection: Connection) -> str | None:
    """The migration that a database is at; None for one without tables."""
    return MigrationContext.configure(connection).get_current_revision()


@lru_cache(maxsize=1)
def known_migrations() -> tuple[str, ...]:
    """All migrations of this version of the board, the newest first."""
    scripts = ScriptDirectory(str(resource_folder("migrations")))
    return tuple(script.revision for script in scripts.walk_revisions())
