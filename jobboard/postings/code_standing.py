"""How the codes of a posting stand in the loaded editions: which of them its day, or today, does not have."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select

from jobboard import clock
from jobboard.codes import queries
from jobboard.codes.changes import DELETED, successors_of
from jobboard.codes.code_forms import shown
from jobboard.codes.models import Code, CodeChange, CodeEdition
from jobboard.codes.systems import code_systems
from jobboard.database import db

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from jobboard.postings.models import Posting, PostingCode

# Of these systems codes below another begin with it, and codes between two lie between their texts.
_IN_ORDER = frozenset({"icd10cm", "icd10pcs", "hcpcs"})
_LAST = "~"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A code, family or range of a posting that an edition does not have.

    `edition` is the label of the one that lacks it, `since` the first day of the edition that deleted it (None where
    no loaded edition ever had it), `successors` what takes its place in the edition of today.
    """

    code_id: int
    system: str
    label: str
    text: str
    edition: str
    since: date | None
    successors: tuple[str, ...]


def doubts_about(posting: Posting) -> list[Doubt]:
    """What the edition of the day on which it was posted lacks of its codes, or the one of today; in their order.

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
    singles = {code.start for code in codes if code.end is None and not code.is_family}
    there = queries.existing(edition.id, singles)
    absent = [
        code
        for code in codes
        if (
            code.start not in there
            if code.end is None and not code.is_family
            else not _has_any(edition, code)
        )
    ]
    if not absent:
        return []
    names = [code.start for code in absent]
    deleted = _deletions(edition, names)
    now = queries.edition_in_force(edition.system)
    successors = successors_of(now, names) if now is not None else {}
    label = code_systems().label(edition.system)
    return [
        Doubt(
            code.id,
            code.system,
            label,
            code.text or shown(code.start),
            edition.label,
            deleted.get(code.start),
            tuple(successors.get(code.start, "").split()) if code.end is None else (),
        )
        for code in absent
    ]


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
        select(CodeChange.code, CodeEdition.effective_from)
        .join(
            CodeEdition,
            and_(
                CodeEdition.id == CodeChange.edition_id,
                CodeEdition.compared_with_id == CodeChange.previous_id,
            ),
        )
        .where(
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
