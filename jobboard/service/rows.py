"""Rows of any table on their way from one database to another: read in order, looked at, summed up."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Integer, String, select, tuple_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Column, Connection, Table

BATCH = 1000
_LARGEST_INTEGER = 2**31 - 1

Row = dict[str, Any]


class Misfit(Exception):
    """A value that the other database cannot hold; the message names table, row and column."""


def batches(connection: Connection, table: Table) -> Iterator[list[Row]]:
    """All rows in the order of the primary key, at most `BATCH` at a time."""
    key = list(table.primary_key.columns)
    asked = select(table).order_by(*key).limit(BATCH)
    part = asked
    while rows := [dict(row) for row in connection.execute(part).mappings()]:
        yield rows
        part = asked.where(tuple_(*key) > tuple(rows[-1][column.name] for column in key))


class Checksum:
    """SHA-256 over the rows of one table in the order of the primary key; the same on every database."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()
        self.rows = 0

    def add(self, rows: list[Row]) -> None:
        """Take in the next rows."""
        for row in rows:
            written = json.dumps(list(row.values()), default=_as_text, sort_keys=True, separators=(",", ":"))
            self._sum.update(written.encode() + b"\n")
        self.rows += len(rows)

    def hex(self) -> str:
        """The sum so far."""
        return self._sum.hexdigest()


def refuse_misfits(table: Table, rows: list[Row]) -> None:
    """Raise `Misfit` for the first value that PostgreSQL would refuse although SQLite holds it."""
    for column in table.columns:
        for row in rows:
            problem = _misfit(column, row[column.name])
            if problem:
                raise Misfit(f"table {table.name}, {name_of(table, row)}, column {column.name}: {problem}")


def name_of(table: Table, row: Mapping[str, Any]) -> str:
    """The primary key of a row in words."""
    return ", ".join(f"{column.name} {row[column.name]!r}" for column in table.primary_key.columns)


def _misfit(column: Column[Any], value: Any) -> str:
    kind = column.type
    if isinstance(value, str) and isinstance(kind, String):
        if "\x00" in value:
            return "it holds a NUL character, which PostgreSQL does not take"
        if kind.length is not None and len(value) > kind.length:
            return f"it has {len(value)} characters where {kind.length} fit"
    if (
        isinstance(value, int)
        and isinstance(kind, Integer)
        and not isinstance(kind, BigInteger)
        and abs(value) > _LARGEST_INTEGER
    ):
        return f"{value} is too large for a whole number there"
    return ""


def _as_text(value: object) -> str:
    if isinstance(value, date):
        # A moment, too; all of them are read in UTC.
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} has no place in a checksum")
