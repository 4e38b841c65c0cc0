"""What an edition changed, narrowed down and page by page, and what happened to one code over the editions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from jobboard import clock
from jobboard.codes.changes import DELETED, NEW, REVISED
from jobboard.codes.edition_choice import readable_editions
from jobboard.codes.models import Code, CodeChange, CodeEdition
from jobboard.codes.queries import codes_below
from jobboard.codes.rules import Viewer, may_see
from jobboard.database import db

PAGE: Final = 100
KINDS: Final = (NEW, REVISED, DELETED)
_AFTER_ALL: Final = "~"  # sorts after every letter and digit


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which changes are wanted: of a kind, whose codes begin with or lie in `within` ("E11", "E00-E89"), with words."""

    kind: str = ""
    within: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """One page of changes by code, with how many there are in all, by what happened and together.

    `below` has the codes below those that are headings now.
    """

    rows: list[CodeChange]
    page: int
    pages: int
    by_kind: dict[str, int]
    total: int
    below: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Event:
    """What an edition did to a code; `below` are the codes below one that is a heading since."""

    edition: CodeEdition
    change: CodeChange
    below: list[str] = field(default_factory=list)

    @property
    def successors(self) -> list[str]:
        """The codes that took its place, as a conversion table says."""
        return self.change.successor.split()


@dataclass(frozen=True, slots=True)
class History:
    """A code over the editions that a reader may see: what happened to it, the latest first, and where it stands.

    `since` and `until` are the first and the last edition that have it, `earliest` and `latest` the first and last of
    all, `row` the code in the edition that was asked for, else in the last before it, else in the first after it.
    """

    events: list[Event]
    since: CodeEdition
    until: CodeEdition
    earliest: CodeEdition
    latest: CodeEdition
    row: Code
    held_by: CodeEdition

    @property
    def deleted(self) -> Event | None:
        """Its deletion, where the last thing that happened to it is that."""
        return self.events[0] if self.events and self.events[0].change.kind == DELETED else None


def compared_edition(edition: CodeEdition, viewer: Viewer) -> CodeEdition | None:
    """The edition that `edition` is compared with, where `viewer` may see it too."""
    if edition.compared_with_id is None:
        return None
    previous = db.session.get(CodeEdition, edition.compared_with_id)
    return previous if previous is not None and may_see(previous, viewer, clock.today()) else None


def changes_page(system: str, edition: CodeEdition, narrowing: Narrowing, page: int) -> Changes:
    """The asked page of what `edition` changed, or the last one. Three statements at most."""
    wanted = _wanted(system, edition, narrowing)
    counted_ones = (
        select(CodeChange.happened.label("happened"))
        .where(*_wanted(system, edition, Narrowing("", narrowing.within, narrowing.words)))
        .subquery()
    )
    counted = db.session.execute(
        select(counted_ones.c.happened, func.count()).group_by(counted_ones.c.happened)
    )
    by_kind = {kind: int(number) for kind, number in counted}
    total = by_kind.get(narrowing.kind, 0) if narrowing.kind else sum(by_kind.values())
    pages = max(1, -(-total // PAGE))
    page = min(page, pages)
    rows = db.session.scalars(
        select(CodeChange).where(*wanted).order_by(CodeChange.code).limit(PAGE).offset((page - 1) * PAGE)
    ).all()
    return Changes(list(rows), page, pages, by_kind, total, below_headings(edition, rows))


def all_changes(system: str, edition: CodeEdition, narrowing: Narrowing) -> Iterator[CodeChange]:
    """Everything that `edition` changed, by code."""
    yield from db.session.scalars(
        select(CodeChange).where(*_wanted(system, edition, narrowing)).order_by(CodeChange.code)
    )


def below_headings(edition: CodeEdition, changes: Iterable[CodeChange]) -> dict[str, list[str]]:
    """By code, the codes right below those of `changes` that are headings in `edition`; one statement, or none."""
    return codes_below(edition, [each.code for each in changes if each.is_heading_now])


def history_of(system: str, code: str, asked: CodeEdition | None, viewer: Viewer) -> History | None:
    """What happened to `code`; None where no edition that `viewer` may see has it.

    Four statements at most, and one for each time that it became a heading.
    """
    editions = readable_editions(system, viewer)
    if not editions:
        return None
    ids = [each.id for each in editions]
    having = set(
        db.session.scalars(
            select(Code.edition_id).where(Code.system == system, Code.code == code, Code.edition_id.in_(ids))
        )
    )
    with_it = [each for each in editions if each.id in having]
    if not with_it:
        return None
    by_id = {each.id: each for each in editions}
    changed = db.session.scalars(
        select(CodeChange).where(
            CodeChange.system == system,
            CodeChange.code == code,
            or_(
                *(
                    and_(CodeChange.edition_id == each.id, CodeChange.previous_id == each.compared_with_id)
                    for each in editions
                )
            ),
        )
    )
    events = [
        Event(made_by := by_id[change.edition_id], change, below_headings(made_by, [change]).get(code, []))
        for change in changed.all()
        if change.previous_id in by_id
    ]
    order = {each.id: place for place, each in enumerate(editions)}
    events.sort(key=lambda event: order[event.edition.id], reverse=True)
    held_by = _holding(with_it, order, asked)
    row = db.session.get(Code, (system, held_by.id, code))
    if row is None:
        return None
    return History(events, with_it[0], with_it[-1], editions[0], editions[-1], row, held_by)


def _holding(with_it: list[CodeEdition], order: dict[int, int], asked: CodeEdition | None) -> CodeEdition:
    place = order.get(asked.id, len(order)) if asked else len(order)
    before = [each for each in with_it if order[each.id] <= place]
    return before[-1] if before else with_it[0]


def _wanted(system: str, edition: CodeEdition, narrowing: Narrowing) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        CodeChange.edition_id == edition.id,
        CodeChange.previous_id == edition.compared_with_id,
        CodeChange.system == system,
    ]
    if narrowing.kind:
        found.append(CodeChange.happened == narrowing.kind)
    if narrowing.within:
        first, _, last = narrowing.within.partition("-")
        found += [CodeChange.code >= first, CodeChange.code < (last or first) + _AFTER_ALL]
    text = func.lower(CodeChange.long + " " + CodeChange.old_long)
    found += [text.contains(word.lower(), autoescape=True) for word in narrowing.words]
    return found
