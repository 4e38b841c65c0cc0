"""The fixed corpus of the conformance suite: small postings for medical coders, and what each field can do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from search_index import Document, Integer, Interval, Intervals, Keyword, Schema, Text

DAY = 86_400
NOW = 1_790_000_000
SCHEMA = Schema(
    "postings",
    (
        Text("title", 8),
        Text("specialties", 5),
        Text("employer", 3),
        Text("place", 2),
        Text("body"),
        Keyword("specialty"),
        Keyword("credential"),
        Keyword("state", apart=True),
        Keyword("arrangement"),
        Keyword("source", count=False),
        Integer("posted"),
        Integer("pay"),
        Integer("openings"),
        Intervals("codes"),
    ),
    posted="posted",
    weight="openings",
    listed="posted",
    half_life_days=30,
)


def cpt(start: str, end: str | None = None) -> Interval:
    return Interval("cpt", start, end)


def icd(start: str, end: str | None = None) -> Interval:
    return Interval("icd10cm", start, end)


def icd_family(stem: str) -> Interval:
    return Interval("icd10cm", stem, family=True)


def hcpcs(start: str, end: str | None = None) -> Interval:
    return Interval("hcpcs", start, end)


def pcs_table(stem: str) -> Interval:
    return Interval("icd10pcs", stem, family=True)


def interval(written: str) -> Interval:
    """`cpt 93458`, `cpt 99202 to 99215` or, for a family, `icd10cm E11*`."""
    system, _, codes = written.partition(" ")
    start, _, end = codes.partition(" to ")
    return Interval(system, start.rstrip("*"), end or None, family=start.endswith("*"))


def posting(row: dict[str, Any]) -> Document:
    """A row of corpus.jsonl as a document of version 1, put up `days` before NOW; pay is in dollars an hour."""
    fields = dict(row)
    number, days = fields.pop("id"), fields.pop("days", None)
    fields["codes"] = [interval(written) for written in fields.get("codes", ())]
    fields["posted"] = None if days is None else NOW - days * DAY
    return Document(str(number), 1, fields)


CORPUS = tuple(
    posting(json.loads(line))
    for line in Path(__file__).with_name("corpus.jsonl").read_text(encoding="utf-8").splitlines()
)
