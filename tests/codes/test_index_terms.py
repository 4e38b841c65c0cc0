"""How an index prints a code, so that its lines are found from the code."""

from __future__ import annotations

import pytest

from jobboard.codes.about.gem_flags import gem_words
from jobboard.codes.about.hcpcs_fields import legends
from jobboard.codes.about.index_terms import printed_forms
from jobboard.codes.guideline_views import paragraphs


@pytest.mark.parametrize(
    ("system", "code", "there", "not_there"),
    [
        ("icd10cm", "E11.9", {"E11.9", "E11.9-", "E11.-"}, {"E11", "E11.65"}),
        # The seventh character, with the placeholders before it, is left out in the book.
        ("icd10cm", "S52.501A", {"S52.501A", "S52.501", "S52.50-", "S52.5-", "S52.-"}, {"S52.50"}),
        ("icd10cm", "T38.3X1A", {"T38.3X1", "T38.3-"}, {"T38.3"}),
        ("icd10cm", "W19.XXXA", {"W19", "W19.XXX"}, {"W1"}),
        ("icd10cm", "B20", {"B20", "B20.-"}, {"B2"}),
        ("icd10pcs", "0DTJ4ZZ", {"0DTJ4ZZ", "0DTJ"}, {"0DT"}),
        ("icd10pcs", "0DT", {"0DT"}, {"0D"}),
    ],
)
def test_an_index_prints_a_code_or_what_holds_it(
    system: str, code: str, there: set[str], not_there: set[str]
) -> None:
    forms = set(printed_forms(system, code))
    assert there <= forms
    assert not not_there & forms


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ("00000", "exact match"),
        ("10000", "approximate match"),
        ("11000", "no equivalent"),
        (
            "10121",
            "approximate match; in combination: one code of each choice list (scenario 2, choice list 1)",
        ),
        ("1", ""),
        ("abcde", ""),
    ],
)
def test_flags_are_told_in_words(flags: str, words: str) -> None:
    assert gem_words(flags) == words


def test_no_two_fields_read_the_same_name_of_a_file() -> None:
    names = [name for legend in legends().values() for name in legend.sources]
    assert len(names) == len(set(names)) > 10


def test_lines_of_a_page_become_paragraphs() -> None:
    long = "A long line of a paragraph that goes on for more than sixty characters and then"
    text = f"{long}\nends.\n(a) A point\nIts text."
    assert paragraphs(text) == [
        f"{long} ends.",
        "(a) A point",
        "Its text.",
    ]
