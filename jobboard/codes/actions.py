"""Changes to what is stored of code editions. Each is one step of a load; `loading` puts them in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from sqlalchemy import Table, delete, insert, select

from jobboard import clock
from jobboard.codes import signals
from jobboard.codes.editions import effective_from, search_text
from jobboard.codes.models import Code, CodeEdition, CodeNote
from jobboard.codes.records import CodeRecord, EditionFile
from jobboard.database import db

LOADING: Final = " (loading)"
REPLACED: Final = " (replaced)"
LINES: Final = {
    "icd10cm": "ICD-10-CM is kept by CDC/NCHS and CMS; works of the US government are in the public domain.",
}


class LoadOvertaken(RuntimeError):
    """Another load of the same system began and took this one's half-loaded edition away."""


def begin_loading(file: EditionFile, digest: str) -> CodeEdition:
    """Add the edition of `file`, not in force and without codes, under a name that says so."""
    edition = CodeEdition(
        system=file.system,
        label=file.edition + LOADING,
        effective_from=effective_from(file.edition),
        source=file.source[:300],
        copyright_line=LINES.get(file.system, ""),
        digest=digest,
        loaded_at=clock.now(),
        in_force=False,
        codes_count=0,
    )
    db.session.add(edition)
    db.session.flush()
    return edition


def add_codes(edition_id: int, records: Sequence[CodeRecord]) -> None:
    """Add `records` with their notes to an edition that is being loaded. Raises LoadOvertaken."""
    if db.session.scalar(select(CodeEdition.id).where(CodeEdition.id == edition_id)) is None:
        raise LoadOvertaken("another import of this system began; this one was given up")
    db.session.execute(
        insert(cast(Table, Code.__table__)),
        [
            {
                "system": record.system,
                "edition_id": edition_id,
                "code": record.code,
                "kind": record.kind,
                "parent": record.parent,
                "range_end": record.code.partition("-")[2] or None,
                "short": record.short,
                "long": record.long,
                "billable": record.billable,
                "position": record.order,
                "search_text": search_text(record),
            }
            for record in records
        ],
    )
    notes = [
        {
            "edition_id": edition_id,
            "code": record.code,
            "kind": note.kind,
            "position": position,
            "text": note.text,
        }
        for record in records
        for position, note in enumerate(record.notes)
    ]
    if notes:
        db.session.execute(insert(cast(Table, CodeNote.__table__)), notes)


def put_in_force(edition: CodeEdition, codes_count: int) -> None:
    """Make a whole edition the one that counts; the one of the same name that it replaces becomes a leftover."""
    label = edition.label.removesuffix(LOADING)
    others = db.session.scalars(
        select(CodeEdition).where(CodeEdition.system == edition.system, CodeEdition.id != edition.id)
    )
    for other in others:
        other.in_force = False
        if other.label == label:
            other.label = f"{label}{REPLACED} {other.id}"
    db.session.flush()
    edition.label = label
    edition.codes_count = codes_count
    edition.in_force = True
    edition.loaded_at = clock.now()
    db.session.flush()
    signals.edition_in_force.send(edition.system)


def leftovers(system: str) -> list[CodeEdition]:
    """Editions of `system` that were replaced, or whose load was broken off."""
    rows = db.session.scalars(select(CodeEdition).where(CodeEdition.system == system))
    return [row for row in rows if not row.in_force and (LOADING in row.label or REPLACED in row.label)]


def remove_part(edition_id: int, at_most: int) -> bool:
    """Remove up to `at_most` codes of a leftover with their notes, and itself when none is left; True then."""
    last = db.session.scalars(
        select(Code.position).where(Code.edition_id == edition_id).order_by(Code.position).limit(at_most)
    ).all()
    if last:
        codes = select(Code.code).where(Code.edition_id == edition_id, Code.position <= last[-1])
        db.session.execute(
            delete(CodeNote).where(CodeNote.edition_id == edition_id, CodeNote.code.in_(codes)),
            execution_options={"synchronize_session": False},
        )
        db.session.execute(
            delete(Code).where(Code.edition_id == edition_id, Code.position <= last[-1]),
            execution_options={"synchronize_session": False},
        )
        return False
    db.session.execute(
        delete(CodeEdition).where(CodeEdition.id == edition_id),
        execution_options={"synchronize_session": False},
    )
    return True
