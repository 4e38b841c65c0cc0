"""A matcher gives the answers of an engine, the other way round. Knows the promise only, no engine."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_index import Index, Query, StoredQuery
from search_index.matching import Matcher, matches
from tests.search_index.corpus import CORPUS, SCHEMA
from tests.search_index.stored_queries import queries

BY_ID = {document.id: document for document in CORPUS}


def whole(index: Index, query: Query) -> set[str]:
    """All that `query` finds; the corpus fits on a page."""
    return set(index.search(replace(query, size=100)).ids)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(asked=st.lists(queries(), min_size=1, max_size=12))
def test_a_document_matches_the_queries_that_an_engine_returns_it_for(
    index: Index, asked: list[Query]
) -> None:
    matcher = Matcher(SCHEMA)
    stored = [StoredQuery.from_json(StoredQuery.of(query).to_json()) for query in asked]
    for number, one in enumerate(stored):
        assert matcher.add(number, 1, one)
    found: dict[int, set[str]] = {number: set() for number in range(len(asked))}
    for document in CORPUS:
        for number in matcher.matching(document):
            found[number].add(document.id)
    for number, query in enumerate(asked):
        expected = whole(index, query)
        assert found[number] == expected
        assert whole(index, stored[number].query()) == expected
        assert {one.id for one in CORPUS if matches(SCHEMA, stored[number], one)} == expected
