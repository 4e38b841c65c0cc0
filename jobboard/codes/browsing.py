"""What a page of the code reference lists: the top of a system, what stands below an entry, a range of codes; paged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sqlalchemy import ColumnElement, Integer, Select, func, or_, select

from jobboard.codes.code_forms import range_ends
from jobboard.codes.linker.positions import position
from jobboard.codes.models import Code, CodeEdition
from jobboard.database import db

PAGE: Final = 100
_AFTER_ALL: Final = "~"  # sorts after every letter and digit


@dataclass(frozen=True, slots=True)
class Entries:
    """One page of a list of codes: its `rows`, its number from 1, how many pages and rows there are in all."""

    rows: list[Code]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries of each kind an edition has, and how many codes may be billed."""

    chapters: int
    blocks: int
    categories: int
    codes: int
    modifiers: int
    billable: int


def top_entries(system: str, edition: CodeEdition, page: int = 1) -> Entries:
    """What stands under nothing: chapters, or all codes of a system that has none. Two statements at most."""
    of_system = Code.kind == "modifier" if system == "modifier" else Code.kind != "modifier"
    top = select(Code).where(Code.edition_id == edition.id, Code.parent.is_(None), of_system)
    return _paged(top.order_by(Code.position), page)


def entries_below(code: Code, page: int = 1) -> Entries:
    """What stands directly below `code`, in the order of the book. Two statements at most."""
    # Without the system, so that SQLite goes by the code above and not through the whole edition in its order.
    below = select(Code).where(Code.edition_id == code.edition_id, Code.parent == code.code)
    return _paged(below.order_by(Code.position), page)


def entries_between(system: str, edition: CodeEdition, code: str, page: int = 1) -> Entries:
    """The codes of a range such as "E10-E14", both ends and what is below the last included.

    A range of categories lists categories only. Nothing where `code` is no range.
    """
    ends = range_ends(system, code)
    if ends is None:
        return Entries([], 1, 1, 0)
    within = select(Code).where(
        Code.system == system, Code.edition_id == edition.id, *_between(system, edition, ends)
    )
    return _paged(within.order_by(Code.position), page)


def entries_beginning(system: str, edition: CodeEdition, stem: str, page: int = 1) -> Entries:
    """The codes, not what stands above them, that begin with `stem`."""
    beginning = select(Code).where(
        Code.system == system,
        Code.edition_id == edition.id,
        Code.kind == "code",
        Code.code >= stem,
        Code.code < stem + _AFTER_ALL,
    )
    return _paged(beginning.order_by(Code.position), page)


def counts_of(system: str, edition: CodeEdition) -> Counts:
    """How many entries of each kind the system has in `edition`; one statement, once for the same content."""
    return _counted(system, edition.id, edition.digest)


@lru_cache(maxsize=256)
def _counted(system: str, edition_id: int, _digest: str) -> Counts:
    """An edition in force does not change; what replaces it has another digest."""
    rows = db.session.execute(
        select(Code.kind, func.count(), func.coalesce(func.sum(Code.billable.cast(Integer)), 0))
        .where(Code.system == system, Code.edition_id == edition_id)
        .group_by(Code.kind)
    ).all()
    by_kind = {kind: int(number) for kind, number, _ in rows}
    return Counts(
        chapters=by_kind.get("chapter", 0),
        blocks=by_kind.get("block", 0),
        categories=by_kind.get("category", 0),
        codes=by_kind.get("code", 0),
        modifiers=by_kind.get("modifier", 0),
        billable=sum(int(billable) for _, _, billable in rows),
    )


def _between(system: str, edition: CodeEdition, ends: tuple[str, str]) -> list[ColumnElement[bool]]:
    first, last = ends
    if system == "hcc":
        # Their numbers are not padded; there are some hundred.
        every = db.session.scalars(
            select(Code.code).where(Code.edition_id == edition.id, Code.system == system)
        )
        low, high = position(system, first), position(system, last)
        return [
            Code.code.in_(
                [each for each in every if "-" not in each and low <= position(system, each) <= high]
            )
        ]
    found: list[ColumnElement[bool]] = [
        Code.code >= first,
        or_(Code.code <= last, Code.code.startswith(last, autoescape=True)),
        Code.kind.in_(("category", "code", "modifier")),
    ]
    if system == "icd10cm" and len(first) == len(last) == 3:
        found.append(Code.kind == "category")
    if system == "cpt":
        # Lettered codes have an order of their own ("0075T").
        found.append(
            func.substr(Code.code, 5, 1) == last[-1]
            if last[-1].isalpha()
            else func.substr(Code.code, 5, 1) <= "9"
        )
    return found


def _paged(statement: Select[Code], page: int) -> Entries:
    """The asked page, or the last one where there are not as many."""
    rows = _rows(statement, page)
    total = (page - 1) * PAGE + len(rows)
    if len(rows) > PAGE or (not rows and page > 1):
        counted = select(func.count()).select_from(statement.order_by(None).subquery())
        total = int(db.session.scalar(counted) or 0)
    pages = max(1, -(-total // PAGE))
    if page > pages:
        page, rows = pages, _rows(statement, pages)
    return Entries(rows[:PAGE], page, pages, total)


def _rows(statement: Select[Code], page: int) -> list[Code]:
    return list(db.session.scalars(statement.limit(PAGE + 1).offset((page - 1) * PAGE)))
