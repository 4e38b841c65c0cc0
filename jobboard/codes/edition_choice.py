"""Which edition counts on a day: of a system's codes, or of a reference set about them.

What chooses by a day leaves out the editions that the `viewer` may not see (`rules.may_see`). Without a viewer that is
anybody: what is found may be shown to all, mailed and indexed. `withheld` has what is kept from a viewer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from jobboard import clock
from jobboard.codes.datasets import CODES
from jobboard.codes.models import CodeEdition
from jobboard.codes.rules import ANYBODY, Viewer, may_see
from jobboard.database import db

# Systems whose codes stand in the edition of another.
LISTED_BY = {"modifier": "hcpcs"}


def loaded_editions(system: str | None = None, kind: str = CODES) -> list[CodeEdition]:
    """The whole editions of a kind, of one system or of all, the oldest first."""
    statement = select(CodeEdition).where(CodeEdition.in_force.is_(True), CodeEdition.kind == kind)
    if system is not None:
        statement = statement.where(CodeEdition.system == system)
    return sorted(db.session.scalars(statement), key=_begins)


def readable_editions(system: str, viewer: Viewer = ANYBODY, kind: str = CODES) -> list[CodeEdition]:
    """The whole editions of `system` that `viewer` may see, the oldest first."""
    return _candidates(system, kind, viewer)


def edition_on(
    system: str, day: date | None = None, kind: str = CODES, *, viewer: Viewer = ANYBODY
) -> CodeEdition | None:
    """The edition of `system` that counts on `day` (today): the last one that has begun.

    An edition goes on counting past its end while no later one is loaded: compare `effective_to` and say "as of". None
    where nothing has begun by that day.
    """
    return _begun(_candidates(system, kind, viewer), day or clock.today())


def edition_or_first(
    system: str, day: date | None = None, kind: str = CODES, *, viewer: Viewer = ANYBODY
) -> CodeEdition | None:
    """As `edition_on`, but before the first edition the first one; None only where none is loaded."""
    editions = _candidates(system, kind, viewer)
    return _begun(editions, day or clock.today()) or (editions[0] if editions else None)


def editions_on(
    day: date | None = None,
    kind: str = CODES,
    *,
    viewer: Viewer = ANYBODY,
    among: Sequence[CodeEdition] | None = None,
) -> dict[str, CodeEdition]:
    """The edition of each loaded system that counts on `day` (today), before its first edition that.

    Who asks for many viewers asks `loaded_editions` once, and for each of them `among` those.
    """
    by_system: dict[str, list[CodeEdition]] = {}
    for edition in _candidates(None, kind, viewer) if among is None else _seen_by(viewer, among):
        by_system.setdefault(edition.system, []).append(edition)
    day = day or clock.today()
    return {system: _begun(editions, day) or editions[0] for system, editions in by_system.items()}


def counting_for_some(loaded: Sequence[CodeEdition]) -> list[CodeEdition]:
    """Those of `loaded_editions` that count today for one viewer or another.

    Of each system that is the last to have begun of those that anybody may see, and what has begun since.
    """
    today = clock.today()
    begun: dict[str, list[CodeEdition]] = {}
    for edition in loaded:
        if edition.effective_from is None or edition.effective_from <= today:
            if may_see(edition, ANYBODY, today):
                begun[edition.system] = []
            if edition.ends_on is None or edition.ends_on >= today:
                begun.setdefault(edition.system, []).append(edition)
    return [edition for editions in begun.values() for edition in editions]


def edition_labelled(system: str, label: str, kind: str = CODES) -> CodeEdition | None:
    """The whole edition of that label."""
    return db.session.scalar(
        select(CodeEdition).where(
            CodeEdition.system == system,
            CodeEdition.kind == kind,
            CodeEdition.label == label,
            CodeEdition.in_force.is_(True),
        )
    )


def replaced_by(
    system: str, kind: str, label: str, begins: date | None, visible_to: str
) -> list[CodeEdition]:
    """The whole editions whose place one of that label, first day and audience takes, the oldest first.

    For the same readers a single edition of a system and kind can count from a day, so that is the one that begins on
    it, too. The editions of two licences may begin on the same day.
    """
    return [
        each
        for each in loaded_editions(system, kind)
        if each.label == label
        or (begins is not None and each.effective_from == begins and each.visible_to == visible_to)
    ]


def withheld(system: str, viewer: Viewer, kind: str = CODES) -> CodeEdition | None:
    """The newest edition of `system` that has not ended and that `viewer` may not see, or not yet; None for none."""
    today = clock.today()
    kept = [
        each
        for each in loaded_editions(LISTED_BY.get(system, system), kind)
        if not may_see(each, viewer, today) and (each.ends_on is None or each.ends_on >= today)
    ]
    return kept[-1] if kept else None


def _candidates(system: str | None, kind: str, viewer: Viewer) -> list[CodeEdition]:
    return _seen_by(viewer, loaded_editions(LISTED_BY.get(system, system) if system else None, kind))


def _seen_by(viewer: Viewer, editions: Sequence[CodeEdition]) -> list[CodeEdition]:
    today = clock.today()
    return [each for each in editions if may_see(each, viewer, today)]


def _begun(editions: Sequence[CodeEdition], day: date) -> CodeEdition | None:
    """The last of `editions` (the oldest first) that has begun by `day`."""
    begun = [each for each in editions if each.effective_from is None or each.effective_from <= day]
    return begun[-1] if begun else None


def _begins(edition: CodeEdition) -> tuple[date, int]:
    return edition.effective_from or date.min, edition.id
