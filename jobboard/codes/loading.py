"""Loads an edition or a set: all of it or nothing that anyone can see, in short transactions, again at no harm.

Rows go in by batches under an edition that is not in force; one last transaction puts it in force. A load that is
broken off leaves rows that nobody reads; the next load of the same system and kind removes them. An edition whose
digest is already stored is not loaded again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Final

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import ObjectDeletedError

from jobboard import unit_of_work
from jobboard.codes import actions
from jobboard.codes.changes import changes_of, compared, successors_of
from jobboard.codes.datasets import CODES, CONVERSION, Dataset, digest
from jobboard.codes.edition_choice import loaded_editions, replaced_by
from jobboard.codes.edition_datasets import datasets_of
from jobboard.codes.icd10cm_source import read_shipped
from jobboard.codes.models import CodeEdition
from jobboard.codes.records import EditionFile
from jobboard.crash_points import step
from jobboard.database import ChangedByAnother, db, passes, writing

BATCH: Final = 4000
_PAUSE_SECONDS: Final = 0.11
_TRIES: Final = 3

Progress = Callable[[int], None]
Note = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class LoadCounts:
    """What the load of codes did. `chapters` and `blocks` are the entries above the categories; `codes` all others."""

    system: str
    edition: str
    read: int
    created: int
    unchanged: int
    chapters: int
    blocks: int
    codes: int
    billable: int
    notes: int

    def as_json(self) -> dict[str, str | int]:
        """The counts by name."""
        return asdict(self)


def load_edition(file: EditionFile, progress: Progress = lambda _: None) -> LoadCounts:
    """Store `file` and put it in force, its notes as a set of their own; `progress` hears how many
    more records are done.

    Commits several times, so the session must hold nothing else. Raises LoadOvertaken where another load of the
    same system begins meanwhile.
    """
    codes, *others = datasets_of(file)
    created = load_dataset(codes, progress)
    for notes in others:
        load_dataset(notes)
    kinds = [record.kind for record in file.records]
    return LoadCounts(
        system=file.system,
        edition=file.edition,
        read=len(kinds),
        created=len(kinds) if created else 0,
        unchanged=0 if created else len(kinds),
        chapters=kinds.count("chapter"),
        blocks=kinds.count("block"),
        codes=kinds.count("category") + kinds.count("code"),
        billable=sum(record.billable for record in file.records),
        notes=sum(len(record.notes) for record in file.records),
    )


def load_dataset(dataset: Dataset, progress: Progress = lambda _: None, note: Note = lambda _: None) -> bool:
    """Store one edition or set and put it in force; False where it is stored already.

    What follows once it is in force may be left for the next load where the database would not have it; `note` hears
    a sentence about that. Commits several times. Raises LoadOvertaken where another load of the same system and kind
    begins meanwhile.
    """
    fingerprint = digest(dataset)
    _remove_leftovers(dataset)
    with writing():
        stored = _stored(dataset, fingerprint)
        if stored is not None:
            # It may have been loaded when something else was counted.
            stored.codes_count = dataset.entries
        edition = actions.begin_loading(dataset, fingerprint) if stored is None else None
        unit_of_work.commit()
    if edition is None:
        progress(dataset.size)
        # A load that was broken off after its edition came into force may have left this undone.
        _tidy_up(dataset, note)
        return False
    for part in dataset.parts:
        for start in range(0, len(part.records), BATCH):
            batch = part.records[start : start + BATCH]
            with writing():
                actions.add_records(edition.id, part, batch)
                unit_of_work.commit()
            step("codes-batch")
            progress(len(batch))
            if len(batch) == BATCH:
                _let_others_write()
    with writing():
        actions.put_in_force(edition, dataset.entries)
        unit_of_work.commit()
    step("codes-in-force")
    _tidy_up(dataset, note)
    return True


def load_shipped_once(progress: Progress = lambda _: None) -> LoadCounts | None:
    """Load the ICD-10-CM that comes with the installation, unless some edition is in force already (then None)."""
    if loaded_editions("icd10cm"):
        return None
    return load_edition(read_shipped(), progress)


def _tidy_up(dataset: Dataset, note: Note) -> None:
    """Remove what was replaced and tell what changed. The edition is in force: nothing here may say that it is not.

    Each step may be done again. Another writer, or another load of the same system, may be in the way for a while;
    SQLite makes nobody wait who has read and then writes, so that steps end what they read before they write.
    """
    for attempt in range(1, _TRIES + 1):
        try:
            _remove_leftovers(dataset)
            _tell_changes(dataset)
        except (DBAPIError, ObjectDeletedError, ChangedByAnother) as problem:
            unit_of_work.rollback()
            db.session.remove()
            if _will_last(problem):
                raise
            if attempt == _TRIES:
                cause = getattr(problem, "orig", None) or problem
                note(
                    f"{dataset.system} {dataset.edition} ({dataset.kind}) is in force, but removing what it "
                    f"replaced or comparing editions was not finished ({cause}): the next import of that kind, or "
                    "this one again, does it"
                )
            else:
                time.sleep(attempt)
        else:
            return


def _will_last(problem: Exception) -> bool:
    # Two that compare the same editions at once may write the same change; the later finds it there.
    return isinstance(problem, DBAPIError) and not isinstance(problem, IntegrityError) and not passes(problem)


def _tell_changes(dataset: Dataset) -> None:
    """Store what changes by an edition, or which successors a conversion table names."""
    if dataset.kind == CODES:
        _compare(dataset.system)
    elif dataset.kind == CONVERSION:
        _name_successors(dataset.system)


def _compare(system: str) -> None:
    """Compare each edition with the one before it where that has not been done; also after a broken load."""
    editions = loaded_editions(system)
    for older, newer in pairwise(editions):
        if newer.compared_with_id == older.id:
            continue
        rows = compared(newer, older)
        db.session.rollback()
        with writing():
            actions.forget_changes(newer.id)
            unit_of_work.commit()
        for start in range(0, len(rows), BATCH):
            with writing():
                actions.add_changes(rows[start : start + BATCH])
                unit_of_work.commit()
            if len(rows) - start > BATCH:
                _let_others_write()
        with writing():
            newer.compared_with_id = older.id
            unit_of_work.commit()
    db.session.remove()


def _name_successors(system: str) -> None:
    """Write beside what was deleted which codes took its place, as the conversion tables now say."""
    editions = loaded_editions(system)
    db.session.remove()
    for edition in editions:
        with writing():
            gone = [row for row in changes_of(edition) if row.kind == "deleted" or not row.billable]
            successors = successors_of(edition, (row.code for row in gone))
            for row in gone:
                row.successor = successors.get(row.code, "")
            unit_of_work.commit()


def replaced(dataset: Dataset) -> list[CodeEdition]:
    """The whole editions whose place `dataset` takes, itself included where it is stored already."""
    return replaced_by(
        dataset.system, dataset.kind, dataset.edition, dataset.effective_from, dataset.visible_to
    )


def _stored(dataset: Dataset, fingerprint: str) -> CodeEdition | None:
    same = replaced(dataset)
    found = [(each.label, each.digest) for each in same] == [(dataset.edition, fingerprint)]
    return same[0] if found else None


def _remove_leftovers(dataset: Dataset) -> None:
    found = [each.id for each in actions.leftovers(dataset.system, dataset.kind)]
    db.session.remove()
    for edition_id in found:
        gone = False
        while not gone:
            with writing():
                gone = actions.remove_part(edition_id, BATCH)
                unit_of_work.commit()
            if not gone:
                _let_others_write()
    db.session.remove()


def _let_others_write() -> None:
    # Whoever waits for the lock of SQLite asks for it every tenth of a second and would find it taken again each time.
    if db.engine.dialect.name == "sqlite":
        time.sleep(_PAUSE_SECONDS)
