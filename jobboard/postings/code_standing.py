"""How the codes of a posting stand in the loaded editions: which its day, or today, does not have, or not to bill."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, or_, select

from jobboard import clock
from jobboard.codes import queries
from jobboard.codes.changes import DELETED, REVISED, successors_of
from jobboard.codes.code_forms import shown
from jobboard.codes.models import Code, CodeChange, CodeEdition
from jobboard.codes.systems import code_systems
from jobboard.database import db

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

    from jobboard.postings.models import Posting, PostingCode

# Of these systems codes below another begin with it, and codes between two lie between their texts.
_IN_ORDER = frozenset({"icd10cm", "icd10pcs", "hcpcs"})
_LAST = "~"
MOST_BELOW: Final = 20


@dataclass(frozen=True, slots=True)
class Doubt:
    """A code, family or range of a posting that an edition does not have, or has as a heading alone.

    `edition` is the label of the one that lacks it, `since` the first day of the edition that deleted it (None where
    no loaded edition ever had it), `successors` what takes its place in the edition of today. `is_heading` is true
    where it is no longer billable: then the billable codes below it are among the successors.
    """

    code_id: int
    system: str
    label: str
    text: str
    edition: str
    since: date | None
    successors: tuple[str, ...]
    is_heading: bool = False


def doubts_about(posting: Posting) -> list[Doubt]:
    """What the edition of the day on which it was posted lacks of its codes, or the one of today; in their order.

    So does one that has a code as a heading, where an earlier edition had it as a billable code.

    Dismissed codes, and systems of which nothing is loaded, are left out. A few statements for each system and edition.
    """
    days = {clock.today(posting.time_zone)}
    if posting.posted_at is not None:
        days.add(posting.posted_at.date())
    by_system: dict[str, list[PostingCode]] = defaultdict(list)
    for code in posting.codes:
        if not code.dismissed and code.system in _IN_ORDER:
            by_system[code.system].append(code)
    found: dict[int, Doubt] = {}
    for system, codes in by_system.items():
        editions = filter(None, (queries.edition_in_force(system, day) for day in sorted(days)))
        for edition in dict.fromkeys(editions):
            found |= {each.code_id: each for each in _missing(edition, codes)}
    return [found[code.id] for code in posting.codes if code.id in found]


def _missing(edition: CodeEdition, codes: list[PostingCode]) -> list[Doubt]:
    singles = {code.start for code in codes if _is_single(code)}
    there = queries.existing(edition.id, singles)
    absent = [
        code
        for code in codes
        if (code.start not in there if _is_single(code) else not _has_any(edition, code))
    ]
    headings = _headings(edition, there)
    doubted = [*absent, *(code for code in codes if code.start in headings and _is_single(code))]
    if not doubted:
        return []
    names = [code.start for code in doubted]
    deleted = _deletions(edition, names) | headings
    now = queries.edition_in_force(edition.system)
    successors = _in_their_places(now, names, headings) if now is not None else {}
    label = code_systems().label(edition.system)
    return [
        Doubt(
            code.id,
            code.system,
            label,
            code.text or shown(code.start),
            edition.label,
            deleted.get(code.start),
            tuple(successors.get(code.start, ())) if code.end is None else (),
            is_heading=_is_single(code) and code.start in headings,
        )
        for code in doubted
    ]


def _is_single(code: PostingCode) -> bool:
    return code.end is None and not code.is_family


def _headings(edition: CodeEdition, codes: Iterable[str]) -> dict[str, date | None]:
    """Those of `codes` that `edition` has as headings and an edition before had as billable, with the day since when.

    Of a code that became one more than once it is the last day. One statement.
    """
    rows = db.session.execute(
        _made_by(CodeChange.code, CodeEdition.effective_from)
        .join(Code, and_(Code.system == CodeChange.system, Code.code == CodeChange.code))
        .where(
            CodeEdition.in_force.is_(True),
            CodeEdition.effective_from <= (edition.effective_from or date.min),
            Code.edition_id == edition.id,
            Code.billable.is_(False),
            CodeChange.system == edition.system,
            CodeChange.kind == REVISED,
            CodeChange.happened == DELETED,
            CodeChange.code.in_(sorted(codes)),
        )
        .order_by(CodeEdition.effective_from)
    )
    return {row.code: row.effective_from for row in rows}


def _in_their_places(now: CodeEdition, names: Iterable[str], headings: Iterable[str]) -> dict[str, list[str]]:
    """By code, what a conversion table puts in its place, and below a heading of today its billable codes."""
    found = {code: told.split() for code, told in successors_of(now, names).items()}
    wanted = sorted(headings)
    if not wanted:
        return found
    below = db.session.scalars(
        select(Code.code)
        .where(
            Code.system == now.system,
            Code.edition_id == now.id,
            Code.billable.is_(True),
            or_(*(and_(Code.code > each, Code.code <= f"{each}{_LAST}") for each in wanted)),
        )
        .order_by(Code.position)
    ).all()
    for heading in wanted:
        told = found.setdefault(heading, [])
        under = (code for code in below if heading < code <= f"{heading}{_LAST}")
        told += [code for code in islice(under, MOST_BELOW) if code not in told]
    return found


def _made_by(*columns: Any) -> Select[Any]:
    """Changes with the editions that made them."""
    return select(*columns).join(
        CodeEdition,
        and_(CodeEdition.id == CodeChange.edition_id, CodeEdition.compared_with_id == CodeChange.previous_id),
    )


def _has_any(edition: CodeEdition, code: PostingCode) -> bool:
    """Whether the edition has any code of a family or range."""
    within: ColumnElement[bool] = and_(
        Code.code >= code.start, Code.code <= f"{code.end or code.start}{_LAST}"
    )
    if code.is_family:
        within = or_(Code.code == code.start, Code.code.startswith(code.start, autoescape=True))
    found = select(Code.code).where(Code.system == edition.system, Code.edition_id == edition.id, within)
    return db.session.scalar(found.limit(1)) is not None


def _deletions(edition: CodeEdition, codes: list[str]) -> dict[str, date]:
    """The first day of the newest edition that deleted each of `codes`."""
    rows = db.session.execute(
        _made_by(CodeChange.code, CodeEdition.effective_from).where(
            CodeEdition.in_force.is_(True),
            CodeChange.system == edition.system,
            CodeChange.kind == DELETED,
            CodeChange.code.in_(codes),
        )
    )
    found: dict[str, date] = {}
    for code, begins in rows:
        if begins is not None:
            found[code] = max(begins, found.get(code, begins))
    return found
