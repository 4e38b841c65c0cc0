"""How PostgreSQL is opened: text in the order of its characters, and connections that a restart does not hurt."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, String, Text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.compiler import compiles

CONNECT_SECONDS = 10
# As long as SQLite waits for another writer.
LOCK_MILLISECONDS = 15_000
STATEMENT_MILLISECONDS = 60_000
# A web process has four threads, each with a connection for its page and, for moments, one for a count of its own.
_KEPT_CONNECTIONS = 4
_FURTHER_CONNECTIONS = 6


def engine_options(url: str) -> dict[str, Any]:
    """What SQLAlchemy's engine is told for the database at `url`; empty for anything but PostgreSQL."""
    if make_url(url).get_backend_name() != "postgresql":
        return {}
    limits = f"-c lock_timeout={LOCK_MILLISECONDS} -c statement_timeout={STATEMENT_MILLISECONDS}"
    return {
        # A connection that the server has closed meanwhile is replaced before it is used.
        "pool_pre_ping": True,
        "pool_size": _KEPT_CONNECTIONS,
        "max_overflow": _FURTHER_CONNECTIONS,
        "connect_args": {
            "connect_timeout": CONNECT_SECONDS,
            "application_name": "jobboard",
            "options": limits,
        },
    }


@compiles(String, "postgresql")
def _string(kind: String, compiler: Any, **options: Any) -> str:
    return _by_characters(str(compiler.visit_string(kind, **options)), kind, options)


@compiles(Text, "postgresql")
def _text(kind: Text, compiler: Any, **options: Any) -> str:
    return _by_characters(str(compiler.visit_text(kind, **options)), kind, options)


def _by_characters(written: str, kind: String, options: dict[str, Any]) -> str:
    """The type of a text column, sorted and compared as SQLite does, whatever the locale of the database.

    Ranges of codes are compared as text, so that this is no question of taste.
    """
    if isinstance(options.get("type_expression"), Column) and not kind.collation:
        return f'{written} COLLATE "C"'
    return written
