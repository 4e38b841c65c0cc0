"""Every engine lets a word be met by a condition on fields. Knows the promise only, no engine."""

from __future__ import annotations

import pytest

from search_index import (
    AnyOf,
    BadQuery,
    Between,
    Both,
    Condition,
    Either,
    Facet,
    Index,
    Overlapping,
    Query,
    Sort,
    Stated,
    Synonyms,
    Without,
)
from tests.search_index.conftest import found
from tests.search_index.corpus import icd_family

WELL_PAID = Between("pay", least=45)
SYNONYMS = Synonyms.of_groups(
    [
        ["remote", "work from home", AnyOf("arrangement", ("remote",))],
        ["texas", AnyOf("state", ("TX",))],
        ["cardiology", AnyOf("specialty", ("cardiology",))],
        ["diabetes", Overlapping("codes", (icd_family("E11"),))],
        ["well paid", WELL_PAID],
        ["seasoned", AnyOf("credential", ("CPMA",)), WELL_PAID],
        ["unpaid", Without(Stated("pay"))],
        ["nowhere", AnyOf("state", ())],
        ["remote texas", Both((AnyOf("arrangement", ("remote",)), AnyOf("state", ("TX",))))],
        ["coastal", Either((AnyOf("state", ("CA", "WA")), AnyOf("state", ("FL",))))],
    ]
)
REMOTE = {2, 4, 6, 7, 10, 11, 13, 15, 18, 20, 23, 24, 26, 28, 29, 30, 33, 34, 9001}

MET = [
    ("remote", REMOTE | {35}),
    ("texas", {1, 2, 24, 25}),
    ("texas coder", {1, 2, 24, 25}),
    ("texas cardiology", {1, 2}),
    ("remote texas", {2, 24}),
    ("coder remote texas cardiology", {2}),
    ("cardiology", {1, 2, 3, 26}),
    ("diabetes", {6, 7, 8}),
    ("well paid", {10, 11, 14, 21, 36}),
    ("coder well paid", {10, 11, 36}),
    ("paid well", set()),
    ("seasoned", {7, 10, 11, 14, 15, 21, 36}),
    ("coastal radiology", {11, 12}),
    ("nowhere", set()),
    ("home health -remote", set()),
    ("cardiology -remote", {1, 3}),
    ("coder -texas -remote unpaid", set()),
    ("texas OR trauma coder", {1, 2, 5, 24, 25}),
    ('"remote"', set()),
    ("unpaid auditor", {7}),
]


@pytest.mark.parametrize(("text", "expected"), MET, ids=[text for text, _ in MET])
def test_words_are_met_by_themselves_or_by_a_condition(index: Index, text: str, expected: set[int]) -> None:
    page = index.search(Query(text, size=100, synonyms=SYNONYMS))
    assert {int(one) for one in page.ids} == expected
    assert page.total == len(expected)


def test_a_condition_ranks_above_a_word_of_the_body_and_adds_the_same_to_all(index: Index) -> None:
    page = index.search(Query("work from home", size=100, synonyms=SYNONYMS, decay=False))
    assert page.ids[-1] == "35"
    assert {int(one) for one in page.ids[:-1]} == REMOTE
    assert len(set(page.scores[:-1])) == 1
    assert page.scores[0] > page.scores[-1] > 0


def test_what_meets_several_conditions_of_a_word_ranks_above_what_meets_one(index: Index) -> None:
    assert found(index, Query("seasoned", synonyms=SYNONYMS, decay=False))[0] == 36
    page = index.search(Query("seasoned", synonyms=SYNONYMS, decay=False))
    assert page.scores[0] == page.scores[1] * 1.25
    assert len(set(page.scores[1:])) == 1


def test_conditions_count_and_sort_like_other_matches(index: Index) -> None:
    page = index.search(
        Query("texas", synonyms=SYNONYMS, facets=(Facet("arrangement", "arrangement"),), sort=Sort("pay"))
    )
    assert page.ids == ("1", "2", "24", "25")
    assert {(one.value, one.count, one.openings) for one in page.counts["arrangement"]} == {
        ("on-site", 2, 3),
        ("remote", 2, 2),
    }


def test_a_condition_adds_nothing_to_highlight(index: Index) -> None:
    page = index.search(Query("texas cardiology", synonyms=SYNONYMS))
    assert page.matched == {"texa", "cardiolog"}


def test_explain_says_whether_the_words_or_the_condition_held(index: Index) -> None:
    page = index.search(Query("work from home coder", synonyms=SYNONYMS, explain=True, size=100))
    assert page.explanations["35"]["work home"] == ("body",)
    assert page.explanations["2"]["work home"] == ("arrangement",)
    page = index.search(Query("cardiology", synonyms=SYNONYMS, explain=True))
    assert page.explanations["2"]["cardiolog"] == ("title", "specialties", "body", "specialty")
    assert page.explanations["26"]["cardiolog"] == ("employer",)
    page = index.search(Query("seasoned", synonyms=SYNONYMS, explain=True))
    assert page.explanations["36"]["season"] == ("credential", "pay")
    assert page.explanations["7"]["season"] == ("credential",)
    page = index.search(Query("remote texas", synonyms=SYNONYMS, explain=True))
    assert page.explanations["24"] == {"remot texa": ("arrangement", "state")}
    page = index.search(Query("diabetes", synonyms=SYNONYMS, explain=True))
    assert page.explanations["7"]["diabet"] == ("body", "codes")


WRONG: list[tuple[Condition, str]] = [
    (AnyOf("colour", ("red",)), "colour"),
    (AnyOf("pay", ("40",)), "pay"),
    (Between("state", 1), "state"),
    (Either((AnyOf("state", ("TX",)), Without(Stated("shoe_size")))), "shoe_size"),
    (Between("pay", least=2**63), "pay"),
]


@pytest.mark.parametrize(("condition", "field"), WRONG, ids=[field for _, field in WRONG])
@pytest.mark.parametrize("text", ["cheap", "-cheap", "coder OR cheap", "cheap offer", "in cheap"])
def test_a_condition_that_the_schema_cannot_answer_is_refused(
    index: Index, condition: Condition, field: str, text: str
) -> None:
    synonyms = Synonyms.of_groups([["cheap", condition], ["cheap offer", condition]])
    with pytest.raises(BadQuery, match=field):
        index.search(Query(text, synonyms=synonyms))
