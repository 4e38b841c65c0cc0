"""The page of results, its box, the interface; and how they answer while there is no index."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from jobboard.code_search.chores import keep_the_codes
from jobboard.code_search.cli import codes_status
from tests.code_search.conftest import build, load_few
from tests.codes.tiny_editions import load_tiny
from tests.conftest import Player


def test_a_code_leads_to_its_page(few: None, visitor: Player) -> None:
    answer = visitor.get("/codes?q=e119")
    assert (answer.status_code, answer.location) == (302, "/codes/icd10cm/E11.9")
    assert visitor.get("/codes?q=E11.9&billable=yes").status_code == 200


def test_results_stand_by_system_with_links_and_filters(few: None, visitor: Player) -> None:
    text = visitor.get("/codes?q=acute+myocardial+infarction").text
    assert 'id="found-icd10cm"' in text
    assert 'id="found-msdrg"' in text
    assert "<mark>myocardial</mark>" in text
    assert "simpler search" not in text
    narrowed = visitor.get("/codes?q=acute+myocardial+infarction&system=icd10cm&billable=yes").text
    assert "I21.9" in narrowed
    assert 'href="/codes/icd10cm/I21"' not in narrowed
    assert "Look in all systems" in narrowed


def test_nothing_found_leads_on(few: None, visitor: Player) -> None:
    text = visitor.get("/codes?q=zzzz&system=hcpcs").text
    assert "No code matches" in text
    assert "Look without filters" in text


def test_the_words_of_a_search_are_text(few: None, visitor: Player) -> None:
    assert "<script>x" not in visitor.get("/codes?q=<script>x</script>&hcc=<script>x").text


def test_without_an_index_the_database_answers_and_says_so(app: Flask, visitor: Player) -> None:
    load_few()
    text = visitor.get("/codes?q=myocardial").text
    assert "simpler search for the moment" in text
    assert "I21.9" in text
    assert [one["code"] for one in visitor.get("/api/v1/codes?q=e119").json["results"]] == ["E11.9"]


def test_the_worker_builds_the_index_and_again_when_something_is_loaded(app: Flask) -> None:
    load_few()
    assert codes_status() == {"state": "missing", "documents": 0, "current": False}
    assert keep_the_codes() > 10
    assert keep_the_codes() == 0
    before = codes_status()
    assert (before["state"], before["current"]) == ("ready", True)
    load_tiny("apc", "2026", date(2026, 1, 1), [("5012", "Clinic visits and the like")])
    assert codes_status()["current"] is False
    assert keep_the_codes() == int(str(before["documents"])) + 1
    assert codes_status()["current"] is True


def test_a_box_is_completed_by_codes_and_words(few: None, visitor: Player) -> None:
    def suggested(asked: str) -> list[str]:
        return [one["value"] for one in visitor.get(f"/codes/suggest?{asked}").json["suggestions"]]

    assert suggested("q=e11.6") == ["E11.62", "E11.621"]
    assert suggested("q=foot+ul") == ["E11.621"]
    assert suggested("q=wheel") == ["E1130"]
    assert suggested("q=wheel&system=icd10cm") == []
    assert suggested("q=") == []
    first = visitor.get("/codes/suggest?q=wheel").json["suggestions"][0]
    assert (first["url"], first["kind"]) == ("/codes/hcpcs/E1130", "HCPCS")


@pytest.mark.parametrize(
    "system", ["icd10cm", "icd10pcs", "hcpcs", "msdrg", "apc", "hcc", "icd9cm", "cpt", "modifier"]
)
def test_the_interface_takes_every_system(few: None, visitor: Player, system: str) -> None:
    answer = visitor.get(f"/api/v1/codes?q=left&system={system}")
    assert answer.status_code == 200
    assert all(one["system"] == system for one in answer.json["results"])


def test_one_code_with_what_stands_around_it(few: None, visitor: Player) -> None:
    told = visitor.get("/api/v1/codes/icd10cm/e11.621").json
    assert (told["code"], told["billable"], told["edition"]["label"]) == ("E11.621", True, "2026")
    assert [one["code"] for one in told["parents"]] == ["E00-E89", "E11", "E11.62"]
    assert [(one["kind"], one["to_code"]) for one in told["relations"]] == [("hcc", "37")]
    above = visitor.get("/api/v1/codes/icd10cm/E11").json
    assert [one["code"] for one in above["children"]] == ["E11.62", "E11.9"]
    article = visitor.get("/api/v1/codes/cpt/77003").json
    assert article["article"]["title"]
    missing = visitor.get("/api/v1/codes/icd10cm/E11.8")
    assert (missing.status_code, missing.mimetype) == (404, "application/problem+json")
    assert visitor.get("/api/v1/codes/nothing/E11").status_code == 404


def test_an_index_of_other_words_is_never_shown(few: None, visitor: Player) -> None:
    # What the index still says of a replaced edition, the database does not show.
    load_tiny("msdrg", "2026", date(2025, 10, 1), [("281", "Something else")])
    assert "Acute myocardial infarction, discharged alive" not in visitor.get("/codes?q=alive+MCC").text
    build()
    assert "281" in visitor.get("/codes?q=something+else").text


def test_an_article_on_several_codes_is_one_line_that_leads_to_each(few: None, visitor: Player) -> None:
    page = BeautifulSoup(visitor.get("/codes?q=outpatient+visit&system=cpt").text, "html5lib")
    group = [each for each in page.select(".entries li") if each.select_one(".entry-others")]
    assert len(group) == 1
    codes = [each["href"] for each in group[0].select("a")]
    assert codes[0].startswith("/codes/cpt/992")
    assert len(set(codes)) == len(codes) > 3
    titles = [each.get_text() for each in page.select(".entries .entry-words")]
    assert len(set(titles)) == len(titles)
