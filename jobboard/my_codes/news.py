"""What the editions in force revise or delete among the codes that a person keeps, until they have read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, false, or_, select, union_all
from sqlalchemy.orm import aliased

from jobboard import clock
from jobboard.codes.changes import DELETED, REVISED
from jobboard.codes.edition_choice import LISTED_BY
from jobboard.codes.models import CodeChange, CodeEdition
from jobboard.codes.queries import editions_in_force
from jobboard.codes.rules import ANYBODY, may_see
from jobboard.codes.systems import code_systems
from jobboard.database import db
from jobboard.my_codes.models import CodeChangeNotice, CodeFavourite, CodePrivateNote

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Subquery

    from jobboard.codes.rules import Viewer

READ = CodeChangeNotice.seen_at.is_not(None)
TOLD = READ | CodeChangeNotice.mailed_at.is_not(None)
SETTLES_IN: Final = timedelta(hours=1)
"""The conversion table, which names successors, is often imported after its edition."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What an edition did to a code, `kind` as in `CodeChange`. `description` is '' where its reader may not have it.

    `billing` says what a revision changed that left the words alone, else ''.
    """

    system: str
    code: str
    kind: str
    description: str
    billing: str
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class News:
    """What one edition changes among a person's codes, by code."""

    edition: CodeEdition
    changes: list[Changed]

    @property
    def label(self) -> str:
        """The edition with its system, "APC 2026-10"."""
        return f"{code_systems().label(self.edition.system)} {self.edition.label}"


def news_of(person_id: int, viewer: Viewer) -> list[News]:
    """By edition in force, what it revises or deletes of the person's favourites and notes; three statements at most.

    Left out are editions that the viewer may not see, those that the person has read about, and codes that they kept
    when the edition was there already and in effect: then they saw what it says.
    """
    return _news(person_id, that_change(editions_in_force(viewer=viewer).values()), READ, viewer)


def news_to_mail(person_id: int, viewer: Viewer) -> list[News]:
    """As `news_of`, of `settled` editions, without what was mailed; descriptions are those that anybody may see.

    A letter is handed on and kept where nobody counts who reads the text of a licence.
    """
    editions = settled(that_change(editions_in_force(viewer=viewer).values()))
    return _news(person_id, editions, TOLD, ANYBODY)


def in_a_sentence(news: Sequence[News]) -> str:
    """ "1 of your codes is changed by a new edition", "3 of your codes are changed by new editions"."""
    number = len({(change.system, change.code) for each in news for change in each.changes})
    verb = "is" if number == 1 else "are"
    return (
        f"{number:,} of your codes {verb} changed by {'a new edition' if len(news) == 1 else 'new editions'}"
    )


def that_change(editions: Iterable[CodeEdition]) -> dict[int, CodeEdition]:
    """Those of `editions`, by id, that have begun and are compared with one before them."""
    today = clock.today()
    return {
        each.id: each
        for each in editions
        if each.compared_with_id is not None and (each.effective_from is None or each.effective_from <= today)
    }


def settled(editions: Mapping[int, CodeEdition]) -> dict[int, CodeEdition]:
    """Those of `editions` that were loaded long enough ago for their successors to be known."""
    before = clock.now() - SETTLES_IN
    return {number: each for number, each in editions.items() if each.loaded_at <= before}


def kept_by(people: Sequence[int]) -> Subquery:
    """What these people keep: person_id, system, code and the moment."""
    return union_all(
        select(
            CodeFavourite.person_id,
            CodeFavourite.system,
            CodeFavourite.code,
            CodeFavourite.added_at.label("at"),
        ).where(CodeFavourite.person_id.in_(people)),
        select(
            CodePrivateNote.person_id,
            CodePrivateNote.system,
            CodePrivateNote.code,
            CodePrivateNote.updated_at,
        ).where(CodePrivateNote.person_id.in_(people)),
    ).subquery("kept")


def is_changed(kept: Subquery, editions: Mapping[int, CodeEdition]) -> ColumnElement[bool]:
    """That a `CodeChange` of its `CodeEdition`, one of `editions`, is news on a row of `kept`: the rule of `news_of`.

    The system of the edition comes first, so that a row of `kept` asks for changes of one edition, not of all.
    """
    before = or_(
        false(), *(and_(CodeEdition.id == each.id, kept.c.at < _until(each)) for each in editions.values())
    )
    return and_(
        CodeEdition.id.in_(list(editions)),
        or_(CodeEdition.system == kept.c.system, kept.c.system.in_(list(LISTED_BY))),
        before,
        CodeChange.edition_id == CodeEdition.id,
        CodeChange.previous_id == CodeEdition.compared_with_id,
        CodeChange.code == kept.c.code,
        CodeChange.system == kept.c.system,
        CodeChange.kind.in_((REVISED, DELETED)),
    )


def _news(
    person_id: int, editions: dict[int, CodeEdition], told: ColumnElement[bool], words_for: Viewer
) -> list[News]:
    if editions:
        known = select(CodeChangeNotice.edition_id).where(CodeChangeNotice.person_id == person_id, told)
        for edition_id in db.session.scalars(known):
            editions.pop(edition_id, None)
    if not editions:
        return []
    kept, previous = kept_by([person_id]), aliased(CodeEdition)
    rows = db.session.execute(
        select(CodeChange, previous)
        .select_from(kept)
        .join(CodeEdition, CodeEdition.id.in_(list(editions)))
        .join(CodeChange, is_changed(kept, editions))
        .join(previous, previous.id == CodeChange.previous_id)
        .order_by(CodeChange.system, CodeChange.code)
    ).unique()
    found: dict[int, list[Changed]] = {}
    for change, before in rows:
        edition = editions[change.edition_id]
        # The words of a deleted code are those of the edition that had it, which may be for others.
        shown = all(
            may_see(each, words_for, clock.today())
            for each in ((edition, before) if change.kind == DELETED else (edition,))
        )
        found.setdefault(edition.id, []).append(_changed(change, shown))
    return [News(editions[edition_id], changes) for edition_id, changes in found.items()]


def _changed(change: CodeChange, shown: bool) -> Changed:
    same_words = change.kind == REVISED and change.old_long in ("", change.long)
    same_words = same_words or change.is_heading_now
    billing = ("Billable now" if change.billable else "No longer billable") if same_words else ""
    return Changed(
        change.system,
        change.code,
        change.kind,
        change.long if shown else "",
        billing,
        tuple(change.successor.split()),
    )


def _until(edition: CodeEdition) -> datetime:
    """Who kept a code before this moment knew it as it was."""
    if edition.effective_from is None:
        return edition.loaded_at
    begins = datetime.combine(edition.effective_from, time.min, edition.loaded_at.tzinfo)
    return max(edition.loaded_at, begins)
