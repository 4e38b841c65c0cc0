"""A table of ICD-10-PCS as the book prints it, narrowed to what leads to codes of the edition of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from jobboard.codes.models import Code, CodeEdition
from jobboard.codes.pcs_reading import (
    TABLE_LENGTH,
    Meaning,
    Step,
    explained,
    meanings,
    steps_of,
    tables_of,
    titles_above,
)
from jobboard.codes.rules import Viewer
from jobboard.database import db


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an axis: `stem` leads on from it, on the first axis of a row only, else ''."""

    character: str
    label: str
    stem: str


@dataclass(frozen=True, slots=True)
class Cell:
    """An axis of a row: its title, and its values that lead to codes."""

    title: str
    values: list[Value]


@dataclass(frozen=True, slots=True)
class Explained:
    """A value of the table that the book defines, with what it says."""

    title: str
    label: str
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: what its three characters say, its rows of four cells, the values that are defined.

    `tables` is its edition. `dropped` counts values that lead to no code of the edition of the day, `unlisted` are
    codes of that edition that no row of the table makes.
    """

    steps: list[Step]
    rows: list[list[Cell]]
    tables: CodeEdition
    dropped: int
    unlisted: list[str]
    defined: list[Explained]

    @property
    def titles(self) -> list[str]:
        """What the four axes are called in the first row."""
        return [cell.title for cell in self.rows[0]] if self.rows else []


def grid_of(table: str, edition: CodeEdition, day: date, viewer: Viewer) -> Grid | None:
    """The grid of the table with those three characters; None where no table of the day has them."""
    tables = tables_of(table, day, viewer)
    found = tables.by_code.get(table)
    if found is None or tables.edition is None:
        return None
    codes = list(
        db.session.scalars(
            select(Code.code)
            .where(
                Code.edition_id == edition.id,
                Code.parent == table,
                Code.kind == "code",
            )
            .order_by(Code.code)
        )
    )
    made: set[str] = set()
    rows, dropped = [], 0
    for row in found.rows:
        mine = _made_by(row, codes)
        made.update(mine)
        cells = []
        for place, axis in enumerate(row):
            leading = {code[TABLE_LENGTH + place] for code in mine}
            values = [
                Value(character, label, table + character if place == 0 else "")
                for character, label in axis["values"]
                if character in leading
            ]
            dropped += len(axis["values"]) - len(values)
            cells.append(Cell(str(axis["title"]), values))
        if mine:
            rows.append(cells)
    steps = steps_of(table, tables, titles_above(table, edition))
    places = {
        (TABLE_LENGTH + 1 + place, value.label): cell.title
        for cells in rows
        for place, cell in enumerate(cells)
        for value in cell.values
    }
    told = meanings(steps, places, day, viewer)
    return Grid(
        steps=explained(steps, told),
        rows=rows,
        tables=tables.edition,
        dropped=dropped,
        unlisted=[code for code in codes if code not in made],
        defined=[Explained(title, key[1], told[key]) for key, title in sorted(places.items()) if key in told],
    )


def _made_by(row: list[dict[str, Any]], codes: list[str]) -> list[str]:
    """Those of `codes` that a row makes."""
    body, approach, device, qualifier = ({character for character, _ in axis["values"]} for axis in row)
    return [
        code
        for code in codes
        if code[3] in body and code[4] in approach and code[5] in device and code[6] in qualifier
    ]
