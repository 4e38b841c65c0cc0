"""The tables, the index and the definitions of ICD-10-PCS, each a set of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final

from jobboard.codes.book_models import IndexTerm, PcsDefinition, PcsTable
from jobboard.codes.datasets import Dataset, Part
from jobboard.codes.importers.request import ImportRequest
from jobboard.codes.readers import icd10pcs_tables, icd10pcs_words
from jobboard.codes.readers.edition_told import edition_of
from jobboard.codes.readers.json_objects import is_json_object
from jobboard.codes.readers.opening import Source, only_source

SYSTEM: Final = "icd10pcs"
BODY_PART_AXIS: Final = 4


def read_tables(request: ImportRequest) -> list[Dataset]:
    """The tables with their rows; the counts say to how many codes they expand."""
    source = only_source(request.only_file(), _member("tables", "tabular"))
    tables = list(icd10pcs_tables.read_pcs_tables(source))
    counts = {
        "tables": len(tables),
        "rows": sum(len(table.rows) for table in tables),
        "codes": sum(1 for table in tables for _ in icd10pcs_tables.codes_of(table)),
    }
    return [_dataset(request, source, "tables", Part(PcsTable, tables, _table_rows), counts)]


def read_index(request: ImportRequest) -> list[Dataset]:
    """The index: terms with the beginnings of codes, or with the value that a key gives."""
    source = only_source(request.only_file(), _member("index"))
    terms = list(icd10pcs_words.read_pcs_index(source))
    counts = {"terms": len(terms)}
    return [_dataset(request, source, "index", Part(IndexTerm, terms, _index_rows), counts)]


def read_definitions(request: ImportRequest) -> list[Dataset]:
    """The definitions of values in XML, or a key to the body parts in JSON."""
    source = only_source(request.only_file(), _member("definitions", "body.?part"))
    if is_json_object(source):
        keys = list(icd10pcs_words.read_body_parts(source))
        part = Part(PcsDefinition, keys, _body_part_rows)
        return [_dataset(request, source, "body-parts", part, {"terms": len(keys)})]
    told = list(icd10pcs_words.read_pcs_definitions(source))
    definitions = [one for one in told if isinstance(one, icd10pcs_words.PcsDefinition)]
    devices = [one for one in told if isinstance(one, icd10pcs_words.PcsDeviceAggregate)]
    counts = {"definitions": len(definitions), "devices": len(devices)}
    parts = (Part(PcsDefinition, definitions, _definition_rows), Part(PcsDefinition, devices, _device_rows))
    return [_dataset(request, source, "definitions", parts, counts)]


def _member(*words: str) -> Callable[[str], bool]:
    return partial(_is_named, re.compile(rf"({'|'.join(words)})[^/]*\.(xml|json)$", re.IGNORECASE))


def _is_named(pattern: re.Pattern[str], name: str) -> bool:
    return pattern.search(name) is not None


def _dataset(
    request: ImportRequest, source: Source, kind: str, parts: Part | tuple[Part, ...], counts: dict[str, int]
) -> Dataset:
    told = edition_of(source, SYSTEM)
    key = re.search(rb'"version": "(20[0-9]{2})', source.start())
    label = told[0] if told else key[1].decode() if key else None
    named = request.edition_of(SYSTEM, source.name, label)
    parts = parts if isinstance(parts, tuple) else (parts,)
    return Dataset(SYSTEM, kind, named.label, named.begins, source.name, parts, counts)


def _axis(axis: icd10pcs_tables.PcsAxis) -> dict[str, Any]:
    return {"title": axis.title, "values": [[value.character, value.label] for value in axis.values]}


def _table_rows(table: icd10pcs_tables.PcsTable) -> Iterable[dict[str, Any]]:
    yield {
        "code": table.stem,
        "position": table.line,
        "axes": [
            {
                "title": axis.title,
                "value": axis.values[0].character,
                "label": axis.values[0].label,
                "definition": axis.definition,
            }
            for axis in table.axes
        ],
        "rows": [[_axis(axis) for axis in row] for row in table.rows],
    }


def _index_rows(term: icd10pcs_words.PcsIndexTerm) -> Iterable[dict[str, Any]]:
    for code in term.codes or ("",):
        yield {
            "position": term.line,
            "level": term.level,
            "path": " > ".join(term.path),
            "modifiers": "",
            "column": "",
            "code": code,
            "see": term.see,
            "see_also": "",
            "manifestation": "",
            "use": term.use,
        }


def _definition_rows(one: icd10pcs_words.PcsDefinition) -> Iterable[dict[str, Any]]:
    for title in one.titles:
        yield {
            "section": one.section,
            "axis": one.position,
            "term": title,
            "definition": one.definition,
            "explanation": one.explanation,
            "includes": list(one.includes),
        }


def _device_rows(one: icd10pcs_words.PcsDeviceAggregate) -> Iterable[dict[str, Any]]:
    yield {
        "section": "",
        "axis": 6,
        "term": one.parent,
        "definition": "",
        "explanation": f"{one.operation}: {', '.join(one.body_systems)}",
        "includes": [one.device],
    }


def _body_part_rows(key: icd10pcs_words.PcsBodyPart) -> Iterable[dict[str, Any]]:
    for name in key.names:
        yield {
            "section": "",
            "axis": BODY_PART_AXIS,
            "term": name,
            "definition": "",
            "explanation": "",
            "includes": [key.term],
        }
