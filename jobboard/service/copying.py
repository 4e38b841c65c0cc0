"""Copies a whole board from its database into another, empty one: all rows and links, or nothing."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Integer, func, insert, inspect, select, text
from sqlalchemy.exc import DataError, IntegrityError

from jobboard.database import db, writing
from jobboard.resources import resource_folder
from jobboard.service.rows import Checksum, batches, refuse_misfits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Engine, Table

_VERSIONS = "alembic_version"
# Nobody else uses this number: who holds its lock holds this very database.
_LOCK = 7_046_253_127


class NotCopied(Exception):
    """The copy was refused or broken off; the message says why, and the target holds no row of it."""


@dataclass(frozen=True)
class TableCopied:
    """One table: how many rows it has, and the checksums of both sides."""

    name: str
    rows: int
    source: str
    target: str


def refuse_an_unfit_source(source: Engine) -> None:
    """Raise `NotCopied` unless the source is at the newest migration."""
    head = ScriptDirectory(str(resource_folder("migrations"))).get_current_head()
    with source.connect() as connection:
        if MigrationContext.configure(connection).get_current_revision() != head:
            raise NotCopied(
                "the board's database is not at the newest migration: run `jobboard db upgrade` first"
            )


def refuse_a_used_target(source: Engine, target: Engine) -> None:
    """Raise `NotCopied` where the target is the source, or holds anything but the empty tables of a board."""
    with _reading(source) as reader, target.connect() as connection:
        _refuse_the_source_itself(reader, connection)
        names = set(inspect(connection).get_table_names())
        if names and _VERSIONS not in names:
            raise NotCopied(
                f"the target is not empty: it holds tables of something else ({sorted(names)[0]})"
            )
        _refuse_rows(connection, names)


def copy(source: Engine, target: Engine, progress: Callable[[int], None]) -> list[TableCopied]:
    """Copy every row of every table in one transaction; `progress` is told how many more rows were copied.

    The target is at the newest migration. Its rows are read again before they are stored for good: where a
    checksum differs nothing is stored, and the result says so. Raises `NotCopied`.
    """
    tables = db.metadata.sorted_tables
    with _reading(source) as reader, writing(), target.connect() as writer, writer.begin() as transaction:
        _refuse_the_source_itself(reader, writer)
        _refuse_rows(writer, {table.name for table in tables})
        _without_hurry(writer)
        sums = {table.name: _copy_table(reader, writer, table, progress) for table in tables}
        copied = []
        for table in tables:
            written = _sum_of(writer, table)
            read = sums[table.name]
            copied.append(TableCopied(table.name, written.rows, read.hex(), written.hex()))
        for table in tables:
            _continue_numbers(reader, writer, table)
        if not all(table.source == table.target for table in copied):
            transaction.rollback()
    return copied


def number_of_rows(source: Engine) -> int:
    """How many rows there are to copy."""
    with source.connect() as connection:
        return sum(_count(connection, table) for table in db.metadata.sorted_tables)


@contextmanager
def _reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees the database as it is now, whatever is written meanwhile."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        _without_hurry(connection)
        # The first look fixes what the transaction sees.
        connection.scalar(select(1).select_from(db.metadata.sorted_tables[0]).limit(1))
        yield connection


def _without_hurry(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))


def _refuse_the_source_itself(reader: Connection, writer: Connection) -> None:
    kinds = {reader.dialect.name, writer.dialect.name}
    same = False
    if kinds == {"sqlite"}:
        ours, theirs = (Path(each.engine.url.database or "") for each in (reader, writer))
        same = ours.exists() and theirs.exists() and ours.samefile(theirs)
    elif kinds == {"postgresql"}:
        # Two addresses may lead to one database; two databases never share a lock.
        asked = select(func.pg_try_advisory_xact_lock(_LOCK))
        same = not (reader.scalar(asked) and writer.scalar(asked))
    if same:
        raise NotCopied("the target is the board's own database")


def _refuse_rows(connection: Connection, names: set[str]) -> None:
    for table in db.metadata.sorted_tables:
        if table.name in names and connection.scalar(select(1).select_from(table).limit(1)):
            raise NotCopied(f"the target is not empty: its table {table.name} has rows")


def _copy_table(
    reader: Connection, writer: Connection, table: Table, progress: Callable[[int], None]
) -> Checksum:
    found = Checksum()
    for rows in batches(reader, table):
        if writer.dialect.name == "postgresql":
            refuse_misfits(table, rows)
        try:
            writer.execute(insert(table), rows)
        except (DataError, IntegrityError) as problem:
            said = str(problem.orig).partition("\n")[0]
            raise NotCopied(f"table {table.name}: the target refused a row ({said})") from problem
        found.add(rows)
        progress(len(rows))
    return found


def _sum_of(connection: Connection, table: Table) -> Checksum:
    found = Checksum()
    for rows in batches(connection, table):
        found.add(rows)
    return found


def _count(connection: Connection, table: Table) -> int:
    return int(connection.scalar(select(func.count()).select_from(table)) or 0)


def _continue_numbers(reader: Connection, writer: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows after the copied ones, and never give a number again that the source gave."""
    sequence = _sequence_of(writer, table)
    if sequence is None:
        return
    (key,) = table.primary_key.columns
    last = writer.scalar(select(func.max(key))) or 0
    given = _sequence_of(reader, table)
    if given is not None:
        # The name is PostgreSQL's own, quoted as it needs to be.
        used = reader.execute(text(f"SELECT last_value, is_called FROM {given}")).one()  # noqa: S608
        last = max(last, used.last_value if used.is_called else 0)
    writer.scalar(select(func.setval(sequence, max(last, 1), last > 0)))


def _sequence_of(connection: Connection, table: Table) -> str | None:
    keys = list(table.primary_key.columns)
    if connection.dialect.name != "postgresql" or len(keys) != 1 or not isinstance(keys[0].type, Integer):
        return None
    return connection.scalar(select(func.pg_get_serial_sequence(table.name, keys[0].name)))
