"""ICD-9-CM, which ended: no later edition is awaited, and where it has no wording its mappings stand in."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from jobboard.codes.models import CodeRelation
from tests.codes.test_code_system_pages import page, words
from tests.codes.tiny_editions import load_rows, load_tiny
from tests.conftest import Player


def mapped(code: str, to_code: str) -> dict[str, str]:
    return {
        "system": "icd9cm",
        "code": code,
        "kind": "gem",
        "to_system": "icd10cm",
        "to_code": to_code,
        "note": "10000",
    }


@pytest.fixture
def old_codes(app: Flask) -> None:
    load_tiny(
        "icd9cm",
        "2015",
        date(2014, 10, 1),
        [
            ("250", "", None, "category"),
            ("250.00", "", "250"),
            ("250.01", "", "250"),
            ("250.02", "With words of its own", "250"),
            ("249", "", None, "category"),
            ("249.0", "", "249", "category"),
            ("249.00", "", "249.0"),
            ("251.9", ""),
            ("E800", "", None, "category"),
            ("E800.0", "", "E800"),
        ],
    )
    load_tiny("icd10cm", "2026", date(2025, 10, 1), [("E11.9", "Diabetes alone"), ("E10.9", "Diabetes one")])
    rows = [
        mapped("249.00", "E10.9"),
        mapped("250.00", "E11.9"),
        mapped("250.01", "E10.9"),
        mapped("250.01", "E10.8"),
        mapped("E800.0", "V81.3"),
    ]
    load_rows("icd9cm", "gem", "2018", date(2017, 10, 1), CodeRelation, rows)


@pytest.mark.parametrize("path", ["/codes/icd9cm", "/codes/icd9cm/250.00"])
def test_an_ended_system_awaits_no_later_edition(old_codes: None, visitor: Player, path: str) -> None:
    soup = page(visitor, path)
    (said,) = words(soup, ".service-day p")
    assert said.startswith(
        "Edition 2015, in effect from 1 October 2014 to 30 September 2015. ICD-9-CM ended on"
    )
    assert "later edition" not in soup.get_text()
    assert not soup.select(".service-warning")


def test_modifiers_are_called_by_their_name(app: Flask, visitor: Player) -> None:
    load_tiny("hcpcs", "2020", date(2020, 1, 1), [("LT", "Left side", None, "modifier")])
    (said,) = words(page(visitor, "/codes/modifier/LT"), ".service-day p")
    assert "No later edition of HCPCS modifiers is loaded here" in said


def test_the_mapping_stands_in_for_wording(old_codes: None, visitor: Player) -> None:
    assert words(page(visitor, "/codes/icd9cm"), ".entry-words") == [
        "see E11.9 Diabetes alone and 2 more",
        "see E10.9 Diabetes one",
        "No description in this edition",
        "see V81.3",
    ]
    below = page(visitor, "/codes/icd9cm/250")
    assert words(below, "[aria-labelledby=below-title] .entry-words") == [
        "see E11.9 Diabetes alone",
        "see E10.8 and 1 more",
        "With words of its own",
    ]
    subcategory = page(visitor, "/codes/icd9cm/249")
    assert words(subcategory, "[aria-labelledby=below-title] .entry-words") == ["see E10.9 Diabetes one"]
    assert words(page(visitor, "/codes/icd9cm/250.00"), ".official") == [
        "No description in this edition: see E11.9 Diabetes alone"
    ]
    assert words(page(visitor, "/codes/icd9cm/251.9"), ".official") == ["No description in this edition."]
    listed = page(visitor, "/codes/icd9cm/250-251")
    assert "see E11.9 Diabetes alone" in words(listed, ".entry-words")


def test_similar_codes_without_wording_have_a_stand_in(old_codes: None, visitor: Player) -> None:
    (line,) = words(page(visitor, "/codes/icd9cm/250.00"), '.entry[href="/codes/icd9cm/250.01"] .entry-words')
    assert line.startswith("see E10.8")
    assert line.endswith("beside it under 250")
