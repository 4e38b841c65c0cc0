"""What changed: an edition against the one before it, narrowed, as a CSV, and on the pages of the codes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from jobboard import clock
from jobboard.codes.change_csv import as_text
from jobboard.codes.change_list import history_of
from jobboard.codes.edition_choice import edition_labelled, edition_on
from jobboard.codes.rules import ANYBODY
from jobboard.codes.wording import ADDED, GONE, KEPT, Piece, marked
from jobboard.database import db
from tests.codes.tiny_editions import load_successors, load_tiny
from tests.conftest import Player

TOP = [("E00-E89", "Glands", None, "chapter"), ("S00-T88", "Injuries", None, "chapter")]
OLD = [
    *TOP,
    ("E11", "Type 2 diabetes", "E00-E89", "category"),
    ("E11.9", "Without complications", "E11"),
    ("S23", "Sprain", "S00-T88", "category"),
    ("S23.4", "Sprain of ribs and sternum", "S23"),
    ("S23.5", "=cmd sprain", "S23"),
]
NEW = [
    *TOP,
    ("E11", "Type 2 diabetes", "E00-E89", "category"),
    ("E11.9", "Without any complications", "E11"),
    ("E11.A", "In remission", "E11"),
    ("S23", "Sprain", "S00-T88", "category"),
    ("S23.4", "Sprain of ribs and sternum", "S23"),
]


@pytest.fixture
def two_years(app: Flask) -> Iterator[None]:
    """2027 has E11.A new, E11.9 reworded, and S23.5 no more: the conversion table names S23.4."""
    load_tiny("icd10cm", "2026", date(2025, 10, 1), OLD)
    load_tiny("icd10cm", "2027", date(2026, 10, 1), NEW)
    load_successors("icd10cm", "2027", date(2026, 10, 1), [("S23.5", "S23.4")])
    with clock.stopped_at(datetime(2026, 11, 29, 12, tzinfo=UTC)):
        yield


def page(player: Player, path: str) -> BeautifulSoup:
    response = player.get(path)
    assert response.status_code == 200, path
    return BeautifulSoup(response.text, "html5lib")


def words(soup: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(each.get_text().split()) for each in soup.select(selector)]


def test_words_are_marked_where_they_differ() -> None:
    assert marked("of back [any part]", "of back or flank [any part]") == [
        Piece(KEPT, "of back"),
        Piece(ADDED, "or flank"),
        Piece(KEPT, "[any part]"),
    ]
    assert marked("left hip", "right hip") == [Piece(GONE, "left"), Piece(ADDED, "right"), Piece(KEPT, "hip")]


def test_the_page_lists_what_an_edition_changed(two_years: None, visitor: Player) -> None:
    soup = page(visitor, "/codes/icd10cm/changes")
    assert words(soup, "h1") == ["What changed in ICD-10-CM on 1 October 2026"]
    assert words(soup, "#changes-title") == ["3 changes"]
    assert words(soup, ".change a.entry-code") == ["E11.9", "E11.A", "S23.5"]
    assert words(soup, ".change .chip") == ["Revised", "New", "Deleted"]
    assert words(soup, ".change ins") == ["Put in: any"]
    assert "In its place: S23.4." in words(soup, ".change p")[2]
    assert "Edition 2027 against 2026." in soup.get_text()
    for link in soup.select(".change a"):
        assert visitor.get(link["href"]).status_code == 200


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("kind=new", ["E11.A"]),
        ("within=e00 – e89", ["E11.9", "E11.A"]),
        ("within=S23", ["S23.5"]),
        ("q=WITHOUT any", ["E11.9"]),
        ("q=%25", []),
        ("kind=new&within=S", []),
    ],
)
def test_changes_are_narrowed(two_years: None, visitor: Player, query: str, codes: list[str]) -> None:
    soup = page(visitor, f"/codes/icd10cm/changes?{query}")
    assert words(soup, ".change a.entry-code") == codes
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"
    if not codes:
        assert words(soup, ".empty h2") == ["No change matches"]


@pytest.mark.parametrize(
    ("query", "field"), [("kind=gone", "“kind”"), ("within=<b>", "“within”"), ("on=x", "“on”")]
)
def test_a_wrong_value_is_refused_by_its_field(
    two_years: None, visitor: Player, query: str, field: str
) -> None:
    for path in ("changes", "changes.csv"):
        answer = visitor.get(f"/codes/icd10cm/{path}?{query}")
        assert answer.status_code == 400
        assert field in answer.text


def test_the_file_holds_what_the_page_shows_and_no_formula(two_years: None, visitor: Player) -> None:
    answer = visitor.get("/codes/icd10cm/changes.csv?kind=deleted")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="icd10cm-2027-changes.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert rows == [
        {
            "change": "deleted",
            "code": "S23.5",
            "billable": "yes",
            "description": "'=cmd sprain",
            "description before": "",
            "successors": "S23.4",
            "now a heading for": "",
        }
    ]
    assert [as_text(each) for each in ("-1", "@x", "\t=1", "a-1")] == ["'-1", "'@x", "'\t=1", "a-1"]


@pytest.fixture
def split(app: Flask) -> None:
    """2027 cuts I42.0 in two, of which the conversion table knows I42.09 and I43; I42 was never billable."""
    heart = ("I42", "Heart", None, "category")
    load_tiny("icd10cm", "2026", date(2025, 10, 1), [heart, ("I42.0", "Dilated", "I42"), ("I43", "Other")])
    load_tiny(
        "icd10cm",
        "2027",
        date(2026, 10, 1),
        [
            ("I42", "Muscle of the heart", None, "category"),
            ("I42.0", "Dilated", "I42", "category"),
            ("I42.00", "Dilated, one", "I42.0"),
            ("I42.09", "Dilated, other", "I42.0"),
            ("I43", "Other"),
        ],
    )
    load_successors("icd10cm", "2027", date(2026, 10, 1), [("I42.0", "I42.09"), ("I42.0", "I43")])


def test_a_code_that_is_a_heading_now_counts_as_deleted(split: None, visitor: Player) -> None:
    with clock.stopped_at(datetime(2026, 11, 29, 12, tzinfo=UTC)):
        soup = page(visitor, "/codes/icd10cm/changes?kind=deleted")
        assert words(soup, ".change a.entry-code") == ["I42.0"]
        assert words(soup, ".change .chip") == ["Deleted"]
        assert words(soup, ".change p") == [
            "Dilated Deleted as a billable code; now a heading for I42.00, I42.09. In its place: I43."
        ]
        assert words(soup, "#kind option") == ["All (4)", "New (2)", "Revised (1)", "Deleted (1)"]
        revised = page(visitor, "/codes/icd10cm/changes?kind=revised")
        assert words(revised, ".change a.entry-code") == ["I42"]
        (row,) = csv.DictReader(io.StringIO(visitor.get("/codes/icd10cm/changes.csv?kind=deleted").text))
        assert (row["change"], row["code"], row["billable"]) == ("deleted", "I42.0", "no")
        assert (row["successors"], row["now a heading for"]) == ("I42.09 I43", "I42.00 I42.09")


def test_the_page_of_a_code_that_is_a_heading_now_says_so(split: None, visitor: Player) -> None:
    with clock.stopped_at(datetime(2026, 11, 29, 12, tzinfo=UTC)):
        soup = page(visitor, "/codes/icd10cm/I42.0")
        assert "Deleted as a billable code on 1 October 2026" in words(soup, ".page-head .chip")
        assert "now a heading for I42.00, I42.09" in words(soup, ".history p")[0]
        assert words(soup, ".history .chip")[0] == "Deleted"
        assert not soup.select(".notice")


def test_what_cannot_be_compared_says_so(app: Flask, visitor: Player) -> None:
    assert words(page(visitor, "/codes/apc/changes"), ".empty h2") == ["No edition of APC is loaded here"]
    load_tiny("icd10cm", "2026", date(2025, 10, 1), OLD)
    assert words(page(visitor, "/codes/icd10cm/changes"), ".empty h2") == ["There is nothing to compare"]
    assert visitor.get("/codes/icd10cm/changes.csv").status_code == 404
    assert visitor.get("/codes/nothing/changes").status_code == 404


def test_an_edition_that_changed_nothing_says_so(app: Flask, visitor: Player) -> None:
    load_tiny("icd10cm", "2026", date(2025, 10, 1), OLD)
    load_tiny("icd10cm", "2026-04", date(2026, 4, 1), OLD)
    assert words(page(visitor, "/codes/icd10cm/changes?on=2026-05-01"), ".empty h2") == ["Nothing changed"]


def test_the_page_of_a_system_leads_to_what_changed(two_years: None, visitor: Player) -> None:
    soup = page(visitor, "/codes/icd10cm")
    assert "What changed on 1 October 2026" in words(soup, ".actions a")
    assert words(soup, ".entry[aria-current] .entry-code") == ["2027"]


def test_a_deleted_code_keeps_its_page(two_years: None, visitor: Player) -> None:
    soup = page(visitor, "/codes/icd10cm/S23.5")
    assert words(soup, "h1") == ["S23.5 =cmd sprain"]
    assert words(soup, ".notice-title") == ["Deleted on 1 October 2026"]
    assert [a["href"] for a in soup.select(".notice a")] == ["/codes/icd10cm/S23.4"]
    assert words(soup, ".page-head .chip") == ["Not in edition 2027"]
    before = page(visitor, "/codes/icd10cm/S23.5?on=2026-09-30")
    assert words(before, ".page-head .chip") == ["Billable"]
    assert not before.select(".notice")


def test_a_code_that_is_not_yet_there_says_from_when(two_years: None, visitor: Player) -> None:
    soup = page(visitor, "/codes/icd10cm/E11.A?on=2026-09-30")
    assert words(soup, ".notice-title") == ["Not in edition 2026"]
    assert "in the reference from 1 October 2026" in words(soup, ".notice p")[1]


def test_a_codes_page_says_what_happened_to_it(two_years: None, visitor: Player) -> None:
    new = page(visitor, "/codes/icd10cm/E11.A")
    assert words(new, ".page-head .chip") == ["Billable", "New on 1 October 2026"]
    revised = page(visitor, "/codes/icd10cm/E11.9")
    assert "Revised on 1 October 2026" in words(revised, ".page-head .chip")
    assert words(revised, ".history ins") == ["Put in: any"]
    assert words(revised, ".history .entry-code") == ["2027", "2026"]
    assert (
        "In this reference since its earliest edition, of 1 October 2025" in words(revised, ".history p")[1]
    )


def test_history_knows_the_first_and_the_last_edition(two_years: None) -> None:
    found = history_of("icd10cm", "S23.5", edition_on("icd10cm"), ANYBODY)
    assert found is not None
    assert found.deleted is not None
    assert (found.since.label, found.until.label, found.held_by.label) == ("2026", "2026", "2026")
    assert found.deleted.successors == ["S23.4"]
    assert history_of("icd10cm", "Z99", edition_on("icd10cm"), ANYBODY) is None


def test_what_is_licensed_is_compared_for_nobody_else(two_years: None, visitor: Player) -> None:
    old = edition_labelled("icd10cm", "2026")
    assert old is not None
    old.visible_to = "members"
    db.session.commit()
    soup = page(visitor, "/codes/icd10cm/changes")
    assert words(soup, ".empty h2") == ["There is nothing to compare"]
    assert visitor.get("/codes/icd10cm/changes.csv").status_code == 404
    assert "cmd sprain" not in visitor.get("/codes/icd10cm/S23.5").text
    assert "Put in" not in page(visitor, "/codes/icd10cm/E11.9").get_text()
