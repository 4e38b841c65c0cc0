"""How a schema becomes a cluster's mapping, and a document becomes a cluster's source.

`index.json` is the mapping to read: settings, our own fields, and how each kind of field is mapped. Our own fields:
`_live` (true for documents; a deletion stays as a document without it, so that an older write cannot bring the thing
back), `_number` (a decimal id as a number) and `_name` (any other id), `_rank` (posted time, 0 where there is none),
`_beyond` (by how much the weight exceeds 1, where it does), `_words` (see `documents.WORDS`). No source is
kept: the database has it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from search_index.documents import Deletion, Document, analysed, decimal
from search_index.intervals import mention_terms
from search_index.schema import Field, Integer, Intervals, Keyword, Schema, Text

FORMAT = 1


@cache
def _file() -> Mapping[str, Any]:
    told: Mapping[str, Any] = json.loads(Path(__file__).with_name("index.json").read_text(encoding="utf-8"))
    return told


def fingerprint(schema: Schema) -> str:
    """Return what tells this schema under this mapping from any other; fit for the name of an alias."""
    return f"{schema.fingerprint}-{FORMAT}"


def index_body(schema: Schema, alias: str) -> dict[str, Any]:
    """Return what an index of `schema`, to be searched through `alias`, is created with."""
    mappings = _file()["mappings"]
    properties = {field.name: _mapped(field) for field in schema.fields}
    return {
        "settings": {"index": _file()["settings"]},
        "mappings": {
            **mappings,
            "_meta": {"index": alias, "fingerprint": fingerprint(schema)},
            "properties": {**mappings["properties"], **properties},
        },
    }


def searched_settings() -> Mapping[str, Any]:
    """Return the settings of an index that is loaded and going to be searched."""
    settings: Mapping[str, Any] = _file()["settings once it is searched"]
    return settings


def _mapped(field: Field) -> Mapping[str, Any]:
    match field:
        case Text():
            kind = "text"
        case Keyword():
            kind = "keyword" if field.count else "uncounted keyword"
        case Integer():
            kind = "integer"
        case Intervals():
            kind = "intervals"
    mapped: Mapping[str, Any] = _file()["fields"][kind]
    return mapped


def source(schema: Schema, change: Document | Deletion) -> dict[str, Any]:
    """Return `change` as a cluster takes it. Raises `ValueError` naming the field that cannot be taken."""
    if isinstance(change, Deletion):
        return {}
    taken: dict[str, Any] = dict(analysed(schema, change))
    for intervals in schema.of(Intervals):
        if intervals.name in taken:
            taken[intervals.name] = sorted(mention_terms(taken[intervals.name]))
    number = decimal(change.id)
    own: dict[str, Any] = {"_live": True, "_rank": taken.get(schema.posted or "", 0)}
    own |= {"_name": change.id} if number is None else {"_number": number}
    if schema.weight and taken.get(schema.weight, 1) > 1:
        own["_beyond"] = taken[schema.weight] - 1
    return taken | own
