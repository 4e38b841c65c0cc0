"""Where a code leads: categories of CMS-HCC and CCSR, other code systems, the codes that took its place.

One statement for all of them, with the words for what they lead to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, literal, select, union_all

from jobboard.codes.changes import SUCCESSOR
from jobboard.codes.datasets import CODES, CONVERSION
from jobboard.codes.day_sets import DaySets
from jobboard.codes.models import Code, CodeAttribute, CodeRelation
from jobboard.database import db

MOST: Final = 50
"""Of one kind: some codes of ICD-9-CM lead to five hundred of ICD-10-CM."""
DROPPED_BY: Final = "dropped_by"
EARLIER: Final = "earlier"
_TARGETS: Final = ("hcc", "icd9cm", "icd10cm")
_Row = Select[str, str, str, str, str, int]
_TURNED: Final = {"drops": DROPPED_BY, SUCCESSOR: EARLIER}


@dataclass(frozen=True, slots=True)
class Related:
    """What a code leads to by a relation of `kind`.

    `kind` is as in docs/codes.md; "dropped_by" is a category of CMS-HCC that replaces one of the code's, "earlier" a
    code whose place this one took. `origin` is the code, or its category that is replaced. `words` are empty where no
    set has any.
    """

    kind: str
    origin: str
    system: str
    code: str
    note: str
    words: str


@dataclass(frozen=True, slots=True)
class Relations:
    """The relations of a code by kind, at most `MOST` of each, in the order of codes, and how many there are."""

    by_kind: dict[str, list[Related]]
    totals: dict[str, int]

    def of(self, kind: str) -> list[Related]:
        """Those of a kind; none where there is none."""
        return self.by_kind.get(kind, [])

    def total(self, kind: str) -> int:
        """How many of a kind are stored."""
        return self.totals.get(kind, 0)


def relations_of(system: str, code: str, sets: DaySets) -> Relations:
    """The relations of a code in the sets of the day; one statement, none where nothing is loaded."""
    parts = _parts(system, code, sets)
    if not parts:
        return Relations({}, {})
    every = union_all(*parts).subquery()
    place = func.row_number().over(
        partition_by=(every.c.kind, every.c.turned), order_by=(every.c.to_code, every.c.origin)
    )
    total = func.count().over(partition_by=(every.c.kind, every.c.turned))
    numbered = select(every, place.label("place"), total.label("total")).subquery()
    by_kind: dict[str, list[Related]] = {}
    totals: dict[str, int] = {}
    for row in db.session.execute(
        _with_words(numbered, sets).where(numbered.c.place <= MOST).order_by(numbered.c.place)
    ):
        kind = _TURNED[row.kind] if row.turned else row.kind
        label = (row.label or {}).get("label", "")
        found = Related(kind, row.origin, row.to_system, row.to_code, row.note, row.long or label)
        by_kind.setdefault(kind, []).append(found)
        totals[kind] = row.total
    return Relations(by_kind, totals)


def leading_to(category: str, sets: DaySets, most: int, offset: int = 0) -> tuple[list[tuple[str, str]], int]:
    """Some of the diagnoses, with their words, that lead to a category of CMS-HCC, and how many do; one statement."""
    chosen, codes = sets.of("icd10cm", "hcc"), sets.of("icd10cm")
    if chosen is None:
        return [], 0
    described = and_(
        Code.system == "icd10cm",
        Code.edition_id == (codes.id if codes else None),
        Code.code == CodeRelation.code,
    )
    rows = db.session.execute(
        select(CodeRelation.code, Code.long, func.count().over().label("total"))
        .outerjoin(Code, described)
        .where(
            CodeRelation.to_system == "hcc",
            CodeRelation.to_code == category,
            CodeRelation.kind == "hcc",
            CodeRelation.edition_id == chosen.id,
        )
        .order_by(CodeRelation.code)
        .limit(most)
        .offset(offset)
    ).all()
    return [(row.code, row.long or "") for row in rows], rows[0].total if rows else 0


def by_model(categories: Iterable[Related]) -> list[tuple[str, list[Related]]]:
    """Categories of CMS-HCC by their model, "CMS-HCC V28"; of each family the newest first."""
    found: dict[str, list[Related]] = {}
    for each in categories:
        found.setdefault(each.note.replace(" Model ", " "), []).append(each)

    def place(named: tuple[str, list[Related]]) -> tuple[int, str, int]:
        family, _, number = named[0].rpartition(" V")
        return (family != "CMS-HCC", family, -int(number) if number.isdigit() else 0)

    return sorted(found.items(), key=place)


def _parts(system: str, code: str, sets: DaySets) -> Sequence[_Row]:
    """A statement for each direction in which something of the code may be stored."""
    ids = sets.ids((system, kind) for kind in ("hcc", "ccsr", "gem", CONVERSION))
    mine = and_(CodeRelation.system == system, CodeRelation.code == code, CodeRelation.edition_id.in_(ids))
    parts = [_out(mine)] if ids else []
    conversion, hierarchy = sets.of(system, CONVERSION), sets.of("hcc", "hcc-hierarchy")
    if conversion is not None:
        parts.append(_in(CodeRelation.to_code == code, SUCCESSOR, system, conversion.id))
    if hierarchy is not None and system == "hcc":
        parts.append(_out(and_(CodeRelation.code == code, _held("drops", hierarchy.id))))
        parts.append(_in(CodeRelation.to_code == code, "drops", "hcc", hierarchy.id))
    elif hierarchy is not None and ids:
        categories = select(CodeRelation.to_code).where(mine, CodeRelation.kind == "hcc").scalar_subquery()
        parts.append(_out(and_(CodeRelation.code.in_(categories), _held("drops", hierarchy.id))))
        parts.append(_in(CodeRelation.to_code.in_(categories), "drops", "hcc", hierarchy.id))
    return parts


def _held(kind: str, edition_id: int) -> ColumnElement[bool]:
    return and_(
        CodeRelation.system == CodeRelation.to_system,
        CodeRelation.kind == kind,
        CodeRelation.edition_id == edition_id,
    )


def _out(condition: ColumnElement[bool]) -> _Row:
    asked = select(
        CodeRelation.kind,
        CodeRelation.code.label("origin"),
        CodeRelation.to_system,
        CodeRelation.to_code,
        CodeRelation.note,
        literal(0).label("turned"),
    )
    return asked.where(condition)


def _in(condition: ColumnElement[bool], kind: str, system: str, edition_id: int) -> _Row:
    asked = select(
        CodeRelation.kind,
        CodeRelation.to_code.label("origin"),
        CodeRelation.system.label("to_system"),
        CodeRelation.code.label("to_code"),
        CodeRelation.note,
        literal(1).label("turned"),
    )
    return asked.where(condition, CodeRelation.to_system == system, _held(kind, edition_id))


def _with_words(numbered: Any, sets: DaySets) -> Select[Any]:
    """The relations with the description of what they lead to, or the label that a set of labels has for it."""
    labels = sets.of("icd10cm", "ccsr-labels")
    described = and_(
        Code.system == numbered.c.to_system,
        Code.edition_id.in_(sets.ids((each, CODES) for each in _TARGETS)),
        Code.code == numbered.c.to_code,
    )
    labelled = and_(
        CodeAttribute.edition_id == (labels.id if labels else None),
        CodeAttribute.code == numbered.c.to_code,
        numbered.c.kind == "ccsr",
    )
    return (
        select(numbered, Code.long, CodeAttribute.values.label("label"))
        .outerjoin(Code, described)
        .outerjoin(CodeAttribute, labelled)
    )
