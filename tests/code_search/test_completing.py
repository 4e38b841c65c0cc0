"""What is typed into the box is completed with the usual codes of each system, the general ones first."""

from __future__ import annotations

import pytest

from jobboard.code_search.suggesting import MOST, CodeSuggester
from jobboard.code_search.table import table_of
from jobboard.codes.rules import EVERYONE
from tests.code_search.test_meaning import entry

ROWS = [
    ("icd10cm", "E10", "Type 1 diabetes mellitus"),
    ("icd10cm", "E11", "Type 2 diabetes mellitus"),
    ("icd10cm", "E11.9", "Type 2 diabetes mellitus without complications"),
    ("icd10cm", "I10", "Essential (primary) hypertension"),
    ("icd10cm", "I11", "Hypertensive heart disease"),
    ("icd10cm", "I21", "Acute myocardial infarction"),
    ("icd10cm", "I21.9", "Acute myocardial infarction, unspecified"),
    ("icd10cm", "M25.56", "Pain in knee"),
    ("icd10cm", "Q02", "Microcephaly"),
    ("hcpcs", "E1130", "Standard wheelchair"),
    ("hcpcs", "L1810", "Knee orthosis, patellar"),
    ("hcpcs", "G8777", "Diabetes screening test performed"),
    ("icd10pcs", "0FT44ZZ", "Resection of Gallbladder, Percutaneous Endoscopic Approach"),
    ("msdrg", "470", "Major joint replacement"),
    ("msdrg", "637", "Diabetes with MCC"),
    ("hcc", "R05-187", "Hypertension"),
    ("icd9cm", "250.00", ""),
    ("icd9cm", "470", ""),
    *(("icd10cm", f"V0{nth}", f"Diabetic {nth}") for nth in range(1, 9)),
]


@pytest.fixture(scope="module")
def suggester() -> CodeSuggester:
    table = table_of(
        entry(nth, code, description, system=system) for nth, (system, code, description) in enumerate(ROWS)
    )
    return CodeSuggester(table, (EVERYONE,))


def suggested(suggester: CodeSuggester, typed: str) -> list[str]:
    found = [one.code for one in suggester.suggest(typed)]
    assert len(found) == len(set(found)) <= MOST
    return found


def test_general_diagnoses_come_before_what_they_are_grouped_into(suggester: CodeSuggester) -> None:
    assert suggested(suggester, "hyperten") == ["I11", "I10", "R05-187"]


def test_some_of_each_system_are_suggested(suggester: CodeSuggester) -> None:
    found = suggested(suggester, "diab")
    assert found[:4] == ["V01", "V02", "V03", "V04"]
    assert {"G8777", "637"} <= set(found)
    assert len(found) == MOST


def test_the_words_may_begin_a_description_in_any_order(suggester: CodeSuggester) -> None:
    assert suggested(suggester, "knee pa") == ["M25.56", "L1810"]
    assert suggested(suggester, "pain kn") == ["M25.56"]


def test_a_system_that_begins_so_comes_first(suggester: CodeSuggester) -> None:
    assert suggested(suggester, "stand") == ["E1130"]


@pytest.mark.parametrize(
    ("typed", "first"), [("mi", "I21"), ("heart attack", "I21"), ("heart at", "I21"), ("lap cho", "0FT44ZZ")]
)
def test_abbreviations_and_everyday_words_are_completed(
    suggester: CodeSuggester, typed: str, first: str
) -> None:
    assert suggested(suggester, typed)[0] == first


def test_what_is_meant_is_no_code_of_another_kind(suggester: CodeSuggester) -> None:
    assert "Q02" in suggested(suggester, "mi")
    # "heart" begins many expressions, and completes none of them.
    assert "I21" not in suggested(suggester, "heart")


def test_codes_without_words_come_last_unless_typed_in_full(suggester: CodeSuggester) -> None:
    assert suggested(suggester, "e1") == ["E10", "E11", "E11.9", "E1130"]
    assert [one.system for one in suggester.suggest("470")] == ["msdrg", "icd9cm"]
    assert suggested(suggester, "25") == ["250.00"]
