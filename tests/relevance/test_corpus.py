"""The corpus is always the same, varied, and says what is true of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from tests.relevance import pools
from tests.relevance.facts import SIZE
from tests.relevance.judged.criteria import code_within, requires
from tests.relevance.measure import truths
from tests.relevance.writing import postings


def test_a_thousand_postings_the_same_at_every_call() -> None:
    found = list(postings())
    assert len(found) == SIZE == 1_000
    assert found == list(postings())
    assert len({one.text for one in found}) == SIZE


def test_everything_that_can_be_coded_is_coded_somewhere() -> None:
    coded = Counter(key for truth in truths().values() for key in truth.topics)
    assert coded.keys() == pools.topics().keys()
    assert min(coded.values()) >= 4
    assert {truth.employer for truth in truths().values()} == pools.employers().keys()


def test_titles_do_not_give_the_work_away() -> None:
    silent = [
        one for one in postings()
        if one.truth.topics
        and not any(name in one.title for key in one.truth.topics for name in pools.topics()[key]["names"])
    ]  # fmt: skip
    assert len(silent) > 300


def test_what_is_coded_can_be_read() -> None:
    for one in postings():
        for key in one.truth.topics:
            facts = pools.topics()[key]
            words = [*facts["names"], *facts["work"]]
            assert any(word in f"{one.title} {one.text}" for word in words), one.title


def test_what_is_required_is_in_the_text_or_in_a_field() -> None:
    for one in postings():
        for credential in one.truth.required:
            assert credential.upper() in f"{one.title} {one.text}" or credential in one.terms["credential"], (
                one
            )


def test_near_misses_name_what_is_not_meant() -> None:
    named = [one for one in postings() if one.truth.not_required]
    assert len(named) > 50
    for one in named:
        assert one.truth.not_required[0].upper() in one.text
        assert not requires(*one.truth.not_required).holds(one.truth)


def test_codes_overlap_by_their_numbers_and_by_their_beginnings() -> None:
    truth = truths()[1]

    def names(written: str, wanted: str) -> bool:
        return code_within(wanted).holds(replace(truth, codes=(written,)))

    assert names("62320-62327", "62323")
    assert names("62323", "62320-62327")
    assert not names("62320-62327", "62328")
    assert names("E11.22", "E11")
    assert not names("E11.22", "E12")
    assert not names("E11.22", "62323")
