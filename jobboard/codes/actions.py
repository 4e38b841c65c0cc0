"""Changes to what is stored of editions and sets. Each is one step of a load; `loading` puts them in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final, cast

from sqlalchemy import Table, delete, insert, select

from jobboard import clock
from jobboard.codes import signals
from jobboard.codes.datasets import CODES, TABLES, Dataset, Part
from jobboard.codes.edition_choice import loaded_editions, replaced_by
from jobboard.codes.editions import last_day
from jobboard.codes.models import CodeChange, CodeEdition
from jobboard.database import db

LOADING: Final = " (loading)"
REPLACED: Final = " (replaced)"
OVERTAKEN: Final = "another import of this system began; this one was given up"


class LoadOvertaken(RuntimeError):
    """Another load of the same system began and took this one's half-loaded edition away."""


def begin_loading(dataset: Dataset, digest: str) -> CodeEdition:
    """Add the edition of `dataset`, not in force and without rows, under a name that says so."""
    edition = CodeEdition(
        system=dataset.system,
        kind=dataset.kind,
        label=dataset.edition + LOADING,
        effective_from=dataset.effective_from,
        effective_to=last_day(dataset.system, dataset.effective_from),
        source=dataset.source[:300],
        copyright_line=dataset.copyright_line,
        digest=digest,
        loaded_at=clock.now(),
        in_force=False,
        codes_count=0,
        owner=dataset.owner,
        visible_to=dataset.visible_to,
        notice=dataset.notice,
        ends_on=dataset.ends_on,
    )
    db.session.add(edition)
    db.session.flush()
    return edition


def add_records(edition_id: int, part: Part, records: Sequence[Any]) -> None:
    """Add some records of `part` to an edition that is being loaded. Raises LoadOvertaken."""
    if db.session.scalar(select(CodeEdition.id).where(CodeEdition.id == edition_id)) is None:
        raise LoadOvertaken(OVERTAKEN)
    rows = [{**row, "edition_id": edition_id} for record in records for row in part.rows(record)]
    if rows:
        db.session.execute(insert(cast(Table, part.model.__table__)), rows)


def add_changes(rows: Sequence[dict[str, Any]]) -> None:
    """Add rows of `CodeChange`; nobody sees them until an edition says that it is compared with the other."""
    if rows:
        db.session.execute(insert(cast(Table, CodeChange.__table__)), list(rows))


def forget_changes(edition_id: int) -> None:
    """Remove what was found when an edition was compared with others before it."""
    db.session.execute(
        delete(CodeChange).where(CodeChange.edition_id == edition_id),
        execution_options={"synchronize_session": False},
    )


def put_in_force(edition: CodeEdition, entries: int) -> None:
    """Make a whole edition one that may be chosen; what it takes the place of becomes a leftover.

    That is the one of its label, and the one for the same readers that begins on the same day. An edition ends before
    the next one begins, and at its own end at the latest. Raises LoadOvertaken.
    """
    if db.session.scalar(select(CodeEdition.id).where(CodeEdition.id == edition.id)) is None:
        raise LoadOvertaken(OVERTAKEN)
    label = edition.label.removesuffix(LOADING)
    for other in replaced_by(edition.system, edition.kind, label, edition.effective_from, edition.visible_to):
        other.in_force = False
        other.label = f"{label}{REPLACED} {other.id}"
    db.session.flush()
    edition.label = label
    edition.codes_count = entries
    edition.in_force = True
    edition.loaded_at = clock.now()
    db.session.flush()
    _end_before_the_next(edition.system, edition.kind)
    if edition.kind == CODES:
        signals.edition_in_force.send(edition.system)


def _end_before_the_next(system: str, kind: str) -> None:
    editions = loaded_editions(system, kind)
    days = sorted({each.effective_from for each in editions if each.effective_from is not None})
    for edition in editions:
        begins = edition.effective_from
        edition.effective_to = last_day(system, begins)
        later = next((day for day in days if begins is None or day > begins), None)
        if later is not None:
            eve = later - timedelta(days=1)
            edition.effective_to = min(edition.effective_to or eve, eve)
    db.session.flush()


def leftovers(system: str, kind: str) -> list[CodeEdition]:
    """Editions that were replaced, or whose load was broken off."""
    rows = db.session.scalars(
        select(CodeEdition).where(CodeEdition.system == system, CodeEdition.kind == kind)
    )
    return [row for row in rows if not row.in_force and (LOADING in row.label or REPLACED in row.label)]


def remove_part(edition_id: int, at_most: int) -> bool:
    """Remove up to `at_most` rows of a leftover, and itself when none is left; True then."""
    for model, key in TABLES:
        table = cast(Table, model.__table__)
        column = table.c[key]
        some = db.session.scalars(select(column).where(table.c.edition_id == edition_id).limit(at_most)).all()
        if some:
            db.session.execute(delete(table).where(table.c.edition_id == edition_id, column.in_(some)))
            return False
    db.session.execute(
        delete(CodeEdition).where(CodeEdition.id == edition_id),
        execution_options={"synchronize_session": False},
    )
    return True
