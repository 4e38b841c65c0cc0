"""Reads the editions in force: a code, what stands around it, its notes. Look-up by words is in `lookup`.

Without a viewer, an edition that is not open to anybody is not there (`edition_choice`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Integer, func, literal, select
from sqlalchemy.orm import aliased

from jobboard.codes.datasets import NOTES
from jobboard.codes.edition_choice import edition_or_first, editions_on
from jobboard.codes.models import Code, CodeEdition, CodeNote
from jobboard.codes.note_inheritance import inherited_notes
from jobboard.codes.rules import ANYBODY, Viewer
from jobboard.database import db


@dataclass(frozen=True, slots=True)
class InheritedNotes:
    """The notes that hold for a code because an entry above it carries them."""

    origin: Code
    notes: list[CodeNote]


def edition_in_force(system: str, day: date | None = None, viewer: Viewer = ANYBODY) -> CodeEdition | None:
    """The edition of `system` that counts on `day` (today), before the first one that; None where none is loaded."""
    return edition_or_first(system, day, viewer=viewer)


def editions_in_force(day: date | None = None, viewer: Viewer = ANYBODY) -> dict[str, CodeEdition]:
    """The edition of each loaded system that counts on `day` (today)."""
    return editions_on(day, viewer=viewer)


def code_in_force(system: str, code: str, day: date | None = None, viewer: Viewer = ANYBODY) -> Code | None:
    """The entry with the canonical `code` in the edition that counts on `day` (today), or None."""
    edition = edition_or_first(system, day, viewer=viewer)
    return code_of(edition, system, code) if edition else None


def code_of(edition: CodeEdition, system: str, code: str) -> Code | None:
    """The entry of `system` with the canonical `code` in `edition`, or None."""
    return db.session.get(Code, (system, edition.id, code))


def nearest_above(edition: CodeEdition, system: str, code: str) -> Code | None:
    """The entry of `edition` nearest above a `code` that it lacks: the longest beginning of a dotted one.

    None for systems whose codes do not begin alike, and where not even the category is there.
    """
    beginnings = [code[:length].rstrip(".") for length in range(3, len(code))]
    if system not in {"icd10cm", "icd9cm"} or not beginnings:
        return None
    return db.session.scalars(
        select(Code)
        .where(Code.system == system, Code.edition_id == edition.id, Code.code.in_(beginnings))
        .order_by(func.length(Code.code).desc())
        .limit(1)
    ).first()


def notes_in_force(system: str, day: date | None = None) -> CodeEdition | None:
    """The set of notes that counts on `day` (today), before the first one that; None where none is loaded."""
    return edition_or_first(system, day, NOTES)


def has_family(system: str, stem: str, day: date | None = None) -> bool:
    """Whether the edition that counts on `day` (today) has any code that begins with the canonical `stem`."""
    edition = edition_or_first(system, day)
    if edition is None:
        return False
    dotted = stem if len(stem) != 3 else f"{stem}."
    found = db.session.scalar(
        select(Code.code)
        .where(
            Code.system == system,
            Code.edition_id == edition.id,
            (Code.code == stem) | Code.code.startswith(dotted, autoescape=True),
        )
        .limit(1)
    )
    return found is not None


def ancestors(code: Code) -> list[Code]:
    """The entries above `code`, from the chapter down; one statement."""
    above = (
        select(Code.code, Code.parent, literal(0, Integer).label("height"))
        .where(Code.edition_id == code.edition_id, Code.system == code.system, Code.code == code.code)
        .cte("above", recursive=True)
    )
    upper = aliased(Code)
    above = above.union_all(
        select(upper.code, upper.parent, above.c.height + 1).where(
            upper.edition_id == code.edition_id, upper.system == code.system, upper.code == above.c.parent
        )
    )
    return list(
        db.session.scalars(
            select(Code)
            .join(above, Code.code == above.c.code)
            .where(Code.edition_id == code.edition_id, Code.system == code.system, above.c.height > 0)
            .order_by(above.c.height.desc())
        )
    )


def children(code: Code) -> list[Code]:
    """The entries directly below `code`, in order."""
    return list(
        db.session.scalars(
            select(Code)
            .where(Code.edition_id == code.edition_id, Code.parent == code.code)
            .order_by(Code.position)
        )
    )


def codes_below(edition: CodeEdition, headings: Collection[str]) -> dict[str, list[str]]:
    """The codes directly below each of `headings` in `edition`, in order; one statement for every 500 of them."""
    wanted, found = sorted(set(headings)), dict[str, list[str]]()
    for start in range(0, len(wanted), 500):
        rows = db.session.execute(
            select(Code.parent, Code.code)
            .where(Code.edition_id == edition.id, Code.parent.in_(wanted[start : start + 500]))
            .order_by(Code.position)
        )
        for heading, code in rows:
            found.setdefault(str(heading), []).append(code)
    return found


def chapters(edition: CodeEdition) -> list[Code]:
    """The entries of `edition` that stand under nothing, in order."""
    return list(
        db.session.scalars(
            select(Code)
            .where(Code.system == edition.system, Code.edition_id == edition.id, Code.parent.is_(None))
            .order_by(Code.position)
        )
    )


def neighbours(code: Code) -> tuple[Code | None, Code | None]:
    """The entries before and after `code` in the order of the book.

    Among chapters, blocks and categories those of the same kind; among codes below a category the codes and
    categories around, whatever their length.
    """
    kinds = ("category", "code") if code.kind == "code" else (code.kind,)
    around = select(Code).where(
        Code.system == code.system, Code.edition_id == code.edition_id, Code.kind.in_(kinds)
    )
    before = around.where(Code.position < code.position).order_by(Code.position.desc()).limit(1)
    after = around.where(Code.position > code.position).order_by(Code.position).limit(1)
    return db.session.scalar(before), db.session.scalar(after)


def notes(
    code: Code, above: list[Code], notes_of: CodeEdition | None = None
) -> tuple[list[CodeNote], list[InheritedNotes]]:
    """The notes of `code` itself and those it inherits from `above` (as `ancestors` gives them), nearest first.

    They are those of the set `notes_of`, else of the set that counts today, else what an older board stored with the
    code's own edition. Definitions of seventh characters come from the nearest entry that has them, as they apply.
    """
    notes_of = notes_of or notes_in_force(code.system)
    rows = db.session.scalars(
        select(CodeNote)
        .where(
            CodeNote.edition_id == (notes_of.id if notes_of else code.edition_id),
            CodeNote.code.in_([code.code, *(each.code for each in above)]),
        )
        .order_by(CodeNote.position)
    )
    by_code: dict[str, list[CodeNote]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    own = by_code.get(code.code, [])
    places = {each.code: each for each in above}
    held = inherited_notes(code.code, [each.code for each in reversed(above)], by_code)
    return own, [InheritedNotes(places[origin], found) for origin, found in held]


def existing(edition_id: int, codes: Iterable[str]) -> set[str]:
    """Those of `codes` that the edition has, of its own system."""
    wanted = sorted(set(codes))
    # With the system, which begins the key; without it every code of the edition is looked at.
    system = select(CodeEdition.system).where(CodeEdition.id == edition_id).scalar_subquery()
    found: set[str] = set()
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        found.update(
            db.session.scalars(
                select(Code.code).where(
                    Code.system == system, Code.edition_id == edition_id, Code.code.in_(part)
                )
            )
        )
    return found


def descriptions(system: str, codes: Collection[str], viewer: Viewer = ANYBODY) -> dict[str, str]:
    """The descriptions of those of `codes` that the edition in force of `system` has."""
    edition = edition_or_first(system, viewer=viewer) if codes else None
    return descriptions_in(edition, system, codes) if edition else {}


def descriptions_in(edition: CodeEdition, system: str, codes: Collection[str]) -> dict[str, str]:
    """The descriptions of those of `codes` that `edition` has."""
    wanted = sorted(set(codes))
    if not wanted:
        return {}
    rows = db.session.execute(
        select(Code.code, Code.long).where(
            Code.system == system, Code.edition_id == edition.id, Code.code.in_(wanted)
        )
    )
    return {row.code: row.long for row in rows}
