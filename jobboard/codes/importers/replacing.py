"""What an import would take the place of, and whether it looks like a part of that."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from jobboard.codes.datasets import CODES, Dataset
from jobboard.codes.edition_choice import edition_labelled
from jobboard.codes.models import Code, CodeEdition
from jobboard.codes.records import CodeFileError
from jobboard.database import db


def refuse_much_smaller(datasets: Sequence[Dataset]) -> None:
    """Raise CodeFileError where one of `datasets` has fewer than half as many entries as what it would replace."""
    for dataset in datasets:
        edition = edition_labelled(dataset.system, dataset.edition, dataset.kind)
        if edition is None:
            continue
        stored, given = _entries_of(edition), _entries_in(dataset)
        if given * 2 < stored:
            raise CodeFileError(
                dataset.source,
                "",
                f"has {given:,} entries, and would take the place of the {stored:,} of {edition.system} "
                f"{edition.label} ({edition.kind}) that are loaded: import the whole list, or say --smaller where "
                "this is the whole",
            )


def _entries_of(edition: CodeEdition) -> int:
    if edition.kind != CODES:
        return edition.codes_count
    return db.session.scalar(select(func.count()).where(Code.edition_id == edition.id)) or 0


def _entries_in(dataset: Dataset) -> int:
    if dataset.kind != CODES:
        return dataset.size
    return sum(len(part.records) for part in dataset.parts if part.model is Code)
