"""What editors wrote about a code, and the visible descriptions of the codes to which that leads; one statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import and_, or_, select

from jobboard.codes.article_models import CodeEditorNote
from jobboard.codes.day_sets import DaySets
from jobboard.codes.models import Code
from jobboard.database import db

CROSSWALK: Final = "crosswalk"
COMPLIANCE: Final = "compliance"
PRIMARY: Final = "primary"
MODIFIER: Final = "modifier"
KINDS: Final = {
    CROSSWALK: "Crosswalk",
    COMPLIANCE: "Compliance note",
    PRIMARY: "Primary procedure of this add-on code",
    MODIFIER: "Modifier that goes with the code",
}
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class EditorNote:
    """A note, and the description of the code to which it leads, empty where the reader may not see one."""

    note: CodeEditorNote
    words: str


def systems_described(notes: Iterable[EditorNote]) -> set[str]:
    """The systems from which the notes have words for the codes they lead to."""
    return {each.note.to_system for each in notes if each.words}


def editor_notes(system: str, code: str, sets: DaySets) -> dict[str, list[EditorNote]]:
    """The notes on a code by kind, by the code they lead to, the newest first; one statement."""
    visible = [
        and_(Code.system == each, Code.edition_id == edition.id)
        for each in {"modifier", *(system for system, kind in sets.loaded if kind == "codes")}
        if (edition := sets.of(each)) is not None
    ]
    asked = select(CodeEditorNote)
    if visible:
        meets = and_(
            Code.system == CodeEditorNote.to_system, Code.code == CodeEditorNote.to_code, or_(*visible)
        )
        rows = db.session.execute(
            asked.add_columns(Code.long)
            .outerjoin(Code, meets)
            .where(CodeEditorNote.system == system, CodeEditorNote.code == code)
            .order_by(CodeEditorNote.to_code, CodeEditorNote.dated_on.desc(), CodeEditorNote.id)
            .limit(MOST)
        )
        found = [EditorNote(note, words or "") for note, words in rows]
    else:
        asked = asked.where(CodeEditorNote.system == system, CodeEditorNote.code == code).limit(MOST)
        found = [EditorNote(note, "") for note in db.session.scalars(asked.order_by(CodeEditorNote.id))]
    by_kind: dict[str, list[EditorNote]] = {}
    for each in found:
        by_kind.setdefault(each.note.kind, []).append(each)
    return by_kind
