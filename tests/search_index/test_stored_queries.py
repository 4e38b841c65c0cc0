"""A query can be kept as text, read back years later, and seeks the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from search_index import (
    AnyOf,
    BadQuery,
    Facet,
    Interval,
    OutdatedForm,
    Overlapping,
    Query,
    Sort,
    StoredQuery,
    Synonyms,
    Without,
)
from search_index.analysis import ANALYSIS_VERSION
from tests.search_index.stored_queries import queries


@settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))
@given(query=queries())
def test_what_is_read_back_is_what_was_stored(query: Query) -> None:
    stored = StoredQuery.of(query)
    assert StoredQuery.from_json(stored.to_json()) == stored
    assert StoredQuery.of(stored.query()) == stored


def test_only_the_synonyms_that_the_words_have_are_kept() -> None:
    known = Synonyms.of_groups([["cath lab", "cardiac catheterization"], ["ED", "emergency department"]])
    stored = StoredQuery.of(Query("cath lab coder", synonyms=known))
    assert stored.synonyms == {("cath", "lab"): (("cardiac", "catheter"),)}
    assert stored.words() == StoredQuery("cath lab coder", synonyms=stored.synonyms).words()


def test_synonyms_of_later_change_nothing() -> None:
    stored = StoredQuery.of(Query("heart", synonyms=Synonyms.of_groups([["heart", "cardiac"]])))
    assert stored.query().synonyms.of(("heart",)) == (("cardiac",),)


def test_the_stored_form_is_plain_json_with_its_versions() -> None:
    query = Query(
        "heart -remote",
        filters={"codes": Without(Overlapping("codes", (Interval("cpt", "99202", "99215"),)))},
        intervals=(Interval("icd10cm", "E11", family=True),),
        synonyms=Synonyms.of_groups([["remote", AnyOf("arrangement", ("remote",))]]),
    )
    assert json.loads(StoredQuery.of(query).to_json()) == {
        "form": 1,
        "analysis": ANALYSIS_VERSION,
        "text": "heart -remote",
        "synonyms": [[["remot"], [{"any_of": ["arrangement", ["remote"]]}]]],
        "filters": {"codes": {"without": {"overlapping": ["codes", [["cpt", "99202", "99215", False]]]}}},
        "intervals": [["icd10cm", "E11", None, True]],
    }


@pytest.mark.parametrize(
    ("part", "asked"),
    [
        ("sort", {"sort": Sort("pay")}),
        ("page", {"page": 2}),
        ("size", {"size": 50}),
        ("facets", {"facets": (Facet("state", "state"),)}),
        ("now", {"now": 1}),
        ("explain", {"explain": True}),
    ],
)
def test_what_only_shows_results_cannot_be_stored(part: str, asked: dict[str, Any]) -> None:
    with pytest.raises(BadQuery, match=part):
        StoredQuery.of(Query("coder", **asked))


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        ("{", "no JSON"),
        ("[]", "object"),
        ('{"text": 3}', "text"),
        ('{"filters": []}', "filters"),
        ('{"filters": {"a": {"any_of": ["state", [1]]}}}', "filters.a: strings"),
        ('{"filters": {"a": {"any_of": "state"}}}', "filters.a: any_of"),
        ('{"filters": {"a": {"near": ["state", 3]}}}', "filters.a: near"),
        ('{"filters": {"a": {"between": ["pay", "1", null]}}}', "filters.a: a whole number"),
        ('{"filters": {"a": {"without": 3}}}', "filters.a: a condition"),
        ('{"filters": {"a": ' + '{"without": ' * 40 + '{"stated": "pay"}' + "}" * 42, "deep"),
        ('{"intervals": [["cpt", "99215", "99202", false]]}', "backwards"),
        ('{"intervals": [["cpt"]]}', "intervals: system"),
        ('{"synonyms": [["heart"]]}', "synonyms"),
        ('{"synonyms": [[["heart"], [["two words"]]]]}', "synonyms: one token"),
        ('{"synonyms": [[[], [["cardiac"]]]]}', "synonyms: one token"),
    ],
)
def test_a_malformed_part_is_named(told: str, complaint: str) -> None:
    versions = f'{{"form": 1, "analysis": {ANALYSIS_VERSION}, '
    with pytest.raises(ValueError, match=complaint):
        StoredQuery.from_json(told.replace("{", versions, 1) if len(told) > 2 else told)


@pytest.mark.parametrize("part", ["form", "analysis"])
def test_another_version_says_that_it_must_be_stored_anew(part: str) -> None:
    told = json.loads(StoredQuery("coder").to_json()) | {part: 99}
    with pytest.raises(OutdatedForm, match=f"{part}: version 99"):
        StoredQuery.read(told)
