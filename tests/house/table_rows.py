"""Rows for any tables: one in each, made from what the database itself says about its columns."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection, Table


def fill_tables(connection: Connection, number: int) -> dict[str, int]:
    """Put one row into every table, with references to the others' rows; returns how many rows each has now.

    `number` tells this row from those of other calls. A reference that would close a circle stays empty.
    """
    tables = reflected(connection)
    made: dict[str, dict[str, Any]] = {}
    for table in in_order(tables):
        row = {column.name: _value(column, number, made) for column in table.columns}
        connection.execute(table.insert().values(row))
        made[table.name] = row
    return row_counts(connection)


def reflected(connection: Connection) -> dict[str, Table]:
    """The tables as they stand in the database, without Alembic's own."""
    metadata = sa.MetaData()
    metadata.reflect(connection)
    return {name: table for name, table in metadata.tables.items() if name != "alembic_version"}


def row_counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {
        name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        for name, table in reflected(connection).items()
    }


def in_order(tables: dict[str, Table]) -> list[Table]:
    """Each table after those that its required references name."""
    placed: list[Table] = []
    waiting = dict(tables)
    while waiting:
        ready = [
            table for table in waiting.values() if not _required(table) & (waiting.keys() - {table.name})
        ]
        assert ready, f"required references go in a circle among {sorted(waiting)}"
        placed += ready
        for table in ready:
            del waiting[table.name]
    return placed


def _required(table: Table) -> set[str]:
    return {key.column.table.name for key in table.foreign_keys if not key.parent.nullable}


def _value(column: Column[Any], number: int, made: dict[str, dict[str, Any]]) -> Any:
    for key in column.foreign_keys:
        row = made.get(key.column.table.name)
        return row[key.column.name] if row else None
    kind = column.type
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.Integer | sa.Numeric):
        return number
    if isinstance(kind, sa.DateTime):
        return dt.datetime(2026, 1, number, 12)  # noqa: DTZ001 - as the database itself stores it
    if isinstance(kind, sa.Date):
        return dt.date(2026, 1, number)
    if isinstance(kind, sa.JSON):
        return []
    if isinstance(kind, sa.LargeBinary):
        return b"%d" % number
    return f"{number}"
