"""The procedure-to-procedure edits of NCCI that name a code, in either column; one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, and_, func, literal, select, union_all

from jobboard.codes.day_sets import DaySets
from jobboard.codes.models import Code, CodeRelation
from jobboard.database import db

LIFTED: Final = {
    "0": "No modifier lifts the edit",
    "1": "A modifier may lift the edit where it is appropriate",
    "9": "The edit is not in use",
}
"""The modifier indicators, as CMS explains them in its policy manual for NCCI."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A pair. `column` is where the code of the page stands: 1, which is paid, or 2, which is not paid beside it."""

    column: int
    other: str
    words: str
    lifted: str


@dataclass(frozen=True, slots=True)
class Edits:
    """Some of the edits of a code, those in which it stands in column 1 first, and how many there are in all."""

    edits: list[Edit]
    total: int


def edits_of(system: str, code: str, sets: DaySets, most: int, offset: int = 0) -> Edits:
    """At most `most` edits after `offset`; one statement. Without a set loaded there are none: ask `sets` for it."""
    loaded, codes = sets.of(system, "ncci-ptp"), sets.of(system)
    if loaded is None:
        return Edits([], 0)

    def side(column: int) -> Select[int, str, str]:
        here, there = (CodeRelation.code, CodeRelation.to_code)[:: 1 if column == 1 else -1]
        own = CodeRelation.system if column == 1 else CodeRelation.to_system
        asked = select(literal(column).label("column"), there.label("other"), CodeRelation.note)
        return asked.where(
            own == system,
            here == code,
            CodeRelation.kind == "ncci-ptp",
            CodeRelation.edition_id == loaded.id,
        )

    every = union_all(side(1), side(2)).subquery()
    described = and_(
        Code.system == system,
        Code.edition_id == (codes.id if codes else None),
        Code.code == every.c.other,
    )
    rows = db.session.execute(
        select(every, Code.long, func.count().over().label("total"))
        .outerjoin(Code, described)
        .order_by(every.c.column, every.c.other)
        .limit(most)
        .offset(offset)
    ).all()
    edits = [Edit(row.column, row.other, row.long or "", LIFTED.get(row.note, "")) for row in rows]
    return Edits(edits, rows[0].total if rows else 0)
