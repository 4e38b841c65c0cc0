"""What stands beside the codes of ICD-10-CM: notes, the indexes, the list exempt from POA, the conversion table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from jobboard.codes.book_models import IndexTerm
from jobboard.codes.changes import SUCCESSOR
from jobboard.codes.datasets import CONVERSION, Dataset, Part
from jobboard.codes.edition_choice import loaded_editions
from jobboard.codes.edition_datasets import datasets_of
from jobboard.codes.icd10cm_source import content_of, is_tabular, read_content
from jobboard.codes.importers.request import ImportRequest
from jobboard.codes.models import CodeAttribute, CodeRelation
from jobboard.codes.readers import icd10cm_index, icd10cm_lists
from jobboard.codes.readers.edition_told import edition_of
from jobboard.codes.readers.opening import Source, SourceError, only_source, sources_in
from jobboard.codes.records import CodeFileError
from jobboard.codes.release_names import release_named

SYSTEM: Final = "icd10cm"
_INDEX_MEMBER = re.compile(r"(index|drug|neoplasm|external)[^/]*\.(xml|csv)$", re.IGNORECASE)
_WORKBOOK = re.compile(r"\.xlsx$", re.IGNORECASE)


def read_notes(request: ImportRequest) -> list[Dataset]:
    """The notes of a tabular list; its codes too where no edition of that fiscal year is loaded."""
    content, name = content_of(request.only_file())
    if not is_tabular(content):
        raise CodeFileError(name, "line 1", "is not the tabular list in XML")
    file = read_content(content, name, release_named(SYSTEM, name))
    named = request.edition_of(SYSTEM, name, file.edition)
    datasets = datasets_of(file, named.label, named.begins)
    years = {each.label[:4] for each in loaded_editions(SYSTEM)}
    return datasets[1:] if named.label[:4] in years else datasets


def read_indexes(request: ImportRequest) -> list[Dataset]:
    """The alphabetic index, the tables of neoplasms and drugs and the external causes: a set for each that is there."""
    found: dict[str, tuple[Source, list[icd10cm_index.IndexTerm]]] = {}
    for path in request.files:
        sources = sources_in(path, lambda name: _INDEX_MEMBER.search(name) is not None)
        if not sources:
            raise SourceError(path.name, 0, "no index expected inside was found")
        for source in sources:
            terms = list(icd10cm_index.read_index(source))
            if not terms:
                raise SourceError(source.name, 0, "holds no term")
            if terms[0].table in found:
                raise SourceError(source.name, 0, f"is a second file of the kind {terms[0].table}")
            found[terms[0].table] = (source, terms)
    datasets = []
    for table, (source, terms) in found.items():
        told = edition_of(source)
        named = request.edition_of(SYSTEM, source.name, told[0] if told else None)
        counts = {table: sum(bool(term.code) for term in terms)}
        part = Part(IndexTerm, terms, _index_rows)
        datasets.append(Dataset(SYSTEM, table, named.label, named.begins, source.name, (part,), counts))
    return datasets


def read_poa(request: ImportRequest) -> list[Dataset]:
    """The codes that are exempt from reporting whether a diagnosis was present on admission."""
    source = only_source(request.only_file(), icd10cm_lists.is_poa_member)
    codes = list(icd10cm_lists.read_poa_exempt(source))
    return [_dataset(request, source, "poa", Part(CodeAttribute, codes, _poa_rows), {"codes": len(codes)})]


def read_conversion(request: ImportRequest) -> list[Dataset]:
    """The conversion table: from codes to those that took their place, with the fiscal year."""
    source = only_source(request.only_file(), lambda name: _WORKBOOK.search(name) is not None)
    rows = list(icd10cm_lists.read_conversions(source))
    part = Part(CodeRelation, rows, _conversion_rows)
    counts = {"rows": len(rows), "relations": sum(len(_earlier(row)) for row in rows)}
    return [_dataset(request, source, CONVERSION, part, counts)]


def _dataset(
    request: ImportRequest, source: Source, kind: str, part: Part, counts: dict[str, int]
) -> Dataset:
    told = edition_of(source)
    named = request.edition_of(SYSTEM, source.name, told[0] if told else None)
    return Dataset(SYSTEM, kind, named.label, named.begins, source.name, (part,), counts)


def _index_rows(term: icd10cm_index.IndexTerm) -> Iterable[dict[str, Any]]:
    yield {
        "position": term.line,
        "level": term.level,
        "path": " > ".join(term.path),
        "modifiers": term.modifiers,
        "column": term.column,
        "code": term.code,
        "see": term.see,
        "see_also": term.see_also,
        "manifestation": term.manifestation,
        "use": "",
    }


def _poa_rows(code: icd10cm_lists.PoaExempt) -> Iterable[dict[str, Any]]:
    yield {"code": code.code, "values": {"poa_exempt": True}}


def _conversion_rows(row: icd10cm_lists.Conversion) -> Iterable[dict[str, Any]]:
    for code in _earlier(row):
        yield {
            "system": SYSTEM,
            "code": code,
            "kind": SUCCESSOR,
            "to_system": SYSTEM,
            "to_code": row.code,
            "note": row.effective.isoformat(),
        }


def _earlier(row: icd10cm_lists.Conversion) -> Sequence[str]:
    """The single codes that were used before; a range or a beginning says too little to name a successor."""
    return [code for code in dict.fromkeys(row.previous) if code != row.code and "-" not in code]
