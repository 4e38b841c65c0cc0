"""Editions of a handful of codes, made for a test: what differs between two of them is seen at a glance."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from jobboard.codes.datasets import Dataset, Part
from jobboard.codes.edition_datasets import codes_of
from jobboard.codes.loading import load_dataset
from jobboard.codes.models import CodeRelation
from jobboard.codes.records import CodeRecord, EditionFile, Kind
from jobboard.database import Model

Line = tuple[str, str] | tuple[str, str, str | None] | tuple[str, str, str | None, Kind]


def record(system: str, order: int, line: Line) -> CodeRecord:
    """A code from (code, description, code above, kind); a modifier belongs to the system "modifier"."""
    code, words = line[0], line[1]
    above = line[2] if len(line) > 2 else None
    kind: Kind = line[3] if len(line) > 3 else "code"
    named = "modifier" if kind == "modifier" else system
    return CodeRecord(named, code, above, kind, "", words, kind == "code", order)


def load_tiny(system: str, label: str, begins: date, lines: Iterable[Line]) -> None:
    """Load an edition of those lines, in their order, and put it in force."""
    records = tuple(record(system, order, line) for order, line in enumerate(lines, 1))
    load_dataset(codes_of(EditionFile(system, label, "tiny.txt", records), begins))


def load_successors(system: str, label: str, begins: date, pairs: Iterable[tuple[str, str]]) -> None:
    """Load a conversion table: (code, the code that took its place)."""
    rows = [
        {"system": system, "code": old, "kind": "successor", "to_system": system, "to_code": new, "note": ""}
        for old, new in pairs
    ]
    load_dataset(Dataset(system, "conversion", label, begins, "tiny.txt", (Part(CodeRelation, rows, _same),)))


def _same(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [row]


def load_rows(
    system: str, kind: str, label: str, begins: date, model: type[Model], rows: list[dict[str, Any]]
) -> None:
    """Load a set about a system from the rows of one table."""
    load_dataset(Dataset(system, kind, label, begins, "tiny.txt", (Part(model, rows, _same),)))
