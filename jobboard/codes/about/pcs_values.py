"""What each character of a code of ICD-10-PCS means; two statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import and_, or_, select

from jobboard.codes.book_models import PcsDefinition, PcsTable
from jobboard.codes.day_sets import DaySets
from jobboard.codes.models import CodeEdition
from jobboard.database import db

LENGTH: Final = 7
_ROWS_FROM: Final = 4


@dataclass(frozen=True, slots=True)
class Character:
    """One character: what its axis is called, what it stands for, and what the book says of that.

    `includes` are the terms that the book and the body part key file under it.
    """

    axis: int
    title: str
    value: str
    label: str
    definition: str
    explanation: str
    includes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Characters:
    """The characters of a code by the tables of an edition."""

    tables: CodeEdition
    definitions: CodeEdition | None
    characters: list[Character]


def characters_of(code: str, sets: DaySets) -> Characters | None:
    """The characters of `code`, or of a table of three; None where no loaded table has it."""
    tables = sets.of("icd10pcs", "tables")
    table = db.session.get(PcsTable, (tables.id, code[:3])) if tables else None
    if tables is None or table is None:
        return None
    named = [(each["title"], each["value"], each["label"]) for each in table.axes]
    if len(code) == LENGTH:
        row = next((row for row in table.rows if _holds(row, code)), None)
        if row is None:
            return None
        for axis, value in zip(row, code[_ROWS_FROM - 1 :], strict=True):
            named.append((axis["title"], value, dict(axis["values"])[value]))
    told = _definitions(code[0], named, sets)
    characters = []
    for axis, (title, value, label) in enumerate(named, 1):
        rows = told.get((axis, label), [])
        characters.append(
            Character(
                axis,
                title,
                value,
                label,
                next((row.definition for row in rows if row.definition), ""),
                next((row.explanation for row in rows if row.explanation), ""),
                tuple(sorted({term for row in rows for term in row.includes}, key=str.casefold)),
            )
        )
    return Characters(tables, sets.of("icd10pcs", "definitions"), characters)


def _holds(row: list[dict[str, object]], code: str) -> bool:
    return all(
        value in dict(axis["values"])  # type: ignore[call-overload]
        for axis, value in zip(row, code[_ROWS_FROM - 1 :], strict=True)
    )


def _definitions(
    section: str, named: list[tuple[str, str, str]], sets: DaySets
) -> dict[tuple[int, str], list[PcsDefinition]]:
    ids = sets.ids((("icd10pcs", "definitions"), ("icd10pcs", "body-parts")))
    if not ids:
        return {}
    wanted = [
        and_(PcsDefinition.axis == axis, PcsDefinition.term == label)
        for axis, (_, _, label) in enumerate(named, 1)
    ]
    rows = db.session.scalars(
        select(PcsDefinition)
        .where(
            PcsDefinition.edition_id.in_(ids), PcsDefinition.section.in_((section, "")), or_(*wanted)
        )
        .order_by(PcsDefinition.id)
    )
    found: dict[tuple[int, str], list[PcsDefinition]] = {}
    for row in rows:
        found.setdefault((row.axis, row.term), []).append(row)
    return found
