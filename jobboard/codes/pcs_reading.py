"""What the characters of an ICD-10-PCS code or of its beginning say, by the tables and definitions of the day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import defer

from jobboard.codes.book_models import PcsDefinition, PcsTable
from jobboard.codes.edition_choice import edition_or_first
from jobboard.codes.models import Code, CodeEdition
from jobboard.codes.rules import Viewer
from jobboard.database import db

SYSTEM: Final = "icd10pcs"
TABLE_LENGTH: Final = 3
WHOLE_LENGTH: Final = 7
DEFINED_AXES: Final = range(3, 8)
DEVICE_AXIS: Final = 6
_ALL_OPERATIONS: Final = "all applicable"
_AXES: Final = ("Section", "Body system", "Operation")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the book says of a value: its definition, how the book explains it, and the terms filed under it."""

    definition: str = ""
    explanation: str = ""
    includes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One character of a code: `axis` 1 to 7 with its title, the label that the tables have for it ('' for none).

    `before` is the code without it and what follows.
    """

    axis: int
    title: str
    character: str
    label: str
    before: str
    meaning: Meaning = Meaning()

    @property
    def stem(self) -> str:
        """The code up to and with this character."""
        return self.before + self.character


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of one edition that begin with a stem, by code; no edition where none is loaded."""

    edition: CodeEdition | None
    by_code: dict[str, PcsTable]

    def title_of(self, stem: str) -> str:
        """What the axis after `stem` is called ("Approach")."""
        if len(stem) < TABLE_LENGTH:
            table = next((one for code, one in self.by_code.items() if code.startswith(stem)), None)
            return table.axes[len(stem)]["title"] if table else _AXES[len(stem)]
        rows = self.rows_with(stem)
        return str(rows[0][len(stem) - TABLE_LENGTH]["title"]) if rows else f"Character {len(stem) + 1}"

    def labels_after(self, stem: str) -> dict[str, str]:
        """By character, the labels of the axis after `stem`, in the order of the tables."""
        if len(stem) < TABLE_LENGTH:
            axes = [one.axes[len(stem)] for code, one in self.by_code.items() if code.startswith(stem)]
            return {axis["value"]: axis["label"] for axis in axes}
        labels: dict[str, str] = {}
        for row in self.rows_with(stem):
            for character, label in row[len(stem) - TABLE_LENGTH]["values"]:
                labels.setdefault(character, label)
        return labels

    def meaning_of(self, stem: str) -> Meaning:
        """What the table with those three characters itself says of its operation; nothing for any other stem."""
        table = self.by_code.get(stem) if len(stem) == TABLE_LENGTH else None
        return Meaning(str(table.axes[-1].get("definition", ""))) if table else Meaning()

    def rows_with(self, stem: str) -> list[list[dict[str, Any]]]:
        """The rows that a code with this beginning can come from."""
        table = self.by_code.get(stem[:TABLE_LENGTH])
        return [row for row in table.rows if row_has(row, stem)] if table else []


def row_has(row: list[dict[str, Any]], stem: str) -> bool:
    """Whether the characters of `stem` behind the table's three are values of the row."""
    return all(
        any(value[0] == character for value in axis["values"])
        for axis, character in zip(row, stem[TABLE_LENGTH:], strict=False)
    )


def tables_of(stem: str, day: date, viewer: Viewer) -> Tables:
    """The tables of the day that begin with `stem`, or the one that it belongs to. Two statements.

    Of several tables the rows are not read.
    """
    edition = edition_or_first(SYSTEM, day, "tables", viewer=viewer)
    if edition is None:
        return Tables(None, {})
    statement = select(PcsTable).where(
        PcsTable.edition_id == edition.id, PcsTable.code.startswith(stem[:TABLE_LENGTH], autoescape=True)
    )
    if len(stem) < TABLE_LENGTH:
        statement = statement.options(defer(PcsTable.rows, raiseload=True))
    rows = db.session.scalars(statement.order_by(PcsTable.code))
    return Tables(edition, {row.code: row for row in rows})


def meanings(
    steps: Sequence[Step], others: Iterable[tuple[int, str]], day: date, viewer: Viewer
) -> dict[tuple[int, str], Meaning]:
    """By (axis, label), what the definitions and the key to the body parts say of `steps` and of `others` after them.

    Three statements.
    """
    values = [*((step.axis, step.label) for step in steps), *others]
    wanted = {(axis, label) for axis, label in values if label and axis in DEFINED_AXES}
    section = steps[0].character if steps else ""
    sets = [edition_or_first(SYSTEM, day, kind, viewer=viewer) for kind in ("definitions", "body-parts")]
    if not wanted or not any(sets):
        return {}
    rows = db.session.scalars(
        select(PcsDefinition)
        .where(
            PcsDefinition.edition_id.in_([each.id for each in sets if each]),
            or_(PcsDefinition.section == section, PcsDefinition.section == ""),
            PcsDefinition.axis.in_({axis for axis, _ in wanted}),
            PcsDefinition.term.in_({label for _, label in wanted}),
        )
        .order_by(PcsDefinition.section.desc(), PcsDefinition.id)
    )
    found: dict[tuple[int, str], Meaning] = {}
    for row in rows:
        is_aggregate = row.axis == DEVICE_AXIS and not row.section
        if is_aggregate and not _holds_for(row.explanation, steps):
            continue
        known = found.get((row.axis, row.term), Meaning())
        found[row.axis, row.term] = Meaning(
            known.definition or row.definition,
            known.explanation or ("" if is_aggregate else row.explanation),
            tuple(dict.fromkeys([*known.includes, *row.includes])),
        )
    return found


def _holds_for(extent: str, steps: Sequence[Step]) -> bool:
    """Whether a device aggregate of `extent`, "Insertion: Lower Bones, Upper Bones", holds after `steps`.

    A body system may have commas in its name.
    """
    if len(steps) < TABLE_LENGTH:
        return False
    operation, _, systems = extent.partition(": ")
    is_within = f", {steps[1].label}, ".casefold() in f", {systems}, ".casefold()
    return is_within and operation.casefold() in (_ALL_OPERATIONS, steps[2].label.casefold())


def steps_of(stem: str, tables: Tables, above: dict[str, str]) -> list[Step]:
    """Each character of `stem` with what the tables call it.

    What no table has goes by its title in `above`, as `titles_above` gives them, else by none.
    """
    found = []
    for length, character in enumerate(stem):
        before = stem[:length]
        label = tables.labels_after(before).get(character) or above.get(before + character, "")
        meaning = tables.meaning_of(before + character)
        found.append(Step(length + 1, tables.title_of(before), character, label, before, meaning))
    return found


def explained(steps: list[Step], told: dict[tuple[int, str], Meaning]) -> list[Step]:
    """`steps` with the meanings that `told` has for them; else what their table says itself."""
    return [replace(step, meaning=told.get((step.axis, step.label), step.meaning)) for step in steps]


def titles_above(stem: str, edition: CodeEdition) -> dict[str, str]:
    """The titles that the edition of codes has for the section, body system and table of `stem`; one statement."""
    above = [stem[:length] for length in range(1, min(len(stem), TABLE_LENGTH) + 1)]
    rows = db.session.execute(
        select(Code.code, Code.long).where(
            Code.system == SYSTEM, Code.edition_id == edition.id, Code.code.in_(above)
        )
    )
    return {row.code: row.long for row in rows}
