"""Counts what is sent to the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import event

from jobboard.database import db

if TYPE_CHECKING:
    from collections.abc import Callable


def sent_by(do: Callable[[], object]) -> list[str]:
    """The statements that `do` sends, in capitals and without the blanks before them; the session begins anew."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        seen.append(statement.lstrip().upper())

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        db.session.remove()
        do()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return seen
