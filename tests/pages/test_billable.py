"""Whether a code may be billed is said of the systems that are billed, and of no other."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from tests.codes.tiny_editions import load_tiny
from tests.conftest import Player
from tests.pages.test_code_data import facts
from tests.pages.test_code_page import page, words

BEGINS = date(2025, 10, 1)


@pytest.fixture
def every_kind(app: Flask) -> None:
    load_tiny("hcc", "2026", BEGINS, [("38", "Diabetes with few complications", None, "category")])
    load_tiny("msdrg", "2026", BEGINS, [("470", "Major joint replacement")])
    load_tiny("apc", "2026", BEGINS, [("5112", "Joint procedures")])
    load_tiny("icd9cm", "2015", date(2014, 10, 1), [("250.00", "")])
    load_tiny("hcpcs", "2026", BEGINS, [("J1885", "A drug"), ("LT", "Left side", None, "modifier")])
    load_tiny(
        "icd10cm", "2026", BEGINS, [("E11", "Diabetes", None, "category"), ("E11.9", "Diabetes alone", "E11")]
    )


@pytest.mark.parametrize("path", ["hcc/38", "msdrg/470", "apc/5112", "modifier/LT"])
def test_what_is_not_billed_has_no_word_on_it(every_kind: None, visitor: Player, path: str) -> None:
    text = page(visitor, f"/codes/{path}").select_one("main").get_text().casefold()
    assert "billable" not in text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("hcpcs/J1885", "Billable"),
        ("icd10cm/E11.9", "Billable"),
        ("icd10cm/E11", "Not billable: choose a code below it"),
        ("icd9cm/250.00", "Not valid for services after 30 September 2015"),
    ],
)
def test_what_is_billed_says_so_and_what_ended_says_when(
    every_kind: None, visitor: Player, path: str, said: str
) -> None:
    assert words(page(visitor, f"/codes/{path}"), ".page-head .chip") == [said]


def test_an_ended_system_says_so_where_others_say_whether_to_bill(every_kind: None, visitor: Player) -> None:
    told = facts(page(visitor, "/codes/icd9cm/250.00"))
    assert told["Billable"] == "Not valid for services after 30 September 2015."


def test_results_say_it_of_billed_systems_only(every_kind: None, visitor: Player) -> None:
    soup = page(visitor, "/codes?q=diabetes")
    said = {
        words(entry, ".entry-code")[0]: words(entry, ".entry-system")[0] for entry in soup.select(".entry")
    }
    assert said == {"E11": "not billable", "E11.9": "", "38": ""}
    assert soup.select_one("select[name=billable]") is not None
    assert page(visitor, "/codes?q=diabetes&system=hcc").select_one("select[name=billable]") is None
