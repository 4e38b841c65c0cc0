"""Runs the migrations on the board's own database, in one transaction each."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from jobboard.database import UtcDateTime, db, writing


def _write_type(kind: str, thing: Any, _context: Any) -> str | bool:
    """Migrations speak of the database's own types, so that they run without the application's code."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def _run(connection: Connection) -> None:
    options = dict(current_app.extensions["migrate"].configure_args)
    options.pop("render_as_batch", None)
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        render_item=_write_type,
        transaction_per_migration=True,
        **options,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    with writing(), db.engine.connect() as connection:
        # Batch operations rebuild tables; the references to them must not fire meanwhile. The pragma counts
        # only outside a transaction, so it goes to the driver directly.
        if connection.dialect.name == "sqlite":
            connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        else:
            # A large table may take longer than a page is given.
            connection.exec_driver_sql("SET statement_timeout = 0")
            connection.commit()
        try:
            _run(connection)
            connection.commit()
        finally:
            if connection.dialect.name == "sqlite":
                connection.connection.cursor().execute("PRAGMA foreign_keys = ON")
            else:
                connection.rollback()
                connection.exec_driver_sql("RESET statement_timeout")
                connection.commit()
