"""Clinical words lead to codes that exist as the linker reads them, and each word stands in one place only."""

from __future__ import annotations

from collections import Counter

import pytest

from jobboard.codes.clinical_words import ClinicalWords, clinical_words
from jobboard.vocabulary import folded


@pytest.mark.parametrize("entry", clinical_words(), ids=lambda one: one.words[0])
def test_every_code_is_read_in_the_system_that_it_names(entry: ClinicalWords) -> None:
    assert [one.system for one in entry.mentions] == [code.partition(":")[0] for code in entry.codes]


def test_no_word_stands_twice() -> None:
    counted = Counter(folded(word) for one in clinical_words() for word in one.words)
    assert [word for word, times in counted.items() if times > 1] == []


def test_a_heart_attack_is_i21_and_i22() -> None:
    found = next(one for one in clinical_words() if "heart attack" in one.words)
    assert [(one.system, one.start, one.end) for one in found.mentions] == [("icd10cm", "I21", "I22")]
