"""Reads what is asked for and loads it; the result is counts by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jobboard.codes.datasets import CODES, Dataset
from jobboard.codes.importers.registry import IMPORTERS
from jobboard.codes.importers.request import ImportRequest, WrongRequest
from jobboard.codes.loading import Note, Progress, load_dataset


def read(kind: str, request: ImportRequest) -> list[Dataset]:
    """The editions and sets that the files hold. Raises WrongRequest, CodeFileError, OSError."""
    importer = IMPORTERS[kind]
    if importer.needs_files and not request.files:
        raise WrongRequest(f"{kind} needs a file: {importer.about}")
    return importer.read(request)


def load(
    kind: str,
    datasets: Sequence[Dataset],
    progress: Progress = lambda _: None,
    note: Note = lambda _: None,
) -> dict[str, Any]:
    """Load each of `datasets` and say what was done; `note` hears what was left. Raises LoadOvertaken."""
    return told(kind, datasets, [load_dataset(dataset, progress, note) for dataset in datasets])


def told(kind: str, datasets: Sequence[Dataset], created: Sequence[bool] | None) -> dict[str, Any]:
    """The counts of an import; `created` says which of `datasets` are new, None that nothing was stored (a dry run).

    `read` counts records, of an edition of codes its entries. Several sets are told one by one too.
    """
    each = [_told_of(one, created[place] if created else None) for place, one in enumerate(datasets)]
    first = datasets[0]
    counted = each[:1] if first.kind == CODES else each
    result: dict[str, Any] = {
        "kind": kind,
        "system": first.system,
        "edition": first.edition,
        **{name: sum(one[name] for one in counted) for name in ("read", "created", "unchanged")},
    }
    for dataset in datasets:
        for name, count in dataset.counts.items():
            result[name] = result.get(name, 0) + count
    if created is None:
        result["dry_run"] = True
    if len(counted) > 1:
        result["sets"] = each
    return result


def _told_of(dataset: Dataset, created: bool | None) -> dict[str, Any]:
    read = len(dataset.parts[0].records)
    return {
        "set": dataset.kind,
        "edition": dataset.edition,
        "read": read,
        "created": read if created else 0,
        "unchanged": read if created is False else 0,
    }
