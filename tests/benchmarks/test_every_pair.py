"""What the bench works out for every pair is what each pair comes to on its own."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from benchmarks.every_pair import Bits
from search_index import Query, StoredQuery
from search_index.matching import matches
from tests.search_index.corpus import CORPUS, SCHEMA
from tests.search_index.stored_queries import queries

BITS = Bits(SCHEMA, CORPUS)


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=300)
@given(asked=queries())
def test_bits_over_documents_say_what_each_document_says(asked: Query) -> None:
    stored = StoredQuery.of(asked)
    told = BITS.matching(stored)
    expected = [number for number, one in enumerate(CORPUS) if matches(SCHEMA, stored, one)]
    assert [number for number in range(len(CORPUS)) if told >> number & 1] == expected
    assert told < 1 << len(CORPUS)
