"""Adds, changes and deletes what editors attach to codes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, update

from jobboard import clock
from jobboard.codes.article_models import CodeEditorNote
from jobboard.database import db
from jobboard.unit_of_work import ChangedByAnother


def add_note(system: str, code: str, values: dict[str, Any], author_id: int) -> CodeEditorNote:
    """Attach a note to a code."""
    note = CodeEditorNote(system=system, code=code, author_id=author_id, **values)
    db.session.add(note)
    return note


def change_note(note: CodeEditorNote, values: dict[str, Any], author_id: int, seen: str) -> None:
    """Store the note anew, with who changed it. Raises `ChangedByAnother` unless it is as it was `seen`."""
    if seen != version_of(note):
        raise ChangedByAnother
    changed = db.session.execute(
        update(CodeEditorNote)
        .where(CodeEditorNote.id == note.id, CodeEditorNote.made_at == note.made_at)
        .values(author_id=author_id, made_at=clock.now(), **values)
        .execution_options(synchronize_session=False)
    )
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise ChangedByAnother
    db.session.expire(note)


def delete_note(note_id: int) -> None:
    """Delete a note for good."""
    db.session.execute(delete(CodeEditorNote).where(CodeEditorNote.id == note_id))


def version_of(note: CodeEditorNote) -> str:
    """What tells one state of a note from another: when it was made."""
    return note.made_at.isoformat()
