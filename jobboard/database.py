"""The database session, the base of all models, and how SQLite is opened.

Times are aware and in UTC on every database; money is integers of cents.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import JSON, ColumnElement, DateTime, MetaData, event, func
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.types import TypeDecorator

from jobboard.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BUSY_MILLISECONDS = 15_000
# Connections, a lost race between transactions, too little of something, a lock, the end of a server or statement.
_PASSING_STATES = ("08", "40", "53", "55P03", "57")
_writing: ContextVar[bool] = ContextVar("database_writing", default=False)


class ChangedByAnother(Exception):
    """Somebody else changed the same row since it was read; nothing of this unit of work is stored."""


class BoardSession(Session):
    """A session that says in the board's own word, wherever it sends its changes, that somebody was faster.

    It sends them before any query, so the race may be lost far from the commit.
    """

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Send what is pending to the database. Raises `ChangedByAnother`."""
        try:
            super().flush(objects)
        except StaleDataError as stale:
            raise ChangedByAnother from stale


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored as UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of all models: constraint names that migrations can rely on, and our column types."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


# Rows stay readable after the commit: the page that answers shows them without asking again.
db = SQLAlchemy(model_class=Base, session_options={"class_": BoardSession, "expire_on_commit": False})

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model
    Model.registry.update_type_annotation_map({datetime: UtcDateTime, dict[str, Any]: JSON, list[str]: JSON})


@contextmanager
def writing() -> Iterator[None]:
    """Within the block, SQLite transactions take the write lock when they begin.

    A transaction that reads first and then writes cannot wait for another writer; one that says so at once can.
    Other databases need no such word.
    """
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


@contextmanager
def separate_write() -> Iterator[Connection]:
    """A connection of its own whose short transaction commits with the block, whatever becomes of the session.

    Not to be used while the session of the same thread holds the write lock.
    """
    with writing(), db.engine.begin() as connection:
        yield connection


def passes(problem: Exception) -> bool:
    """Whether an error of the database is over in a moment: locked, cut off, full, or two that waited for each other.

    PostgreSQL says so by a class of states, none where it does not answer at all; SQLite in words only.
    """
    cause = getattr(problem, "orig", None) or problem
    if hasattr(cause, "sqlstate"):
        return cause.sqlstate is None or str(cause.sqlstate).startswith(_PASSING_STATES)
    words = str(cause).lower()
    cut_off = bool(getattr(problem, "connection_invalidated", False))
    return cut_off or "is locked" in words or "connection" in words


def in_words(problem: DBAPIError, setting: str = "JOBBOARD_DATABASE_URL") -> str:
    """One line for whoever started a command that the database at `setting` would not serve."""
    said = "; ".join(line.strip() for line in str(problem.orig).splitlines() if line.strip())
    if getattr(problem.orig, "sqlstate", "") is None:
        return f"the database does not answer ({said}): is it running, and is {setting} right?"
    if passes(problem):
        return f"the database could not do it now ({said}): try again in a moment"
    return f"the database refused ({said}); is it migrated? `jobboard db upgrade`"


def has_in_it(column: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    """Whether the text of a column has `word` in it, the letters from a to z in either case.

    The word is put into small letters here: PostgreSQL would do it by the database's locale, unlike the column.
    """
    small = "".join(sign.lower() if sign.isascii() else sign for sign in word)
    return func.lower(column).contains(small, autoescape=True)


def refresh_statistics() -> int:
    """Have the database look at its tables again, so that it plans by what is in them; returns 1.

    Without it SQLite takes an index on the state of postings for choosy when all of them are open. It looks at all
    postings for that (some 50 ms for 100,000): a sample of an index whose values are all the same tells it nothing
    but the sample's size; of everything else a sample is enough.
    """
    with separate_write() as connection:
        sampled = connection.dialect.name == "sqlite"
        if sampled:
            connection.exec_driver_sql("PRAGMA analysis_limit = 400")
        connection.exec_driver_sql("ANALYZE")
        if sampled:
            connection.exec_driver_sql("PRAGMA analysis_limit = 0")
            connection.exec_driver_sql("ANALYZE posting")
    return 1


def open_sqlite_well(engine: Engine) -> None:
    """Set WAL, foreign keys, the busy timeout and honest transactions on every SQLite connection of `engine`."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        # The driver's own transactions begin too late; ours begin in the listener below.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout = {_BUSY_MILLISECONDS}",
            "journal_mode = WAL",
            "synchronous = NORMAL",
            "foreign_keys = ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "do_connect")
    def _make_folder(_dialect: Any, _record: Any, arguments: list[Any], _options: dict[str, Any]) -> None:
        # Only what uses the database makes the data folder.
        if arguments and not str(arguments[0]).startswith((":", "file:")):
            folder = Path(arguments[0]).parent
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as problem:
                raise SettingsError(
                    f"JOBBOARD_DATA_DIR or JOBBOARD_DATABASE_URL cannot be used: {folder}: {problem.strerror}"
                ) from problem

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
