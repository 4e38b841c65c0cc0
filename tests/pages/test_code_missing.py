"""A code that has no page: the answer is 404, says why the code is not here, and leads on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import update

from jobboard.codes.models import CodeEdition
from jobboard.database import db
from tests.codes.tiny_editions import load_tiny

if TYPE_CHECKING:
    from bs4 import Tag
    from flask import Flask

    from tests.conftest import Player

HEART = [
    ("I42", "Heart muscle", None, "category"),
    ("I42.0", "Wide heart", "I42", "category"),
    ("I42.00", "One", "I42.0"),
]


@pytest.fixture
def diagnoses(app: Flask) -> None:
    load_tiny("icd10cm", "2026", date(2025, 10, 1), HEART)


def answer(player: Player, path: str) -> Tag:
    response = player.get(path)
    assert response.status_code == 404
    soup = BeautifulSoup(response.text, "html5lib")
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"
    assert soup.select_one("link[rel=canonical]") is None
    return soup.select_one("main")


def said(main: Tag) -> str:
    return " ".join(main.get_text(" ").split())


@pytest.mark.parametrize(("code", "above"), [("I42.09", "I42.0"), ("I42.8", "I42"), ("I42.00XA", "I42.00")])
def test_an_edition_that_lacks_it_is_named_with_what_stands_above(
    diagnoses: None, visitor: Player, code: str, above: str
) -> None:
    main = answer(visitor, f"/codes/icd10cm/{code}")
    assert f"ICD-10-CM {code} is not here" in said(main)
    assert "Neither edition 2026 of ICD-10-CM nor any other that is open to you has this code" in said(main)
    assert [each["href"] for each in main.select(".entries a")] == [f"/codes/icd10cm/{above}"]
    assert main.select_one("input[name=q]")["value"] == code
    assert main.select_one(f'a[href="/jobs?q={code}"]')


def test_nothing_stands_above_a_category_that_is_not_there(diagnoses: None, visitor: Player) -> None:
    assert answer(visitor, "/codes/icd10cm/Z99.9").select(".entries") == []


def test_a_range_without_codes_is_a_range(diagnoses: None, visitor: Player) -> None:
    main = said(answer(visitor, "/codes/icd10cm/F10-F14"))
    assert "Edition 2026 of ICD-10-CM has no codes in this range, and no opening names one." in main
    assert "No opening names a code in this range." in said(answer(visitor, "/codes/cpt/99202-99215"))


def test_what_has_not_the_form_of_a_code_is_told_one(visitor: Player) -> None:
    main = answer(visitor, "/codes/hcpcs/walker")
    assert "“walker” has not the form of a code of HCPCS; J1100 has." in said(main)
    assert len(answer(visitor, "/codes/hcpcs/" + "<b>" * 100).select_one("h1").get_text()) < 70


def test_a_system_that_is_not_loaded_says_that_the_code_may_exist(visitor: Player) -> None:
    main = said(answer(visitor, "/codes/cpt/97110"))
    assert "No edition of CPT is loaded here" in main
    assert "the code may well exist" in main
    assert "copyright of the American Medical Association" in main


def test_a_licensed_edition_is_not_told_apart_by_what_it_lacks(
    app: Flask, visitor: Player, ana: Player
) -> None:
    load_tiny("cpt", "2026", date(2026, 1, 1), [("12345", "A wording of theirs")])
    db.session.execute(update(CodeEdition).values(visible_to="members", owner="The owner"))
    db.session.commit()
    for player in (visitor, ana):
        main = said(answer(player, "/codes/cpt/97110"))
        assert "licensed by The owner to members of this site" in main
        assert "No edition" not in main
