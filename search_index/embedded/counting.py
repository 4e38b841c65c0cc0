"""Counts facets: one walk over the dictionary of counted keywords for all facets that share their filters.

Conditions on integers are counted beside it, all of them in one walk over the matches (`stretches`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import tantivy

from search_index.checking import field_of
from search_index.embedded.compiling import Compiler
from search_index.embedded.mapping import SEVERAL, UNIT
from search_index.embedded.reading import Snapshot
from search_index.embedded.stretches import Stretches
from search_index.query import Buckets, Count, Facet, Query
from search_index.schema import Keyword, Schema

_MUST = tantivy.Occur.Must
_MOST_VALUES = 60_000
_SHARED = "_count"


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
        groups: dict[str | None, list[Facet | Buckets]] = defaultdict(list)
        for facet in query.facets:
            groups[facet.left_out if facet.left_out in self.filters else None].append(facet)
        found: dict[str, tuple[Count, ...]] = {}
        for left_out, facets in groups.items():
            found |= self._group(self._matching(left_out), facets)
        beyond = self._beyond_one(self._matching(None), None)[1]
        return {facet.name: found[facet.name] for facet in query.facets}, beyond

    def _matching(self, left_out: str | None) -> tantivy.Query:
        kept = [one for name, one in self.filters.items() if name != left_out]
        return self.compiler.unscored(
            self.compiler.all_of([self.base, *kept] if self.base is not None else kept)
        )

    def _group(
        self, matching: tantivy.Query, facets: Sequence[Facet | Buckets]
    ) -> dict[str, tuple[Count, ...]]:
        """Return the counts of facets that are counted among the same documents."""
        found: dict[str, tuple[Count, ...]] = {}
        columns: dict[str, list[Facet]] = defaultdict(list)
        for facet in facets:
            if isinstance(facet, Facet):
                keyword = field_of(self.schema, facet.field, Keyword)
                columns[keyword.name if keyword.apart else _SHARED].append(facet)
        for column, counted in columns.items():
            found |= self._values(matching, column, counted)
        buckets = [facet for facet in facets if isinstance(facet, Buckets)]
        if buckets:
            told = Stretches.of(buckets).counts(self.snapshot, matching, self._several(matching), self.schema)
            for facet in buckets:
                found[facet.name] = tuple(
                    told.get((facet.name, value))
                    or self._bucket(
                        value, self.compiler.all_of([matching, self.compiler.condition(condition)])
                    )
                    for value, condition in facet.conditions
                )
        return found

    def _bucket(self, value: str, matching: tantivy.Query) -> Count:
        count = self.snapshot.count(matching)
        return Count(value, count, count + self._beyond_one(matching, None)[1])

    def _values(
        self, matching: tantivy.Query, column: str, facets: Sequence[Facet]
    ) -> dict[str, tuple[Count, ...]]:
        """Return the counts of facets whose values stand in the same `column`."""
        extra, _ = self._beyond_one(matching, column)
        prefix = ""
        if len(facets) == 1:
            prefix = (facets[0].field + UNIT if column == _SHARED else "") + facets[0].prefix
        by_field: dict[str, list[Count]] = defaultdict(list)
        for term, count in self.snapshot.searcher.terms_with_prefix(column, prefix, filter_query=matching):
            if count:
                field_name, _, value = term.partition(UNIT) if column == _SHARED else (column, "", term)
                by_field[field_name].append(Count(value, count, count + extra.get(term, 0)))
        return {
            facet.name: tuple(
                [one for one in by_field[facet.field] if one.value.startswith(facet.prefix)][: facet.limit]
            )
            for facet in facets
        }

    def _several(self, matching: tantivy.Query) -> tantivy.Query:
        """Return those of `matching` whose weight is above one; they are few."""
        several = tantivy.Query.term_query(self.snapshot.schema, "_flags", SEVERAL, "basic")
        return tantivy.Query.boolean_query([(_MUST, several), (_MUST, matching)])

    def _beyond_one(self, matching: tantivy.Query, column: str | None) -> tuple[dict[str, int], int]:
        """Return by how much the weights of `matching` exceed the number of documents: by term of `column`, in all.

        Only the few documents with a weight above one are looked at, which makes up for aggregations being slow on
        fields of several values.
        """
        weight = self.schema.weight
        if not weight:
            return {}, 0
        asked: dict[str, Any] = {
            "sum": {"sum": {"field": weight}},
            "count": {"value_count": {"field": weight}},
        }
        if column:
            terms = {"field": column, "size": _MOST_VALUES}
            asked["values"] = {"terms": terms, "aggs": {"sum": {"sum": {"field": weight}}}}
        told = self.snapshot.searcher.aggregate(self._several(matching), asked)
        extra = {
            bucket["key"]: int(bucket["sum"]["value"]) - int(bucket["doc_count"])
            for bucket in (told["values"]["buckets"] if column else ())
        }
        return extra, int(told["sum"]["value"] or 0) - int(told["count"]["value"] or 0)
