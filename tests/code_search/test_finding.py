"""What is typed finds its codes: codes, ranges, words in any order, other words for them, slips; filters narrow."""

from __future__ import annotations

import pytest

from jobboard.code_search.finder import find, only_code
from jobboard.code_search.request import CodeSearch
from jobboard.codes.rules import ANYBODY

pytestmark = pytest.mark.usefixtures("few")


def codes(q: str, **filters: str) -> list[str]:
    results = find(CodeSearch(q, **filters))
    assert not results.degraded
    return [hit.code for hit in results.hits]


@pytest.mark.parametrize("typed", ["E11.9", "e119", "E 11.9"])
def test_a_code_in_any_form_is_found_alone(typed: str) -> None:
    assert codes(typed) == ["E11.9"]


def test_a_beginning_finds_what_begins_so_in_the_order_of_the_book() -> None:
    assert codes("e11.-") == ["E11", "E11.62", "E11.621", "E11.9"]


@pytest.mark.parametrize("typed", ["I10-I21", "i10 – i21", "I10 to I21"])
def test_a_range_finds_what_lies_in_it(typed: str) -> None:
    assert set(codes(typed)) == {"I10", "I21", "I21.9"}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("MI", {"I21", "I21.9"}),
        ("heart attack", {"I21", "I21.9"}),
        ("coronary seizure", {"I21.9"}),
        ("sugar sickness", {"E11.9"}),
        ("htn", {"I10"}),
        ("femur fracture left initial", {"S72.92XA"}),
        ("fracture, femur, left, sequela", {"S72.92XS"}),
        ("fracture femur left 7th character S", {"S72.92XS"}),
        ("diabets foot ulcr", {"E11.621"}),
        ("type 2 diab", {"E11"}),
        ("toradol", {"J1885"}),
        ("canes", {"E0100"}),
    ],
)
def test_words_find_their_code_first(typed: str, first: set[str]) -> None:
    assert codes(typed)[0] in first


def test_a_slip_is_told() -> None:
    assert find(CodeSearch("hypertenson")).corrected == {"hypertenson": "hypertens"}


def test_a_word_that_is_a_modifier_finds_both() -> None:
    found = codes("LT")
    assert found[0] == "LT"
    assert "S72.92XA" in found


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"billable": "yes"}, {"E11.621", "E11.9"}),
        ({"billable": "no"}, {"E11", "E11.62"}),
        ({"hcc": "any"}, {"E11.621"}),
        ({"hcc": "37"}, {"E11.621"}),
        ({"hcc": "38"}, set()),
        ({"chapter": "icd10cm:E00-E89"}, {"E11", "E11.62", "E11.621", "E11.9"}),
        ({"chapter": "icd10cm:I00-I99"}, set()),
        ({"edition": "2026"}, {"E11", "E11.62", "E11.621", "E11.9"}),
        ({"edition": "2019"}, set()),
        ({"system": "hcpcs"}, set()),
    ],
)
def test_filters_narrow(filters: dict[str, str], found: set[str]) -> None:
    assert set(codes("type 2 diabetes mellitus", **filters)) == found


def test_results_stand_by_system_and_what_matched_is_marked() -> None:
    results = find(CodeSearch("acute myocardial infarction"))
    assert set(results.by_system) == {"icd10cm", "msdrg"}
    assert "<mark>myocardial</mark>" in results.by_system["icd10cm"][0].words
    assert results.counts == {"icd10cm": 2, "msdrg": 1}


def test_a_code_of_one_system_is_unambiguous() -> None:
    assert only_code("e119", "", ANYBODY) == ("icd10cm", "E11.9")
    assert only_code("280", "", ANYBODY) == ("msdrg", "280")
    assert only_code("77003", "", ANYBODY) == ("cpt", "77003")
    assert only_code("lt", "", ANYBODY) is None
    assert only_code("lt", "modifier", ANYBODY) == ("modifier", "LT")
    assert only_code("E11.8", "", ANYBODY) is None


@pytest.mark.parametrize("typed", ["zzzz qqqq", "%", "***", '"', "-", "\x00"])
def test_what_no_code_says_finds_nothing(typed: str) -> None:
    assert codes(typed) == []


def test_our_articles_are_found(few: None) -> None:
    assert "77003" in codes("needle spinal guidance")
