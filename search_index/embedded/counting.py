"""Counts facets: one walk over the dictionary of counted keywords for all facets that share their filters.

Conditions on integers are counted beside it, all of them in one walk over the matches (`stretches`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tantivy

from search_index.checking import field_of
from search_index.conditions import Condition
from search_index.embedded.compiling import Compiler
from search_index.embedded.mapping import SEVERAL, UNIT
from search_index.embedded.reading import Snapshot
from search_index.embedded.stretches import Stretch, Stretches
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
        if not query.facets and not self.schema.weight:
            return {}, 0
        # Everything is a group of its own, for its weights, whether a facet is counted in it or not.
        groups: dict[str | None, list[Facet | Buckets]] = {None: []}
        for facet in query.facets:
            groups.setdefault(facet.left_out if facet.left_out in self.filters else None, []).append(facet)
        found: dict[str, tuple[Count, ...]] = {}
        beyond = 0
        for left_out, facets in groups.items():
            counted, more = self._group(self._matching(left_out), facets)
            found |= counted
            if left_out is None:
                beyond = more
        return {facet.name: found[facet.name] for facet in query.facets}, beyond

    def _matching(self, left_out: str | None) -> tantivy.Query:
        kept = [one for name, one in self.filters.items() if name != left_out]
        return self.compiler.unscored(
            self.compiler.all_of([self.base, *kept] if self.base is not None else kept)
        )

    def _group(
        self, matching: tantivy.Query, facets: Sequence[Facet | Buckets]
    ) -> tuple[dict[str, tuple[Count, ...]], int]:
        """Return the counts of facets that are counted among the same documents, and their weights beyond 1.

        Finding the documents is most of the work, so it is done once for each way to count.
        """
        columns: dict[str, list[Facet]] = defaultdict(list)
        for facet in facets:
            if isinstance(facet, Facet):
                keyword = field_of(self.schema, facet.field, Keyword)
                columns[keyword.name if keyword.apart else _SHARED].append(facet)
        buckets = [facet for facet in facets if isinstance(facet, Buckets)]
        stretches = Stretches.of(buckets)
        beyond = self._beyond_one(matching, list(columns), stretches)
        found: dict[str, tuple[Count, ...]] = {}
        for column, counted in columns.items():
            found |= self._values(matching, column, counted, beyond.by_term[column])
        told = stretches.counts(self.snapshot, matching, beyond.by_stretch, beyond.in_all)
        for bucket in buckets:
            found[bucket.name] = tuple(
                told.get((bucket.name, value)) or self._bucket(value, matching, condition)
                for value, condition in bucket.conditions
            )
        return found, beyond.in_all

    def _bucket(self, value: str, matching: tantivy.Query, condition: Condition) -> Count:
        both = self.compiler.all_of([matching, self.compiler.condition(condition)])
        count = self.snapshot.count(both)
        return Count(value, count, count + self._beyond_one(both, (), Stretches({}, {})).in_all)

    def _values(
        self, matching: tantivy.Query, column: str, facets: Sequence[Facet], beyond: Mapping[str, int]
    ) -> dict[str, tuple[Count, ...]]:
        """Return the counts of facets whose values stand in the same `column`."""
        prefix = ""
        if len(facets) == 1:
            prefix = (facets[0].field + UNIT if column == _SHARED else "") + facets[0].prefix
        by_field: dict[str, list[Count]] = defaultdict(list)
        for term, count in self.snapshot.searcher.terms_with_prefix(column, prefix, filter_query=matching):
            if count:
                field_name, _, value = term.partition(UNIT) if column == _SHARED else (column, "", term)
                by_field[field_name].append(Count(value, count, count + beyond.get(term, 0)))
        return {
            facet.name: tuple(
                [one for one in by_field[facet.field] if one.value.startswith(facet.prefix)][: facet.limit]
            )
            for facet in facets
        }

    def _beyond_one(self, matching: tantivy.Query, columns: Sequence[str], stretches: Stretches) -> BeyondOne:
        """Return by how much the weights of `matching` exceed the number of documents.

        Only the few documents with a weight above one are looked at, which makes up for aggregations being slow on
        fields of several values.
        """
        weight = self.schema.weight
        if not weight:
            return BeyondOne({column: {} for column in columns}, {}, 0)
        summed = {"sum": {"sum": {"field": weight}}}
        asked: dict[str, Any] = {**summed, "count": {"value_count": {"field": weight}}}
        for column in columns:
            asked[f"of {column}"] = {"terms": {"field": column, "size": _MOST_VALUES}, "aggs": summed}
        asked |= stretches.asked(weight)
        several = tantivy.Query.term_query(self.snapshot.schema, "_flags", SEVERAL, "basic")
        told = self.snapshot.searcher.aggregate(
            tantivy.Query.boolean_query([(_MUST, several), (_MUST, matching)]), asked
        )
        by_term = {
            column: {
                bucket["key"]: int(bucket["sum"]["value"]) - int(bucket["doc_count"])
                for bucket in told[f"of {column}"]["buckets"]
            }
            for column in columns
        }
        in_all = int(told["sum"]["value"] or 0) - int(told["count"]["value"] or 0)
        return BeyondOne(by_term, stretches.beyond(told), in_all)


@dataclass(frozen=True, slots=True)
class BeyondOne:
    """By how much weights exceed the number of documents: by column and term, by stretch, and in all."""

    by_term: Mapping[str, Mapping[str, int]]
    by_stretch: Mapping[Stretch, int]
    in_all: int
