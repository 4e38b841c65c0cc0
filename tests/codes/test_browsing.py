"""Browsing a system: its chapters, what stands below, ranges of codes, long lists page by page."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from jobboard.codes.browsing import PAGE, counts_of, entries_below, entries_between, top_entries
from jobboard.codes.code_forms import page_form, shown
from jobboard.codes.edition_choice import edition_on
from jobboard.codes.models import Code, CodeEdition
from jobboard.database import db
from tests.codes.tiny_editions import load_tiny
from tests.conftest import Player

YEAR = date(2026, 1, 1)
HCPCS = [
    ("J", "Drugs", None, "chapter"),
    *[(f"J{number:04}", f"Drug {number}", "J") for number in range(1, 2 * PAGE + 2)],
    ("LT", "Left side", None, "modifier"),
    ("RT", "Right side", None, "modifier"),
]
CPT = [(code, f"Service {code}") for code in ("00100", "01999", "0075T", "0076T", "62320", "62327", "77003")]


def page(player: Player, path: str) -> BeautifulSoup:
    response = player.get(path)
    assert response.status_code == 200, path
    return BeautifulSoup(response.text, "html5lib")


def words(soup: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(each.get_text().split()) for each in soup.select(selector)]


def edition(system: str) -> CodeEdition:
    found = edition_on(system)
    assert found is not None
    return found


def codes(rows: list[Code]) -> list[str]:
    return [row.code for row in rows]


@pytest.mark.parametrize(
    ("system", "typed", "code", "for_the_eye"),
    [
        ("icd10cm", "e10 – e14", "E10-E14", "E10–E14"),
        ("icd10cm", "m54.1-M54.5", "M54.1-M54.5", "M54.1–M54.5"),
        ("icd10cm", "B20-B20", "B20-B20", "B20"),
        ("cpt", "62320—62327", "62320-62327", "62320–62327"),
        ("cpt", "62320-62320", "62320", "62320"),
        ("cpt", "62327-62320", None, None),
        ("cpt", "62320-0075T", None, None),
        ("hcpcs", "j", "J", "J"),
        ("hcpcs", "D", None, None),
        ("icd10pcs", "0s", "0S", "0S"),
        ("icd10pcs", "O", None, None),
        ("msdrg", "mdc-05", "MDC-05", "MDC 05"),
        ("msdrg", "1-9", "001-009", "001–009"),
        ("hcc", "9-100", "9-100", "9–100"),
        ("hcc", "v24-18", "V24-18", "V24-18"),
        ("nothing", "1-2", None, None),
        ("cpt", "1" * 99, None, None),
    ],
)
def test_what_has_a_page_has_one_form(
    system: str, typed: str, code: str | None, for_the_eye: str | None
) -> None:
    assert page_form(system, typed) == code
    if code is not None:
        assert shown(code) == for_the_eye
        assert page_form(system, code) == code


def test_long_lists_are_paged(app: Flask, visitor: Player) -> None:
    load_tiny("hcpcs", "2026-01", YEAR, HCPCS)
    letter = db.session.get(Code, ("hcpcs", edition("hcpcs").id, "J"))
    assert letter is not None
    first, last, beyond = (entries_below(letter, number) for number in (1, 3, 9))
    assert (len(first.rows), first.pages, first.total) == (PAGE, 3, 2 * PAGE + 1)
    assert codes(last.rows) == ["J0201"]
    assert (beyond.page, codes(beyond.rows)) == (3, ["J0201"])
    soup = page(visitor, "/codes/hcpcs/J?page=2")
    assert words(soup, ".entry-code")[0] == "J0101"
    assert [a["href"] for a in soup.select(".pagination a[rel]")] == [
        "/codes/hcpcs/J",
        "/codes/hcpcs/J?page=3",
    ]


def test_pages_of_a_list_keep_the_day(app: Flask, visitor: Player) -> None:
    load_tiny("hcpcs", "2026-01", YEAR, HCPCS)
    soup = page(visitor, "/codes/hcpcs/J?on=2026-02-01&page=2")
    assert [a["href"] for a in soup.select(".pagination a[rel]")] == [
        "/codes/hcpcs/J?on=2026-02-01",
        "/codes/hcpcs/J?page=3&on=2026-02-01",
    ]


def test_modifiers_come_with_the_edition_that_lists_them(app: Flask, visitor: Player) -> None:
    load_tiny("hcpcs", "2026-01", YEAR, HCPCS)
    assert words(page(visitor, "/codes/hcpcs"), ".entry-code") == ["J"]
    soup = page(visitor, "/codes/modifier")
    assert words(soup, ".entry-code") == ["LT", "RT"]
    assert "2 modifiers." in words(soup, ".page-head p")
    assert "Left side" in page(visitor, "/codes/modifier/LT").h1.get_text()


def test_a_system_without_chapters_lists_its_codes(app: Flask, visitor: Player) -> None:
    load_tiny("apc", "2026-01", YEAR, [("5012", "Clinic visits"), ("5021", "Level 1 visits")])
    assert codes(top_entries("apc", edition("apc")).rows) == ["5012", "5021"]
    counts = counts_of("apc", edition("apc"))
    assert (counts.codes, counts.billable, counts.chapters) == (2, 2, 0)
    soup = page(visitor, "/codes/apc")
    assert words(soup, ".code-band h2")[0] == "Codes"


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("62320-62327", ["62320", "62327"]),
        ("00100-01999", ["00100", "01999"]),
        ("0075T-0076T", ["0075T", "0076T"]),
        ("62321-62326", []),
    ],
)
def test_ranges_of_cpt_keep_lettered_codes_apart(app: Flask, code: str, found: list[str]) -> None:
    load_tiny("cpt", "2026", YEAR, CPT)
    assert codes(entries_between("cpt", edition("cpt"), code).rows) == found


def test_ranges_of_numbers_without_zeros_go_by_number(app: Flask) -> None:
    load_tiny("hcc", "2026", YEAR, [("9", "Nine"), ("10", "Ten"), ("85", "Heart"), ("V24-10", "Ten of V24")])
    assert codes(entries_between("hcc", edition("hcc"), "9-10").rows) == ["9", "10"]


def test_a_range_of_categories_has_a_page(app: Flask, visitor: Player) -> None:
    lines = [(f"E1{n}", f"Category {n}", None, "category") for n in (0, 1, 3)]
    lines[2:2] = [("E11.9", "Below", "E11")]
    load_tiny("icd10cm", "2027", date(2025, 10, 1), [*lines, ("E13.9", "Last", "E13")])
    soup = page(visitor, "/codes/icd10cm/E10-E14")
    assert words(soup, "h1") == ["ICD-10-CM E10–E14"]
    assert words(soup, ".entry-code") == ["E10", "E11", "E13"]
    assert words(page(visitor, "/codes/icd10cm/E11.9-E13.9"), ".entry-code") == ["E11.9", "E13", "E13.9"]
    answer = visitor.get("/codes/icd10cm/e10%20-%20e14")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/codes/icd10cm/E10-E14")
    assert visitor.get("/codes/icd10cm/F10-F14").status_code == 404
    assert visitor.get("/codes/cpt/62320-62327").status_code == 404


def test_a_moderator_is_told_how_to_load_what_is_missing(app: Flask, visitor: Player, mo: Player) -> None:
    assert words(page(mo, "/codes/modifier"), ".commands li") == [
        "jobboard codes fetch hcpcs",
        "jobboard codes import hcpcs FILE",
    ]
    assert words(page(mo, "/codes/icd10cm"), ".commands li") == ["jobboard codes import icd10cm"]
    soup = page(visitor, "/codes/hcpcs")
    assert words(soup, ".empty h2") == ["No edition of HCPCS is loaded here"]
    assert not soup.select(".commands")


def test_what_is_licensed_is_listed_for_nobody_else(app: Flask, visitor: Player, ana: Player) -> None:
    load_tiny("cpt", "2026", YEAR, CPT)
    found = edition("cpt")
    found.visible_to = "members"
    db.session.commit()
    for player in (visitor, ana):
        soup = page(player, "/codes/cpt")
        assert words(soup, ".empty h2") == ["The text of CPT is not open to everyone"]
        assert "Service" not in " ".join(words(soup, ".entry-words"))
        assert player.get("/codes/cpt/62320-62327").status_code == 404
        assert "Service 62320" not in player.get("/codes/cpt/62320").text
