"""`/codes` and the page of each system, for anyone, with and without an edition."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from jobboard.codes.records import EditionFile
from tests.conftest import Player


def page(player: Player, path: str) -> BeautifulSoup:
    response = player.get(path)
    assert response.status_code == 200, path
    return BeautifulSoup(response.text, "html5lib")


def words(soup: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(each.get_text().split()) for each in soup.select(selector)]


def test_the_front_of_the_reference_names_every_system(loaded: EditionFile, visitor: Player) -> None:
    soup = page(visitor, "/codes")
    assert words(soup, "h1") == ["Look up codes"]
    names = words(soup, ".systems h3")
    assert "ICD-10-CM" in names
    assert "CPT (HCPCS Level I)" in names
    assert "Edition 2026-04" in words(soup, ".systems .chip")
    codes = sum(record.kind in ("category", "code") for record in loaded.records)
    assert f"{codes:,} codes" in words(soup, ".systems .quiet")
    for link in soup.select(".systems h3 a, .entries a"):
        assert visitor.get(link["href"]).status_code == 200


def test_the_box_finds_codes_and_leads_to_their_pages(loaded: EditionFile, visitor: Player) -> None:
    soup = page(visitor, "/codes?q=type 2 diabetes mellitus")
    first = soup.select_one(".entry")
    assert first["href"] == "/codes/icd10cm/E11"
    assert words(soup, ".entry-system")[0] == "not billable"
    assert visitor.get(first["href"]).status_code == 200
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"
    assert soup.select_one("input[name=q]")["value"] == "type 2 diabetes mellitus"


def test_a_search_within_one_system_says_so(loaded: EditionFile, visitor: Player) -> None:
    soup = page(visitor, "/codes?q=77003&system=icd10cm")
    assert "In ICD-10-CM only." in soup.get_text()
    assert words(soup, ".empty h2") == ["No code matches"]
    assert visitor.get("/codes?q=77003&system=cpt").location == "/codes/cpt/77003"


def test_what_is_asked_is_shown_as_text(loaded: EditionFile, visitor: Player) -> None:
    soup = page(visitor, "/codes?q=<script>alert(1)</script>&system=<b>")
    assert words(soup, "h1") == ["Codes for “<script>alert(1)</script>”"]


@pytest.mark.parametrize("query", ["x" * 5000, "%00", "%F0%9F%A9%BA", "'--", "%"])
def test_odd_questions_get_an_answer(loaded: EditionFile, visitor: Player, query: str) -> None:
    page(visitor, f"/codes?q={query}")


def test_a_system_shows_its_chapters(loaded: EditionFile, visitor: Player) -> None:
    soup = page(visitor, "/codes/icd10cm")
    assert words(soup, "h1") == ["ICD-10-CM"]
    assert words(soup, ".entry-code") == ["E00–E89", "P00–P96", "R00–R99"]
    assert "in effect from 1 April 2026" in soup.get_text()


def test_cpt_shows_its_articles_and_a_word_on_the_licence(app: Flask, visitor: Player) -> None:
    soup = page(visitor, "/codes/cpt")
    shown = words(soup, ".entry > .entry-code")
    assert shown == sorted(shown)
    assert {"76000", "77003", "99202", "99213"} <= set(shown)
    assert "99214" not in shown
    assert words(soup, ".entry-others a") == ["99203", "99204", "99205", "99211", "99212", "99214", "99215"]
    assert "copyright of the American Medical Association" in " ".join(words(soup, ".notice"))


def test_a_system_without_an_edition_says_so(app: Flask, visitor: Player) -> None:
    assert words(page(visitor, "/codes/hcpcs"), ".empty h2") == ["No edition of HCPCS is loaded here"]
    soup = page(visitor, "/codes?q=E11.9")
    assert words(soup, ".empty h2") == ["No code edition is loaded yet"]


def test_a_code_typed_at_a_system_leads_to_its_page(loaded: EditionFile, visitor: Player) -> None:
    response = visitor.get("/codes/icd10cm?code=e119")
    assert response.status_code == 302
    assert response.headers["Location"] == "/codes/icd10cm/E11.9"


def test_an_unknown_system_is_not_here(app: Flask, visitor: Player, ana: Player) -> None:
    assert visitor.get("/codes/icd12").status_code == 404
    assert ana.get("/codes/icd12").status_code == 404


@pytest.mark.parametrize("path", ["/codes", "/codes/icd10cm", "/codes/cpt/77003", "/api/v1/codes?q=77003"])
def test_the_reference_is_for_the_whole_cast(
    app: Flask, ana: Player, eve: Player, mo: Player, path: str
) -> None:
    for player in (ana, eve, mo):
        assert player.get(path).status_code == 200
