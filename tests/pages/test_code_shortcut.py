"""From a code alone to its page, and what lets a browser search the codes."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from jobboard.codes.edition_choice import edition_on
from jobboard.database import db
from tests.codes.tiny_editions import load_tiny
from tests.conftest import Player

BEGINS = date(2025, 10, 1)


@pytest.fixture
def loaded(app: Flask) -> None:
    load_tiny(
        "icd10cm", "2026", BEGINS, [("E11", "Type 2", None, "category"), ("E11.65", "High sugar", "E11")]
    )
    load_tiny(
        "hcpcs",
        "2026-01",
        date(2026, 1, 1),
        [("E1165", "A chair"), ("J0120", "A drug"), ("LT", "Left", None, "modifier")],
    )
    load_tiny("msdrg", "2026", BEGINS, [("027", "Craniotomy")])


@pytest.mark.parametrize(
    ("typed", "led_to"),
    [
        ("77003", "/codes/cpt/77003"),
        ("e11.65", "/codes/icd10cm/E11.65"),
        ("E11.-", "/codes/icd10cm/E11"),
        ("j0120", "/codes/hcpcs/J0120"),
        ("27", "/codes/msdrg/027"),
        ("lt", "/codes/modifier/LT"),
        ("J9999", "/codes?q=J9999"),
        ("broken+arm", "/codes?q=broken%2Barm"),
        ("broken arm", "/codes?q=broken+arm"),
    ],
)
def test_a_code_leads_to_its_page(loaded: None, visitor: Player, typed: str, led_to: str) -> None:
    answer = visitor.get(f"/c/{typed}")
    assert (answer.status_code, answer.headers["Location"]) == (302, led_to)


def test_a_code_of_two_systems_asks_which(loaded: None, visitor: Player) -> None:
    answer = visitor.get("/c/e1165?on=2026-02-01")
    assert answer.status_code == 200
    soup = BeautifulSoup(answer.text, "html5lib")
    assert soup.h1.get_text() == "e1165: which code is meant?"
    assert [a["href"] for a in soup.select(".entry")] == [
        "/codes/icd10cm/E11.65?on=2026-02-01",
        "/codes/hcpcs/E1165?on=2026-02-01",
    ]
    assert "A chair" in soup.get_text()
    assert visitor.get("/c/e1165?on=never").status_code == 400


def test_a_licensed_edition_gives_nothing_away(loaded: None, visitor: Player) -> None:
    edition = edition_on("hcpcs")
    assert edition is not None
    edition.visible_to = "members"
    db.session.commit()
    assert visitor.get("/c/e1165").headers["Location"] == "/codes/icd10cm/E11.65"
    assert visitor.get("/c/J0120").headers["Location"] == "/codes?q=J0120"


def test_a_browser_may_add_the_search(app: Flask, visitor: Player) -> None:
    link = BeautifulSoup(visitor.get("/codes/cpt").text, "html5lib").select_one("link[rel=search]")
    answer = visitor.get(link["href"])
    assert answer.headers["Content-Type"].startswith("application/opensearchdescription+xml")
    spaces = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    tree = ElementTree.fromstring(answer.text)
    assert tree.find("o:Url", spaces).get("template") == "http://localhost/codes?q={searchTerms}"
    assert 0 < len(tree.find("o:ShortName", spaces).text) <= 16
