"""From diagnoses to elsewhere: the categories of CCSR, and ICD-9-CM by the general equivalence mappings (GEMs)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from jobboard.codes.datasets import Dataset, Part
from jobboard.codes.edition_datasets import codes_of
from jobboard.codes.icd10cm_order import dotted
from jobboard.codes.importers.code_lists import read_list
from jobboard.codes.importers.links import Link, relation
from jobboard.codes.importers.request import ImportRequest, WrongRequest
from jobboard.codes.models import CodeAttribute, CodeRelation
from jobboard.codes.readers.json_objects import is_json_object, json_object
from jobboard.codes.readers.opening import Source, SourceError, only_source
from jobboard.codes.readers.tables import Row, header_of, rows_of
from jobboard.codes.records import CodeRecord, EditionFile

_ICD10CM = re.compile(r"[A-Z][0-9A-Z]{2,6}")
_ICD9CM = re.compile(r"[0-9]{3,5}|V[0-9]{2,4}|E[0-9]{3,4}")
_CCSR = re.compile(r"[A-Z]{3}[0-9]{3}|XXX000|XXX111")
_NO_MAP: Final = frozenset({"", "NoDx", "NODX"})
_FLAGS: Final = ("approximate", "no_map", "combination", "scenario", "choice_list")
_VERSION = re.compile(r"v(20[0-9]{2})[-.]([0-9])", re.IGNORECASE)


def read_ccsr(request: ImportRequest) -> list[Dataset]:
    """The categories of each diagnosis, or its default one in JSON, and their labels; told by their headers."""
    datasets = []
    for path in request.files:
        source = only_source(path)
        version = _VERSION.search(source.name)
        named = request.edition_of("icd10cm", source.name, version[1] if version else None)
        is_json = is_json_object(source)
        header = set() if is_json else set(header_of(source))
        if is_json or {"icd10cm", "ccsr"} <= header:
            links = _default_categories(source) if is_json else _categories(source)
            part, counts = Part(CodeRelation, links, relation), {"relations": len(links)}
            kind = "ccsr"
        elif {"ccsr", "label"} <= header:
            labels = [(row["ccsr"], row["label"]) for row in rows_of(source, ("ccsr", "label"))]
            part, counts = Part(CodeAttribute, labels, _label), {"categories": len(labels)}
            kind = "ccsr-labels"
        else:
            raise SourceError(source.name, 1, "is neither a mapping to CCSR nor its labels")
        datasets.append(Dataset("icd10cm", kind, named.label, named.begins, source.name, (part,), counts))
    if len({dataset.kind for dataset in datasets}) < len(datasets):
        raise WrongRequest("two files of the same kind are given; import each edition by itself")
    return datasets


def read_gem(request: ImportRequest) -> list[Dataset]:
    """The mappings in one direction or in both, told by the first column."""
    datasets = []
    for path in request.files:
        source = only_source(path)
        links, unmapped = _gem(source)
        named = request.edition_of("icd10cm", source.name)
        counts = {"relations": len(links), "unmapped": unmapped}
        part = Part(CodeRelation, links, relation)
        system = links[0].system
        datasets.append(Dataset(system, "gem", named.label, named.begins, source.name, (part,), counts))
    if len({dataset.system for dataset in datasets}) < len(datasets):
        raise WrongRequest("two mappings of the same direction are given; import each by itself")
    return datasets


def read_icd9cm(request: ImportRequest) -> list[Dataset]:
    """The codes of ICD-9-CM that the GEMs name, without descriptions, which those lack; or a plain CSV."""
    source = only_source(request.only_file())
    if header_of(source)[:2] != ("icd9cm", "icd10cm"):
        return read_list("icd9cm", request)
    named = request.edition_of("icd9cm", source.name)
    codes: dict[str, int] = {}
    for row in rows_of(source, ("icd9cm",)):
        codes.setdefault(_icd9cm(row["icd9cm"], source, row.line), row.line)
    records: list[CodeRecord] = []
    categories: set[str] = set()
    for code in sorted(codes):
        stem = code.partition(".")[0]
        if stem not in categories:
            categories.add(stem)
            records.append(
                CodeRecord("icd9cm", stem, None, "category", "", "", stem in codes, len(records) + 1)
            )
        if code != stem:
            records.append(CodeRecord("icd9cm", code, stem, "code", "", "", True, len(records) + 1))
    if not records:
        raise SourceError(source.name, 1, "holds no code")
    return [codes_of(EditionFile("icd9cm", named.label, source.name, tuple(records)), named.begins)]


def _gem(source: Source) -> tuple[list[Link], int]:
    header = header_of(source)
    if header[:2] not in (("icd10cm", "icd9cm"), ("icd9cm", "icd10cm")):
        raise SourceError(
            source.name, 1, "the header of a mapping begins with icd10cm,icd9cm or icd9cm,icd10cm"
        )
    system, to_system = header[:2]
    links, unmapped = [], 0
    for row in rows_of(source, (system, to_system, *_FLAGS)):
        if row["no_map"] == "1" or row[to_system] in _NO_MAP:
            unmapped += 1
            continue
        code, to_code = (
            _icd10cm(row[name], source, row.line)
            if name == "icd10cm"
            else _icd9cm(row[name], source, row.line)
            for name in (system, to_system)
        )
        flags = [row[name] for name in _FLAGS]
        if not all(re.fullmatch(r"[0-9]", flag) for flag in flags):
            raise SourceError(source.name, row.line, "has a flag that is no digit")
        links.append(Link(system, code, "gem", to_system, to_code, "".join(flags)))
    if not links:
        raise SourceError(source.name, 1, "holds no mapping")
    return links, unmapped


def _categories(source: Source) -> list[Link]:
    return [_ccsr(row, source) for row in rows_of(source, ("icd10cm", "ccsr"))]


def _ccsr(row: Row, source: Source) -> Link:
    if not _CCSR.fullmatch(row["ccsr"]):
        raise SourceError(source.name, row.line, f"{row['ccsr'][:20]!r} is no category of CCSR")
    defaults = [name for name in ("ip_default", "op_default") if row[name] == "Y"]
    code = _icd10cm(row["icd10cm"], source, row.line)
    return Link("icd10cm", code, "ccsr", "ccsr", row["ccsr"], " ".join(defaults))


def _default_categories(source: Source) -> list[Link]:
    """Of an object in JSON the one category of each diagnosis: `{"A000": "DIG001", …}`."""
    links = []
    for typed, category in json_object(source).items():
        if not isinstance(category, str) or not _CCSR.fullmatch(category):
            raise SourceError(source.name, 1, f"{typed[:20]!r} has no category of CCSR")
        links.append(Link("icd10cm", _icd10cm(typed, source, 1), "ccsr", "ccsr", category, ""))
    if not links:
        raise SourceError(source.name, 1, "holds no mapping")
    return links


def _icd10cm(code: str, source: Source, line: int) -> str:
    if not _ICD10CM.fullmatch(code):
        raise SourceError(source.name, line, f"{code[:20]!r} is not a code of ICD-10-CM")
    return dotted(code)


def _icd9cm(code: str, source: Source, line: int) -> str:
    if not _ICD9CM.fullmatch(code):
        raise SourceError(source.name, line, f"{code[:20]!r} is not a code of ICD-9-CM")
    length = 4 if code.startswith("E") else 3
    return f"{code[:length]}.{code[length:]}" if len(code) > length else code


def _label(label: tuple[str, str]) -> Iterable[dict[str, Any]]:
    yield {"code": label[0][:12], "values": {"label": label[1]}}
