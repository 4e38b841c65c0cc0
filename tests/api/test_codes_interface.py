"""`GET /api/v1/codes`: results best first, and a problem that names the parameter at fault."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from jobboard.codes.loading import load_edition
from jobboard.codes.records import CodeRecord, EditionFile
from tests.codes.tiny_editions import load_tiny
from tests.conftest import Player


@pytest.fixture
def diabetes(app: Flask) -> None:
    rows = [
        ("E00-E89", None, "chapter", "Endocrine, nutritional and metabolic diseases"),
        ("E08-E13", "E00-E89", "block", "Diabetes mellitus"),
        ("E11", "E08-E13", "category", "Type 2 diabetes mellitus"),
        ("E11.6", "E11", "code", "Type 2 diabetes mellitus with other specified complications"),
        ("E11.65", "E11.6", "code", "Type 2 diabetes mellitus with hyperglycemia"),
        ("E11.9", "E11", "code", "Type 2 diabetes mellitus without complications"),
    ]
    records = tuple(
        CodeRecord("icd10cm", code, parent, kind, "", words, code in ("E11.65", "E11.9"), order)  # type: ignore[arg-type]
        for order, (code, parent, kind, words) in enumerate(rows, 1)
    )
    load_edition(EditionFile("icd10cm", "2026", "rows", records))


def test_a_code_in_any_spelling_comes_first_and_links_to_its_page(diabetes: None, visitor: Player) -> None:
    response = visitor.get("/api/v1/codes?q=e119")
    assert response.status_code == 200
    assert response.json == {
        "results": [
            {
                "system": "icd10cm",
                "code": "E11.9",
                "description": "Type 2 diabetes mellitus without complications",
                "url": "http://localhost/codes/icd10cm/E11.9",
            }
        ]
    }
    assert visitor.get("/codes/icd10cm/E11.9").status_code == 200


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("q=E11", ["E11", "E11.6", "E11.65", "E11.9"]),
        ("q=E11&size=2", ["E11", "E11.6"]),
        ("q=type+2+diabetes+mellitus&size=1", ["E11"]),
        ("q=hyperglycemia&system=icd10cm", ["E11.65"]),
        ("q=hyperglycemia&system=hcpcs", []),
        ("q=77003", ["77003"]),
        ("q=", []),
        ("", []),
        ("q=nothing+like+it", []),
    ],
)
def test_results_are_best_first_and_limited(
    diabetes: None, visitor: Player, asked: str, codes: list[str]
) -> None:
    response = visitor.get(f"/api/v1/codes?{asked}")
    assert response.status_code == 200
    assert [each["code"] for each in response.json["results"]] == codes


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("q=x&size=0", "size"),
        ("q=x&size=101", "size"),
        ("q=x&size=ten", "size"),
        ("q=x&size=-1", "size"),
        ("q=x&size=" + "9" * 30, "size"),
        ("q=x&size=000000020" + "0" * 30, "size"),
        ("q=x&size=", "size"),
        ("q=x&system=icd9", "system"),
        ("q=x&page=2", "page"),
        ("q=x&q=y", "q"),
        ("q=" + "x" * 201, "q"),
    ],
)
def test_a_wrong_parameter_is_named(app: Flask, visitor: Player, asked: str, named: str) -> None:
    response = visitor.get(f"/api/v1/codes?{asked}")
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"
    assert response.json["status"] == 400
    assert named in response.json["detail"]


def test_only_codes_of_billed_systems_are_told_billable_or_not(diabetes: None, visitor: Player) -> None:
    load_tiny("hcc", "2026", date(2026, 1, 1), [("38", "Diabetes")])
    told = {
        path: visitor.get(f"/api/v1/codes/{path}").json["billable"]
        for path in ("icd10cm/E11.9", "icd10cm/E11", "hcc/38")
    }
    assert told == {"icd10cm/E11.9": True, "icd10cm/E11": False, "hcc/38": None}
