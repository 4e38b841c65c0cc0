"""What an import would take the place of, and whether it looks like a part of that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, select

from jobboard.codes.datasets import CODES, Dataset
from jobboard.codes.loading import replaced
from jobboard.codes.models import Code, CodeEdition
from jobboard.codes.records import CodeFileError
from jobboard.database import db

_HEADINGS: Final = ("chapter", "block")


def replaced_on_the_day(datasets: Sequence[Dataset]) -> list[str]:
    """A sentence for each loaded edition of another label that begins on the day of one of `datasets`."""
    return [
        f"{edition.system} {edition.label} ({edition.kind}) begins on {edition.effective_from}, too: "
        f"{dataset.edition} takes its place"
        for dataset in datasets
        for edition in replaced(dataset)
        if edition.label != dataset.edition
    ]


def refuse_much_smaller(datasets: Sequence[Dataset]) -> None:
    """Raise CodeFileError where one of `datasets` has fewer than half as many entries as what it would replace."""
    for dataset in datasets:
        given = _entries_in(dataset)
        for edition in replaced(dataset):
            stored = _entries_of(edition)
            if given * 2 < stored:
                raise CodeFileError(
                    dataset.source,
                    "",
                    f"has {given:,} entries, and would take the place of the {stored:,} of {edition.system} "
                    f"{edition.label} ({edition.kind}) that are loaded: import the whole list, or say --smaller "
                    "where this is the whole",
                )


def _entries_of(edition: CodeEdition) -> int:
    if edition.kind != CODES:
        return edition.codes_count
    below = select(func.count()).where(Code.edition_id == edition.id, Code.kind.not_in(_HEADINGS))
    return db.session.scalar(below) or 0


def _entries_in(dataset: Dataset) -> int:
    if dataset.kind != CODES:
        return dataset.size
    records = (record for part in dataset.parts if part.model is Code for record in part.records)
    return sum(record.kind not in _HEADINGS for record in records)
