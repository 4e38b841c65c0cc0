"""A table of ICD-10-PCS in the tables of 2025, and codes of 2027 that go beyond it."""

from __future__ import annotations

from datetime import date

from jobboard.codes.book_models import PcsDefinition, PcsTable
from tests.codes.tiny_editions import load_rows, load_tiny

ABOVE = [
    ("0", "Medical and surgical", None, "chapter"),
    ("0S", "Lower joints", "0", "block"),
    ("0SR", "Lower Joints, Replacement", "0S", "category"),
    ("0SW", "Lower Joints, Revision", "0S", "category"),
]


def values(title: str, *pairs: tuple[str, str]) -> dict[str, object]:
    return {"title": title, "values": [list(pair) for pair in pairs]}


TABLE = {
    "code": "0SR",
    "position": 1,
    "axes": [
        {"title": "Section", "value": "0", "label": "Medical and Surgical", "definition": ""},
        {"title": "Body System", "value": "S", "label": "Lower Joints", "definition": ""},
        {"title": "Operation", "value": "R", "label": "Replacement", "definition": "Putting in"},
    ],
    "rows": [
        [
            values("Body Part", ("9", "Hip Joint, Right"), ("B", "Hip Joint, Left")),
            values("Approach", ("0", "Open")),
            values("Device", ("1", "Metal"), ("3", "Ceramic")),
            values("Qualifier", ("9", "Cemented"), ("Z", "No Qualifier")),
        ],
        [
            values("Body Part", ("C", "Knee Joint, Right")),
            values("Approach", ("0", "Open")),
            values("Device", ("7", "Tissue")),
            values("Qualifier", ("Z", "No Qualifier")),
        ],
    ],
}


def load_pcs() -> None:
    """Tables of 2025; codes of 2027, which have no ceramic any more, a device Q, and a table 0SW of their own."""
    load_tiny(
        "icd10pcs",
        "2027",
        date(2026, 10, 1),
        [
            *ABOVE,
            ("0SR9019", "Right hip, metal, cemented", "0SR"),
            ("0SR901Z", "Right hip, metal", "0SR"),
            ("0SRB019", "Left hip, metal, cemented", "0SR"),
            ("0SR90QZ", "Right hip, something new", "0SR"),
            ("0SRC07Z", "Right knee, tissue", "0SR"),
            ("0SW90JZ", "Revise the right hip", "0SW"),
        ],
    )
    begins = date(2024, 10, 1)
    load_rows("icd10pcs", "tables", "2025", begins, PcsTable, [TABLE])
    told = {"section": "0", "axis": 5, "term": "Open", "definition": "Cutting through", "explanation": ""}
    load_rows("icd10pcs", "definitions", "2025", begins, PcsDefinition, [{**told, "includes": []}])
    key = {"section": "", "axis": 4, "term": "Hip Joint, Right", "definition": "", "explanation": ""}
    rows = [{**key, "includes": ["Acetabulum joint"]}]
    load_rows("icd10pcs", "body-parts", "2025", begins, PcsDefinition, rows)
