"""A code's page: where the code stands, what holds for it, and the openings that work with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import event

from jobboard.codes.icd10cm_source import read_shipped
from jobboard.codes.loading import load_edition
from jobboard.codes.records import EditionFile
from jobboard.database import db
from jobboard.employers import actions as employers
from jobboard.employers.models import Company
from jobboard.postings import actions, linking
from jobboard.postings.content import Content, PlaceGiven
from jobboard.postings.models import Posting
from tests.conftest import Player

WORDS = "You will code outpatient charts of a busy clinic and answer the questions of its billing office."


@pytest.fixture(scope="session")
def endocrine() -> EditionFile:
    """The chapters that the tests speak of."""
    shipped = read_shipped()
    kept: set[str | None] = set()
    records = []
    for record in shipped.records:
        if record.code in ("E00-E89", "P00-P96") or record.parent in kept:
            kept.add(record.code)
            records.append(record)
    return replace(shipped, records=tuple(records))


@pytest.fixture
def edition(app: Flask, endocrine: EditionFile) -> EditionFile:
    load_edition(endocrine)
    return endocrine


@pytest.fixture
def clinic(eve: Player) -> Company:
    company = employers.found(eve.person, "Mercy Hospital", {"website": "https://mercy.example.org"})
    db.session.commit()
    return company


@pytest.fixture
def opening(clinic: Company, eve: Player, mo: Player) -> Callable[..., Posting]:
    """Makes openings of Eve's company whose texts name codes; `approved=False` leaves one in review."""

    def make(title: str, text: str, approved: bool = True) -> Posting:
        columns = {
            "title": title,
            "description": f"{WORDS} {text}",
            "arrangement": "on-site",
            "pay_basis": "hourly",
            "pay_least_cents": 2800,
            "pay_most_cents": 3400,
            "apply_by": "here",
        }
        terms = {"specialty": ["inpatient-acute"], "role": ["production-coder"], "employment": ["full-time"]}
        content = Content(columns=columns, terms=terms, places=[PlaceGiven("Austin", "TX")])
        posting = actions.draft(clinic, content, person_id=eve.person_id)
        actions.submit(posting, person_id=eve.person_id)
        if approved:
            actions.approve(posting, person_id=mo.person_id)
        db.session.commit()
        return posting

    return make


def page(player: Player, path: str) -> BeautifulSoup:
    response = player.get(path)
    assert response.status_code == 200, path
    return BeautifulSoup(response.text, "html5lib")


def words(soup: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(each.get_text().split()) for each in soup.select(selector)]


def titles(soup: BeautifulSoup) -> list[str]:
    return words(soup, ".job-title")


def test_a_billable_code_says_what_it_is_and_where_it_stands(edition: EditionFile, visitor: Player) -> None:
    soup = page(visitor, "/codes/icd10cm/E11.9")
    assert words(soup, "h1") == ["E11.9 Type 2 diabetes mellitus without complications"]
    assert words(soup, ".breadcrumbs li") == ["Codes", "ICD-10-CM", "E00–E89", "E08–E13", "E11", "E11.9"]
    assert "Billable" in words(soup, ".page-head .chip")
    assert "edition 2026-04, in effect from 1 April 2026" in " ".join(words(soup, ".service-day p"))
    assert words(soup, ".code-steps a")[0].startswith("E11.8 ")
    assert soup.select_one("link[rel=canonical]")["href"] == "http://localhost/codes/icd10cm/E11.9"


def test_the_search_comes_first_then_the_descriptions(edition: EditionFile, visitor: Player) -> None:
    soup = page(visitor, "/codes/icd10cm/E11.9")
    first = soup.select_one("main form")
    assert first.select_one("label").get_text() == "Search all medical codes"
    assert first.find_next("h1") is not None
    assert first.find_previous("h1") is None
    assert words(soup, "h2")[:2] == ["Official Description", "Notes"]
    assert words(soup, ".official") == ["Type 2 diabetes mellitus without complications"]
    assert words(page(visitor, "/codes/cpt/77003"), "h2")[:2] == [
        "Official Description",
        "Common Language Description",
    ]


def test_a_category_lists_its_codes_and_links_the_codes_in_its_notes(
    edition: EditionFile, visitor: Player
) -> None:
    soup = page(visitor, "/codes/icd10cm/E11")
    assert "Not billable: choose a code below it" in words(soup, ".page-head .chip")
    assert words(soup, ".entries .entry-code")[:2] == ["E11.0", "E11.1"]
    links = {link["href"] for link in soup.select(".code-notes a")}
    assert "/codes/icd10cm/E10" in links
    assert "/codes/icd10cm/O24.4" not in links  # not loaded here, so it stays text
    for link in sorted(links):
        assert visitor.get(link).status_code == 200, link


def test_notes_from_above_are_shown_with_their_origin(edition: EditionFile, visitor: Player) -> None:
    soup = page(visitor, "/codes/icd10cm/E11.9")
    assert words(soup, ".inherited summary") == [
        "E11 Type 2 diabetes mellitus",
        "E00–E89 Endocrine, nutritional and metabolic diseases",
    ]


