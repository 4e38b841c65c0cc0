"""Counts facets: one walk over the dictionary of counted keywords for all facets that share their filters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import tantivy

from search_index.embedded.compiling import Compiler
from search_index.embedded.mapping import SEVERAL, UNIT
from search_index.embedded.reading import Snapshot
from search_index.query import Buckets, Count, Facet, Query
from search_index.schema import Schema

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

    def counts(self, query: Query) -> tuple[dict[str, tuple[Count, ...]], int]:
        """Return the counts of every facet of `query`, and by how much the weights exceed the number of matches."""
        everything = self._matching(None)
        plain = [facet for facet in query.facets if isinstance(facet, Facet)]
        sharing = [facet for facet in plain if facet.name not in self.filters]
        extra, beyond = self._beyond_one(everything, each=bool(sharing))
        found = self._facets(sharing, everything, extra)
        for facet in query.facets:
            matching = self._matching(facet.name)
            if isinstance(facet, Buckets):
                found[facet.name] = tuple(
                    self._bucket(value, self.compiler.all_of([matching, self.compiler.condition(condition)]))
                    for value, condition in facet.conditions
                )
            elif facet.name in self.filters:
                extra, _ = self._beyond_one(matching, each=True)
                found.update(self._facets([facet], matching, extra))
        return {facet.name: found[facet.name] for facet in query.facets}, beyond

    def _matching(self, left_out: str | None) -> tantivy.Query:
        kept = [one for name, one in self.filters.items() if name != left_out]
        return self.compiler.unscored(
            self.compiler.all_of([self.base, *kept] if self.base is not None else kept)
        )

    def _bucket(self, value: str, matching: tantivy.Query) -> Count:
        count = self.snapshot.count(matching)
        return Count(value, count, count + self._beyond_one(matching, each=False)[1])

    def _facets(
        self, facets: Sequence[Facet], matching: tantivy.Query, extra: dict[str, int]
    ) -> dict[str, tuple[Count, ...]]:
        if not facets:
            return {}
        prefix = facets[0].field + UNIT if len(facets) == 1 else ""
        by_field: dict[str, list[Count]] = defaultdict(list)
        for term, count in self.snapshot.searcher.terms_with_prefix("_count", prefix, filter_query=matching):
            if count:
                field_name, _, value = term.partition(UNIT)
                by_field[field_name].append(Count(value, count, count + extra.get(term, 0)))
        return {facet.name: tuple(by_field[facet.field][: facet.limit]) for facet in facets}

    def _beyond_one(self, matching: tantivy.Query, *, each: bool) -> tuple[dict[str, int], int]:
        """Return by how much the weights of `matching` exceed the number of documents: by counted keyword, in all.

        Few documents have a weight above one, so only those are looked at, which makes up for aggregations being
        slow on fields of several values.
        """
        weight = self.schema.weight
        if not weight:
            return {}, 0
        several = tantivy.Query.term_query(self.snapshot.schema, "_flags", SEVERAL, "basic")
        asked: dict[str, Any] = {
            "sum": {"sum": {"field": weight}},
            "count": {"value_count": {"field": weight}},
        }
        if each:
            terms = {"field": "_count", "size": _MOST_VALUES}
            asked["values"] = {"terms": terms, "aggs": {"sum": {"sum": {"field": weight}}}}
        told = self.snapshot.searcher.aggregate(
            tantivy.Query.boolean_query([(_MUST, several), (_MUST, matching)]), asked
        )
        extra = {
            bucket["key"]: int(bucket["sum"]["value"]) - int(bucket["doc_count"])
            for bucket in (told["values"]["buckets"] if each else ())
        }
        return extra, int(told["sum"]["value"] or 0) - int(told["count"]["value"] or 0)
