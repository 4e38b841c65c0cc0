"""A search for a day of service keeps the day, and says that it looks at the editions in force today."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from jobboard.code_search.finder import only_code
from jobboard.codes.rules import ANYBODY
from tests.code_search.conftest import build, load_few
from tests.codes.tiny_editions import load_tiny
from tests.conftest import Player

THEN = "2025-01-15"
NOTICE = "Search looks at the editions in force today"


@pytest.fixture
def two_years(app: Flask) -> None:
    """Diagnoses of today, and those of the year before, when E11.9 was worded otherwise and E11.5 was there."""
    load_few()
    above = [("E00-E89", "Glands", None, "chapter"), ("E11", "Type 2", "E00-E89", "category")]
    load_tiny(
        "icd10cm", "2025", date(2024, 10, 1), [*above, ("E11.5", "Gone", "E11"), ("E11.9", "Old", "E11")]
    )
    build()


def page(player: Player, path: str) -> BeautifulSoup:
    answer = player.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html5lib")


def said(soup: BeautifulSoup) -> str:
    return " ".join(soup.main.get_text(" ").split())


def test_a_search_for_another_day_says_what_it_looks_at(two_years: None, visitor: Player) -> None:
    text = said(page(visitor, f"/codes?q=myocardial&on={THEN}"))
    assert f"{NOTICE} On 15 January 2025 a code of ICD-10-CM may have been different or not there." in text
    assert NOTICE in said(page(visitor, f"/codes?q=zzzz&system=icd10cm&on={THEN}"))


@pytest.mark.parametrize(
    "asked",
    [
        "q=myocardial",
        "q=myocardial&on=2025-11-01",
        f"q=wheelchair&system=hcpcs&on={THEN}",
        f"q=left&system=modifier&on={THEN}",
        f"on={THEN}",
    ],
)
def test_where_the_same_editions_count_nothing_needs_saying(
    two_years: None, visitor: Player, asked: str
) -> None:
    assert NOTICE not in said(page(visitor, f"/codes?{asked}"))


def test_every_way_on_from_the_results_keeps_the_day(two_years: None, visitor: Player) -> None:
    for asked in ("q=myocardial", "q=myocardial&system=icd10cm&billable=yes", "q=zzzz&system=hcpcs"):
        soup = page(visitor, f"/codes?{asked}&on={THEN}")
        links = [a["href"] for a in soup.select("main a") if a["href"].startswith("/codes")]
        back = [link for link in links if f"on={THEN}" not in link]
        # The one that leads back to today.
        assert len(back) == 1
        assert "q=" in back[0]
        assert len(links) > 1
        forms = [form for form in soup.select("main form") if form["action"] == "/codes"]
        assert len(forms) == 3
        assert all(form.select_one(f"input[name=on][value='{THEN}']") for form in forms)
        assert f"on={THEN}" in soup.select_one("[data-suggest]")["data-suggest"]


def test_what_completes_the_box_leads_to_the_day(two_years: None, visitor: Player) -> None:
    def address(asked: str) -> str:
        return str(visitor.get(f"/codes/suggest?{asked}").json["suggestions"][0]["url"])

    assert address("q=E11.9") == "/codes/icd10cm/E11.9"
    assert address(f"q=E11.9&on={THEN}") == f"/codes/icd10cm/E11.9?on={THEN}"
    assert address("q=E11.9") == "/codes/icd10cm/E11.9"
    assert visitor.get("/codes/suggest?q=E11.9&on=yesterday").status_code == 400


def test_a_code_that_only_the_day_has_leads_to_its_page(two_years: None, visitor: Player) -> None:
    assert only_code("E11.5", "", ANYBODY) is None
    assert only_code("E11.5", "", ANYBODY, date(2025, 1, 15)) == ("icd10cm", "E11.5")
    answer = visitor.get(f"/codes?q=e115&on={THEN}")
    assert (answer.status_code, answer.location) == (302, f"/codes/icd10cm/E11.5?on={THEN}")
    # One that the day does not have has a page that tells since when it is there.
    assert visitor.get(f"/codes?q=E11.621&on={THEN}").location == f"/codes/icd10cm/E11.621?on={THEN}"
    assert "E11.9 Old" in page(visitor, f"/codes/icd10cm/E11.9?on={THEN}").h1.get_text()
