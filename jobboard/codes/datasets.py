"""What an importer hands to the loader: one edition of codes or one reference set, as rows for its tables."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from jobboard.codes.book_models import (
    GuidelineCitation,
    GuidelineSection,
    IndexTerm,
    PcsDefinition,
    PcsTable,
)
from jobboard.codes.models import Code, CodeAttribute, CodeNote, CodeRelation
from jobboard.database import Model

# Raise it when what is stored of a record changes, so that the next import loads unchanged files again.
STORED_FORM: Final = "2"

CODES: Final = "codes"
NOTES: Final = "notes"
CONVERSION: Final = "conversion"
SETS: Final = {
    "notes": "Notes of the tabular list",
    "index": "Alphabetic index",
    "neoplasms": "Table of neoplasms",
    "drugs": "Table of drugs and chemicals",
    "external": "Index to external causes",
    "poa": "Exempt from present on admission",
    "conversion": "Conversion table",
    "guidelines": "Official guidelines",
    "tables": "Tables of ICD-10-PCS",
    "definitions": "Definitions of ICD-10-PCS",
    "body-parts": "Body part key of ICD-10-PCS",
    "hcc": "Mapping to CMS-HCC",
    "hcc-hierarchy": "Hierarchies of CMS-HCC",
    "ccsr": "Mapping to CCSR",
    "ccsr-labels": "Categories of CCSR",
    "gem": "General equivalence mappings",
    "ncci-ptp": "NCCI procedure-to-procedure edits",
    "ncci-mue": "NCCI medically unlikely edits",
}
"""The kinds of reference sets, with the name of each."""

# Everything that stands under an edition, with the column that tells its rows apart there.
TABLES: Final[tuple[tuple[type[Model], str], ...]] = (
    (CodeNote, "id"),
    (CodeRelation, "id"),
    (CodeAttribute, "code"),
    (IndexTerm, "id"),
    (GuidelineCitation, "id"),
    (GuidelineSection, "number"),
    (PcsTable, "code"),
    (PcsDefinition, "id"),
    (Code, "code"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one table: `rows` makes those of a record, without the edition."""

    model: type[Model]
    records: Sequence[Any]
    rows: Callable[[Any], Iterable[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Dataset:
    """One edition or set, whole. `counts` are told to whoever imports it; `warnings` are sentences.

    `edition` is the label. Nothing here touches the database; `rows` of the parts are made batch by batch.
    """

    system: str
    kind: str
    edition: str
    effective_from: date | None
    source: str
    parts: tuple[Part, ...]
    counts: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    owner: str = ""
    copyright_line: str = ""
    visible_to: str = "everyone"
    notice: str = ""
    ends_on: date | None = None

    @property
    def size(self) -> int:
        """How many records there are in all parts."""
        return sum(len(part.records) for part in self.parts)

    @property
    def entries(self) -> int:
        """How many codes an edition has, without chapters, blocks and modifiers; of a set the records."""
        return self.counts.get("codes", self.size) if self.kind == CODES else self.size


def digest(dataset: Dataset) -> str:
    """A fingerprint (64 hexadecimal digits) of everything that is stored of `dataset`; equal when nothing changed."""
    head = (STORED_FORM, dataset.system, dataset.kind, dataset.edition, dataset.effective_from)
    licence = (dataset.owner, dataset.copyright_line, dataset.visible_to, dataset.notice, dataset.ends_on)
    sha = hashlib.sha256(f"{head} {licence}\n".encode())
    for part in dataset.parts:
        sha.update(part.model.__tablename__.encode())
        for record in part.records:
            sha.update(repr(record).encode())
    return sha.hexdigest()
