"""The lines of the indexes that lead to a code; one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from jobboard.codes.book_models import IndexTerm
from jobboard.codes.datasets import SETS
from jobboard.codes.day_sets import DaySets
from jobboard.codes.models import CodeEdition
from jobboard.database import db

INDEXES: Final = ("index", "neoplasms", "drugs", "external")
SHORTEST_FAMILY: Final = 3
SHORTEST_STEM: Final = 4


@dataclass(frozen=True, slots=True)
class IndexLine:
    """A line of an index: the terms from the main one down, what stands beside them, and the code as printed."""

    terms: tuple[str, ...]
    modifiers: str
    column: str
    code: str
    manifestation: str


@dataclass(frozen=True, slots=True)
class IndexLines:
    """The first lines of one index that lead to a code, and how many do."""

    name: str
    kind: str
    edition: CodeEdition
    lines: list[IndexLine]
    total: int


def printed_forms(system: str, code: str) -> list[str]:
    """How an index may print `code`: itself, or a family that holds it ("S52.50-"), or its stem without a dash.

    A stem of ICD-10-CM without a dash is only taken where what is missing is a seventh character, which indexes leave
    out. Of ICD-10-PCS a beginning of four characters or more ("0DTJ"): a table alone leads to hundreds of codes.
    """
    if system == "icd10pcs":
        return [code[:length] for length in range(len(code), min(len(code), SHORTEST_STEM) - 1, -1)]
    stems = [code[:length] for length in range(len(code), SHORTEST_FAMILY - 1, -1)]
    families = [f"{stem}{'-' if '.' in stem else '.-'}" for stem in stems if not stem.endswith(".")]
    forms = [code, *families]
    if len(code.replace(".", "")) == 7:
        body = code[:-1]
        while body.endswith("X"):
            body = body[:-1]
            forms.append(body)
        forms += [code[:-1], body.rstrip(".")]
    return list(dict.fromkeys(forms))


def index_lines(
    system: str, code: str, sets: DaySets, most: int, offset: int = 0, kinds: Sequence[str] = INDEXES
) -> list[IndexLines]:
    """At most `most` lines of each of the indexes `kinds` that lead to `code`, after `offset`; one statement.

    An index that is not loaded is left out, one without a line for the code is there without lines. Lines that print
    the code itself come first.
    """
    loaded = {each.id: each for kind in kinds if (each := sets.of(system, kind)) is not None}
    if not loaded:
        return []
    order = ((IndexTerm.code != code), IndexTerm.position, IndexTerm.id)
    numbered = (
        select(
            IndexTerm,
            func.row_number().over(partition_by=IndexTerm.edition_id, order_by=order).label("place"),
            func.count().over(partition_by=IndexTerm.edition_id).label("total"),
        )
        .where(IndexTerm.edition_id.in_(loaded), IndexTerm.code.in_(printed_forms(system, code)))
        .subquery()
    )
    lines: dict[int, list[IndexLine]] = {}
    totals: dict[int, int] = {}
    for row in db.session.execute(
        select(numbered)
        .where(numbered.c.place > offset, numbered.c.place <= offset + most)
        .order_by(numbered.c.place)
    ):
        line = IndexLine(tuple(row.path.split(" > ")), row.modifiers, row.column, row.code, row.manifestation)
        lines.setdefault(row.edition_id, []).append(line)
        totals[row.edition_id] = row.total
    return [
        IndexLines(SETS[each.kind], each.kind, each, lines.get(each.id, []), totals.get(each.id, 0))
        for each in loaded.values()
    ]
