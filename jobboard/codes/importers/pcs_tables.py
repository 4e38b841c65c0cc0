"""Puts a plain list of ICD-10-PCS codes under tables, which such a list does not name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from jobboard.codes.edition_choice import loaded_editions
from jobboard.codes.models import Code
from jobboard.codes.records import CodeRecord
from jobboard.database import db


def under_tables(records: Sequence[CodeRecord]) -> tuple[CodeRecord, ...]:
    """`records` under the tables that they make, with the titles that loaded editions have for them."""
    titles = _titles()
    placed: list[CodeRecord] = []
    seen: set[str] = set()
    for record in sorted(records, key=lambda each: each.code):
        table = record.code[:3]
        if table not in seen:
            seen.add(table)
            title = titles.get(table, f"Table {table}")
            placed.append(CodeRecord(record.system, table, None, "category", "", title, False, 0))
        placed.append(replace(record, parent=table))
    return tuple(placed)


def _titles() -> dict[str, str]:
    """The titles of the tables of all loaded editions, the latest first choice."""
    titles: dict[str, str] = {}
    for edition in loaded_editions("icd10pcs"):
        rows = db.session.execute(
            select(Code.code, Code.long).where(Code.edition_id == edition.id, Code.kind == "category")
        )
        titles.update({row.code: row.long for row in rows})
    return titles
