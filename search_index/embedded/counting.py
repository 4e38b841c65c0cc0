"""Counts facets: one walk over the dictionary of counted keywords for all facets that share their filters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import tantivy

from search_index.embedded.compiling import Compiler
from search_index.embedded.mapping import SEVERAL, UNIT
from search_index.embedded.reading import Snapshot
from search_index.errors import BadQuery
from search_index.query import Buckets, Count, Facet, Query
from search_index.schema import Keyword, Schema

_MUST = tantivy.Occur.Must
_MOST_VALUES = 60_000


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts over one snapshot. `base` is the text and codes of the query, None for everything."""

    schema: Schema
    snapshot: Snapshot
    compiler: Compiler
    base: tantivy.Query | None
    filters: dict[str, tantivy.Query]

    def counts(self, query: Query) -> dict[str, tuple[Count, ...]]:
        """Return the counts of every facet of `query`. Raises `BadQuery` for a field that is not counted."""
        found: dict[str, tuple[Count, ...]] = {}
        sharing = [facet for facet in query.facets if facet.name not in self.filters]
        counted = [facet for facet in sharing if isinstance(facet, Facet)]
        found.update(self._facets(counted, self._matching(None)))
        for facet in query.facets:
            if isinstance(facet, Buckets):
                matching = self._matching(facet.name)
                found[facet.name] = tuple(
                    self._bucket(value, self.compiler.all_of([matching, self.compiler.condition(condition)]))
                    for value, condition in facet.conditions
                )
            elif facet.name in self.filters:
                found.update(self._facets([facet], self._matching(facet.name)))
        return {facet.name: found[facet.name] for facet in query.facets}

    def _matching(self, left_out: str | None) -> tantivy.Query:
        kept = [one for name, one in self.filters.items() if name != left_out]
        return self.compiler.unscored(
            self.compiler.all_of([self.base, *kept] if self.base is not None else kept)
        )

    def _bucket(self, value: str, matching: tantivy.Query) -> Count:
        count = self.snapshot.count(matching)
        return Count(value, count, count + self.beyond_one(matching))

    def _several(self, matching: tantivy.Query) -> tantivy.Query:
        several = tantivy.Query.term_query(self.snapshot.schema, "_flags", SEVERAL, "basic")
        return tantivy.Query.boolean_query([(_MUST, several), (_MUST, matching)])

    def beyond_one(self, matching: tantivy.Query) -> int:
        """Return how far the sum of weights over `matching` exceeds the number of its documents."""
        weight = self.schema.weight
        if not weight:
            return 0
        several = self._several(matching)
        told = self.snapshot.searcher.aggregate(
            several, {"sum": {"sum": {"field": weight}}, "count": {"value_count": {"field": weight}}}
        )
        return int(told["sum"]["value"] or 0) - int(told["count"]["value"] or 0)

    def _facets(self, facets: Sequence[Facet], matching: tantivy.Query) -> dict[str, tuple[Count, ...]]:
        if not facets:
            return {}
        for facet in facets:
            field = self.schema.field(facet.field)
            if not isinstance(field, Keyword) or not field.count:
                raise BadQuery(f"facet {facet.name}: {facet.field} is not a counted keyword field")
        prefix = facets[0].field + UNIT if len(facets) == 1 else ""
        counts = self.snapshot.searcher.terms_with_prefix("_count", prefix, filter_query=matching)
        extra = self._extra(matching)
        by_field: dict[str, list[Count]] = defaultdict(list)
        for term, count in counts:
            if count:
                field_name, _, value = term.partition(UNIT)
                by_field[field_name].append(Count(value, count, count + extra.get(term, 0)))
        return {facet.name: tuple(by_field[facet.field][: facet.limit]) for facet in facets}

    def _extra(self, matching: tantivy.Query) -> dict[str, int]:
        """Return for each counted keyword by how much the weights of its documents exceed their number."""
        weight = self.schema.weight
        if not weight:
            return {}
        terms = {"field": "_count", "size": _MOST_VALUES}
        told = self.snapshot.searcher.aggregate(
            self._several(matching), {"values": {"terms": terms, "aggs": {"sum": {"sum": {"field": weight}}}}}
        )
        return {
            bucket["key"]: int(bucket["sum"]["value"]) - int(bucket["doc_count"])
            for bucket in told["values"]["buckets"]
        }
