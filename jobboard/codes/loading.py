"""Loads an edition: all of it or nothing that anyone can see, in short transactions, and again at no harm.

Codes go in by batches under an edition that is not in force; one last transaction puts it in force. A load that
is broken off leaves rows that nobody reads; the next load of the system removes them. An edition whose digest
is already stored is not loaded again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import select

from jobboard import unit_of_work
from jobboard.codes import actions
from jobboard.codes.editions import digest
from jobboard.codes.icd10cm_source import read_shipped
from jobboard.codes.models import CodeEdition
from jobboard.codes.queries import edition_in_force
from jobboard.codes.records import EditionFile
from jobboard.database import db, writing

BATCH: Final = 4000

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class LoadCounts:
    """What a load did. `chapters` and `blocks` are the entries above the categories; `codes` all others."""

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
    """Store `file` and put it in force; `progress` hears how many more records are done.

    Commits several times, so the session must hold nothing else. Raises LoadOvertaken where another load of the
    same system begins meanwhile.
    """
    fingerprint = digest(file)
    _remove_leftovers(file.system)
    with writing():
        edition = _stored(file, fingerprint)
        if edition is not None:
            if not edition.in_force:
                actions.put_in_force(edition, edition.codes_count)
            unit_of_work.commit()
            progress(len(file.records))
            return _counts(file, created=0)
        edition = actions.begin_loading(file, fingerprint)
        unit_of_work.commit()
    for start in range(0, len(file.records), BATCH):
        batch = file.records[start : start + BATCH]
        with writing():
            actions.add_codes(edition.id, batch)
            unit_of_work.commit()
        progress(len(batch))
    with writing():
        actions.put_in_force(edition, len(file.records))
        unit_of_work.commit()
    _remove_leftovers(file.system)
    return _counts(file, created=len(file.records))


def load_shipped_once(progress: Progress = lambda _: None) -> LoadCounts | None:
    """Load the ICD-10-CM that comes with the installation, unless some edition is in force already (then None)."""
    if edition_in_force("icd10cm") is not None:
        return None
    return load_edition(read_shipped(), progress)


def _stored(file: EditionFile, fingerprint: str) -> CodeEdition | None:
    return db.session.scalar(
        select(CodeEdition).where(
            CodeEdition.system == file.system,
            CodeEdition.label == file.edition,
            CodeEdition.digest == fingerprint,
        )
    )


def _remove_leftovers(system: str) -> None:
    for edition_id in [each.id for each in actions.leftovers(system)]:
        gone = False
        while not gone:
            with writing():
                gone = actions.remove_part(edition_id, BATCH)
                unit_of_work.commit()
    db.session.remove()


def _counts(file: EditionFile, created: int) -> LoadCounts:
    kinds = [record.kind for record in file.records]
    return LoadCounts(
        system=file.system,
        edition=file.edition,
        read=len(kinds),
        created=created,
        unchanged=len(kinds) - created,
        chapters=kinds.count("chapter"),
        blocks=kinds.count("block"),
        codes=kinds.count("category") + kinds.count("code"),
        billable=sum(record.billable for record in file.records),
        notes=sum(len(record.notes) for record in file.records),
    )
