"""A matcher gives the answers of an engine, the other way round. Knows the promise only, no engine."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_index import (
    AnyOf,
    BadQuery,
    Between,
    Document,
    Either,
    Index,
    Query,
    Stated,
    StoredQuery,
    Synonyms,
    Without,
)
from search_index.matching import Matcher, matches
from tests.search_index.corpus import CORPUS, SCHEMA, cpt
from tests.search_index.stored_queries import queries

_SETTINGS = settings(deadline=None, suppress_health_check=list(HealthCheck))


def whole(index: Index, query: Query) -> set[str]:
    """All that `query` finds; the corpus fits on a page."""
    return set(index.search(replace(query, size=100)).ids)


def found_by(matcher: Matcher, number: int) -> set[str]:
    """The documents of the corpus that match the query held as `number`."""
    return {document.id for document in CORPUS if number in matcher.matching(document)}


def agree(index: Index, asked: list[Query]) -> None:
    """Hold the matcher, and the plain meaning of each query, against an engine."""
    matcher = Matcher(SCHEMA)
    stored = [StoredQuery.from_json(StoredQuery.of(query).to_json()) for query in asked]
    for number, one in enumerate(stored):
        assert matcher.add(number, 1, one)
    found: dict[int, set[str]] = {number: set() for number in range(len(asked))}
    for document in CORPUS:
        for number in matcher.matching(document):
            found[number].add(document.id)
    for number, one in enumerate(stored):
        expected = whole(index, one.query())
        assert found[number] == expected
        assert {document.id for document in CORPUS if matches(SCHEMA, one, document)} == expected


@pytest.mark.only_engines("embedded")
@settings(_SETTINGS, max_examples=100)
@given(asked=st.lists(queries(), min_size=1, max_size=10))
def test_a_document_matches_the_queries_that_an_engine_returns_it_for(
    index: Index, asked: list[Query]
) -> None:
    agree(index, asked)
    for query in asked:
        assert whole(index, StoredQuery.of(query).query()) == whole(index, query)


@settings(_SETTINGS, max_examples=6)
@given(asked=st.lists(queries(), min_size=5, max_size=10))
def test_so_it_does_on_every_engine(index: Index, asked: list[Query]) -> None:
    agree(index, asked)


CATH = Synonyms.of_groups([["cath lab", "cardiac catheterization", cpt("93451", "93461")]])
CARDIOLOGY = Synonyms.of_groups([["heart", AnyOf("specialty", ("cardiology",))]])
CASES = [
    (Query(), {document.id for document in CORPUS}),
    (Query("cardiology coder"), {"1", "2"}),
    (Query("coder cardiology houston"), {"1"}),
    (Query("cardiology nonsenseword"), set()),
    (Query("diabetes"), {"6", "7", "8"}),
    (Query("E11.9"), {"6"}),
    (Query("J11.00"), {"20"}),
    (Query("cardiology -houston"), {"2", "3", "26"}),
    (Query('cardiology -"unity clinics"'), {"1", "26"}),
    (Query('"clinics unity"'), set()),
    (Query("cath lab", synonyms=CATH), {"1"}),
    (Query("heart", synonyms=CARDIOLOGY), {"1", "2", "3"}),
    (Query(intervals=(cpt("93462", "93600"),)), {"3"}),
    (Query("cardiology", filters={"state": AnyOf("state", ("TX", "OR"))}), {"1", "2", "3"}),
    (Query("cardiology", filters={"state": Without(AnyOf("state", ("TX",)))}), {"3", "26"}),
    (Query("cardiology", filters={"pay": Between("pay", least=39)}), {"3"}),
    (
        Query("diabetes", filters={"pay": Either((Between("pay", least=30), Without(Stated("pay"))))}),
        {"6", "7"},
    ),
    (Query(filters={"none": Either(())}), set()),
]


@pytest.mark.parametrize(("query", "expected"), CASES, ids=range(len(CASES)))
def test_these_documents_match(index: Index, query: Query, expected: set[str]) -> None:
    matcher = Matcher(SCHEMA)
    matcher.add(7, 1, StoredQuery.of(query))
    assert whole(index, query) == expected
    assert found_by(matcher, 7) == expected


def test_more_words_and_filters_than_columns_still_all_count() -> None:
    words = "code cardiac catheterization from the physician's report: 93458, 93460"
    matcher = Matcher(SCHEMA)
    for number, added in enumerate(("", " houston", " dallas", " -houston", " -dallas")):
        matcher.add(number, 1, StoredQuery.of(Query(words + added)))
    assert matcher.matching(CORPUS[0]) == [0, 1, 4]
    matcher.remove(1, 1)
    assert matcher.matching(CORPUS[0]) == [0, 4]


def test_the_newest_version_decides_in_whatever_order_they_come() -> None:
    matcher = Matcher(SCHEMA)
    cardiology, diabetes = StoredQuery("cardiology"), StoredQuery("diabetes")
    assert matcher.add(1, 2, cardiology)
    assert not matcher.add(1, 1, diabetes)
    assert found_by(matcher, 1) == {"1", "2", "3", "26"}
    assert matcher.add(1, 2, diabetes)
    assert found_by(matcher, 1) == {"6", "7", "8"}
    assert not matcher.remove(1, 1)
    assert matcher.remove(1, 3)
    assert not matcher.add(1, 2, diabetes)
    assert (found_by(matcher, 1), len(matcher)) == (set(), 0)
    assert matcher.add(1, 4, cardiology)
    assert list(matcher.ids_and_versions()) == [(1, 4)]


def test_ids_are_any_whole_numbers_and_come_back_ascending() -> None:
    matcher = Matcher(SCHEMA)
    ids = [2**63 - 1, 5, 0, -3, 10**12]
    for identity in ids:
        matcher.add(identity, 1, StoredQuery("cardiology"))
    assert matcher.matching(CORPUS[0]) == sorted(ids)


def test_answers_stay_the_same_through_many_additions_and_removals() -> None:
    """Enough of them that rows are filed anew, are taken out for good, and edges are sorted."""
    specialties = sorted({str(value) for one in CORPUS for value in one.fields.get("specialty") or ()})
    matcher, kept = Matcher(SCHEMA), {}
    for number in range(9000):
        condition = Either(
            (AnyOf("specialty", (specialties[number % 7],)), Between("pay", least=number % 97))
        )
        stored = StoredQuery("coder" if number % 3 else "", filters={"a": condition})
        matcher.add(number, 1, stored)
        kept[number] = stored
        if number % 1500 == 0:
            matcher.matching(CORPUS[number % len(CORPUS)])
    for number in range(0, 9000, 2):
        matcher.remove(number, 2)
        del kept[number]
    for number in range(0, 9000, 10):
        matcher.add(number, 3, StoredQuery("diabetes"))
        kept[number] = StoredQuery("diabetes")
    assert len(matcher) == len(kept)
    for document in CORPUS[:12]:
        expected = [number for number in sorted(kept) if matches(SCHEMA, kept[number], document)]
        assert matcher.matching(document) == expected


def test_a_query_that_the_schema_cannot_answer_is_refused_and_changes_nothing() -> None:
    matcher = Matcher(SCHEMA)
    matcher.add(1, 1, StoredQuery("cardiology"))
    for refused in (
        StoredQuery(filters={"a": AnyOf("nowhere", ("x",))}),
        StoredQuery("heart", synonyms={("heart",): (AnyOf("nowhere", ("x",)),)}),
    ):
        with pytest.raises(BadQuery, match="nowhere"):
            matcher.add(1, 2, refused)
    assert list(matcher.ids_and_versions()) == [(1, 1)]


def test_a_document_that_an_index_refuses_names_its_field() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        Matcher(SCHEMA).matching(Document("1", 1, {"nowhere": "x"}))
