"""What is stored of an edition that was read: its codes, and its notes as a set with the same label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from jobboard.codes.code_words import search_text
from jobboard.codes.datasets import CODES, NOTES, Dataset, Part
from jobboard.codes.editions import effective_from
from jobboard.codes.models import Code, CodeNote
from jobboard.codes.records import CodeRecord, EditionFile

LINES: Final = {
    "icd10cm": "ICD-10-CM is kept by CDC/NCHS and CMS; works of the US government are in the public domain.",
    "icd10pcs": "ICD-10-PCS is kept by CMS; works of the US government are in the public domain.",
    "hcpcs": "HCPCS Level II is kept by CMS; works of the US government are in the public domain.",
    "msdrg": "MS-DRGs are kept by CMS; works of the US government are in the public domain.",
    "apc": "APCs are kept by CMS; works of the US government are in the public domain.",
    "hcc": "CMS-HCCs are kept by CMS; works of the US government are in the public domain.",
    "icd9cm": "ICD-9-CM was kept by CDC/NCHS and CMS; works of the US government are in the public domain.",
}
"""What stands under the official descriptions of public systems."""


def datasets_of(file: EditionFile, label: str | None = None, begins: date | None = None) -> list[Dataset]:
    """The codes of `file` and, where it has notes, the set of them, under another label and first day if given."""
    begins = begins or effective_from(file.edition, file.system)
    file = replace(file, edition=label or file.edition)
    found = [codes_of(file, begins)]
    noted = tuple(record for record in file.records if record.notes)
    if noted:
        part = Part(CodeNote, noted, _notes)
        counts = {"notes": sum(len(record.notes) for record in noted)}
        found.append(Dataset(file.system, NOTES, file.edition, begins, file.source, (part,), counts))
    return found


def codes_of(file: EditionFile, begins: date | None) -> Dataset:
    """The codes of `file` alone."""
    kinds = [record.kind for record in file.records]
    return Dataset(
        system=file.system,
        kind=CODES,
        edition=file.edition,
        effective_from=begins,
        source=file.source,
        parts=(Part(Code, file.records, _code),),
        counts={
            "chapters": kinds.count("chapter"),
            "blocks": kinds.count("block"),
            **_counts(file.system, kinds),
            "billable": sum(record.billable for record in file.records),
        },
        warnings=file.warnings,
        copyright_line=LINES.get(file.system, ""),
    )


def _counts(system: str, kinds: Sequence[str]) -> dict[str, int]:
    """The codes by what their system calls them: categories of ICD-10-CM are codes, tables of ICD-10-PCS are not."""
    if system == "icd10pcs":
        return {"tables": kinds.count("category"), "codes": kinds.count("code")}
    counts = {"codes": kinds.count("category") + kinds.count("code")}
    if system == "icd10cm":
        counts["notes"] = 0
    if "modifier" in kinds:
        counts["modifiers"] = kinds.count("modifier")
    return counts


def _code(record: CodeRecord) -> Iterable[dict[str, Any]]:
    yield {
        "system": record.system,
        "code": record.code,
        "kind": record.kind,
        "parent": record.parent,
        "range_end": record.code.partition("-")[2] or None,
        "short": record.short,
        "long": record.long,
        "billable": record.billable,
        "position": record.order,
        "search_text": search_text(record),
    }


def _notes(record: CodeRecord) -> Iterable[dict[str, Any]]:
    for position, note in enumerate(record.notes):
        yield {"code": record.code, "kind": note.kind, "position": position, "text": note.text}