def test_chapters_and_blocks_have_pages(edition: EditionFile, visitor: Player) -> None:
    assert words(page(visitor, "/codes/icd10cm/E00-E89"), ".entry-code")[:2] == ["E00–E07", "E08–E13"]
    assert words(page(visitor, "/codes/icd10cm/E08-E13"), ".entry-code") == [
        "E08",
        "E09",
        "E10",
        "E11",
        "E13",
    ]
    block = page(visitor, "/codes/icd10cm/P84-P84")
    assert words(block, "h1") == ["P84 Other problems with newborn"]
    assert words(block, ".entry-code") == ["P84"]


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [("E119", "E11.9"), ("e11.9", "E11.9"), ("E11.-", "E11"), ("e08-e13", "E08-E13"), ("E11.9 ", "E11.9")],
)
def test_any_way_to_type_a_code_leads_to_its_page(
    edition: EditionFile, visitor: Player, typed: str, canonical: str
) -> None:
    response = visitor.get(f"/codes/icd10cm/{typed}")
    assert response.status_code == 301
    assert response.headers["Location"] == f"/codes/icd10cm/{canonical}"


@pytest.mark.parametrize(
    "path",
    [
        "/codes/icd10cm/E12.9",
        "/codes/icd10cm/e129",
        "/codes/icd10cm/diabetes",
        "/codes/icd8/250.00",
        "/codes/cpt/97110",
        "/codes/cpt/E11.9",
        "/codes/hcpcs/J1885",
        "/codes/icd10cm/%00",
        "/codes/icd10cm/" + "9" * 300,
    ],
)
def test_what_is_no_code_here_has_no_page(
    edition: EditionFile, visitor: Player, ana: Player, path: str
) -> None:
    assert visitor.get(path).status_code == 404
    assert ana.get(path).status_code == 404


@pytest.mark.parametrize("code", ["77003", "76000"])
def test_an_article_stands_where_the_official_text_may_not(app: Flask, visitor: Player, code: str) -> None:
    soup = page(visitor, f"/codes/cpt/{code}")
    assert words(soup, "h1")[0].startswith(f"CPT {code} ")
    assert words(soup, "main h2")[1] == "Common Language Description"
    assert "copyright of the American Medical Association" in " ".join(words(soup, ".notice"))
    assert "Reviewed" in soup.get_text()


def test_a_cpt_code_has_a_page_while_a_listed_opening_names_it(
    visitor: Player, opening: Callable[..., Posting], eve: Player, mo: Player
) -> None:
    posting = opening("Clinic coder", "CPT 97110 daily.", approved=False)
    assert visitor.get("/codes/cpt/97110").status_code == 404
    assert eve.get("/codes/cpt/97110").status_code == 404
    actions.approve(posting, person_id=mo.person_id)
    db.session.commit()
    soup = page(visitor, "/codes/cpt/97110")
    assert words(soup, "h1") == ["CPT 97110"]
    assert titles(soup) == ["Clinic coder New"]
    assert "copyright of the American Medical Association" in " ".join(words(soup, ".notice"))
    actions.close(posting, person_id=eve.person_id, reason="filled")
    db.session.commit()
    assert visitor.get("/codes/cpt/97110").status_code == 404


def test_openings_come_exact_ones_first_then_ranges_families_and_codes_below(
    edition: EditionFile, visitor: Player, opening: Callable[..., Posting]
) -> None:
    opening("Exact", "ICD-10-CM E11.9 daily.")
    opening("Family", "ICD-10-CM E11.- daily.")
    opening("Range", "ICD-10-CM E10-E13 daily.")
    opening("Below", "ICD-10-CM E11.65 daily.")
    opening("Elsewhere", "ICD-10-CM I21.09 daily.")
    assert [each.removesuffix(" New") for each in titles(page(visitor, "/codes/icd10cm/E11.9"))] == [
        "Exact",
        "Range",
        "Family",
    ]
    assert {each.removesuffix(" New") for each in titles(page(visitor, "/codes/icd10cm/E11"))} == {
        "Exact",
        "Range",
        "Family",
        "Below",
    }
    assert len(titles(page(visitor, "/codes/icd10cm/E08-E13"))) == 4
    assert titles(page(visitor, "/codes/icd10cm/P84")) == []


def test_a_code_that_the_employer_dismissed_does_not_bring_its_opening(
    edition: EditionFile, visitor: Player, opening: Callable[..., Posting]
) -> None:
    posting = opening("Clinic coder", "ICD-10-CM E11.9 daily.")
    linking.dismiss(posting, [posting.codes[0].id])
    db.session.commit()
    assert titles(page(visitor, "/codes/icd10cm/E11.9")) == []


def test_a_page_without_openings_says_when_one_would_appear(edition: EditionFile, visitor: Player) -> None:
    assert "None is listed right now." in page(visitor, "/codes/icd10cm/E11.9").get_text()


def test_the_number_of_statements_does_not_grow_with_the_openings(
    edition: EditionFile, app: Flask, visitor: Player, opening: Callable[..., Posting]
) -> None:
    def statements() -> int:
        seen: list[str] = []
        db.session.remove()

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            page(visitor, "/codes/icd10cm/E11.9")
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    opening("One", "ICD-10-CM E11.9 daily.")
    with_one = statements()
    for number in range(7):
        opening(f"More {number}", "ICD-10-CM E11.9 daily.")
    assert statements() == with_one
