"""A handful of codes with an index line or two, and their index built as the worker builds it."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from jobboard.code_search.index import codes_index, table_keeper
from jobboard.code_search.rebuild import ensure_codes
from jobboard.codes.book_models import IndexTerm
from jobboard.codes.models import CodeRelation
from tests.codes.tiny_editions import load_rows, load_tiny

BEGINS = date(2025, 10, 1)
DIAGNOSES = [
    ("E00-E89", "Endocrine, nutritional and metabolic diseases", None, "chapter"),
    ("E11", "Type 2 diabetes mellitus", "E00-E89", "category"),
    ("E11.62", "Type 2 diabetes mellitus with skin complications", "E11", "category"),
    ("E11.621", "Type 2 diabetes mellitus with foot ulcer", "E11.62"),
    ("E11.9", "Type 2 diabetes mellitus without complications", "E11"),
    ("I00-I99", "Diseases of the circulatory system", None, "chapter"),
    ("I21", "Acute myocardial infarction", "I00-I99", "category"),
    ("I21.9", "Acute myocardial infarction, unspecified", "I21"),
    ("I10", "Essential (primary) hypertension", "I00-I99"),
    ("S72.92XA", "Unspecified fracture of left femur, initial encounter for closed fracture"),
    ("S72.91XA", "Unspecified fracture of right femur, initial encounter for closed fracture"),
    ("S72.92XS", "Unspecified fracture of left femur, sequela"),
]
SUPPLIES = [
    ("J1885", "Injection, ketorolac tromethamine, per 15 mg"),
    ("E0100", "Cane, includes canes of all materials, adjustable or fixed, with tip"),
    ("E1130", "Standard wheelchair, fixed full length arms"),
    ("LT", "Left side", None, "modifier"),
]
GROUPS = [("280", "Acute myocardial infarction, discharged alive with MCC")]


def build() -> None:
    """What the worker does when something was loaded."""
    with codes_index().writing(10) as index:
        ensure_codes(index)
    codes_index().rest(now=True)
    table_keeper().made()


def term(position: int, path: str, code: str) -> dict[str, object]:
    return {"position": position, "level": path.count(" > "), "path": path, "code": code}


def load_few() -> None:
    load_tiny("icd10cm", "2026", BEGINS, DIAGNOSES)
    load_tiny("hcpcs", "2026", date(2026, 1, 1), SUPPLIES)
    load_tiny("msdrg", "2026", BEGINS, GROUPS)
    lines = [term(1, "Sugar > sickness", "E11.9"), term(2, "Coronary > seizure", "I21.9")]
    load_rows("icd10cm", "index", "2026", BEGINS, IndexTerm, lines)
    mapped = {
        "system": "icd10cm",
        "code": "E11.621",
        "kind": "hcc",
        "to_system": "hcc",
        "to_code": "37",
        "note": "",
    }
    load_rows("icd10cm", "hcc", "2026", BEGINS, CodeRelation, [mapped])


@pytest.fixture
def few(app: Flask) -> None:
    """The codes, loaded and in the index."""
    load_few()
    build()
