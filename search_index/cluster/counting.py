"""Counts facets: one aggregation for all facets that share their filters, beside the query's own hits.

Weights are summed only over the few documents whose weight is above 1, which spares a sum for every value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from search_index.cluster.compiling import Dsl, all_of, condition
from search_index.query import Buckets, Count, Facet, Query

_BEYOND = {"sum": {"field": "_beyond"}}
_WEIGHED = {"exists": {"field": "_beyond"}}
_MOST_VALUES = 10_000
# The name of the group that is under all filters; others are named after the facet whose filter is left out.
ALL = "all"


@dataclass(frozen=True)
class Counter:
    """The facets of a query under `filters`, the compiled filters that some facet leaves out."""

    query: Query
    filters: Mapping[str, Dsl]

    def _group(self, facet: Facet | Buckets) -> str:
        return f"without {facet.left_out}" if facet.left_out in self.filters else ALL

    def aggregations(self) -> Dsl:
        """Return the aggregations to ask for."""
        groups: dict[str, Dsl] = {ALL: self._filtered(None)}
        for facet in self.query.facets:
            group = self._group(facet)
            if group not in groups:
                groups[group] = self._filtered(facet.left_out)
            asked = groups[group]["aggs"]
            if isinstance(facet, Buckets):
                conditions = {str(nth): condition(one) for nth, (_, one) in enumerate(facet.conditions)}
                asked[f"in {facet.name}"] = {
                    "filters": {"filters": conditions},
                    "aggs": {"beyond": _BEYOND},
                }
            else:
                values: Dsl = {"field": facet.field}
                if facet.prefix:
                    values["include"] = _beginning(facet.prefix)
                asked[f"of {facet.name}"] = {"terms": {**values, "size": facet.limit}}
                weighed = asked.setdefault("weighed", {"filter": _WEIGHED, "aggs": {}})
                weighed["aggs"][f"of {facet.name}"] = {
                    "terms": {**values, "size": _MOST_VALUES},
                    "aggs": {"beyond": _BEYOND},
                }
        return groups

    def _filtered(self, left_out: str | None) -> Dsl:
        kept = [one for name, one in self.filters.items() if name != left_out]
        return {"filter": all_of(kept), "aggs": {"beyond": _BEYOND}}

    def total(self, told: Mapping[str, Any]) -> tuple[int, int]:
        """Return how many documents match under all filters, and the sum of their weights."""
        count = int(told[ALL]["doc_count"])
        return count, count + _sum(told[ALL])

    def counts(self, told: Mapping[str, Any]) -> dict[str, tuple[Count, ...]]:
        """Return the counts of every facet from the answer's aggregations."""
        found: dict[str, tuple[Count, ...]] = {}
        for facet in self.query.facets:
            group = told[self._group(facet)]
            if isinstance(facet, Buckets):
                buckets = group[f"in {facet.name}"]["buckets"]
                found[facet.name] = tuple(
                    _count(value, buckets[str(nth)], _sum(buckets[str(nth)]))
                    for nth, (value, _) in enumerate(facet.conditions)
                )
            else:
                weighed = group["weighed"][f"of {facet.name}"]["buckets"]
                beyond = {one["key"]: _sum(one) for one in weighed}
                found[facet.name] = tuple(
                    _count(one["key"], one, beyond.get(one["key"], 0))
                    for one in group[f"of {facet.name}"]["buckets"]
                )
        return found


def _beginning(prefix: str) -> str:
    """Return the regular expression, as servers read it, for values that begin with `prefix`.

    It is written as a choice: what it takes for a mere prefix, OpenSearch 2.19 looks up by a way of its own, which
    fails where every value is less than the prefix.
    """
    begin = "".join(sign if sign.isalnum() else "\\" + sign for sign in prefix)
    return f"{begin}|{begin}.+"


def _sum(bucket: Mapping[str, Any]) -> int:
    return int(bucket["beyond"]["value"] or 0)


def _count(value: str, bucket: Mapping[str, Any], beyond: int) -> Count:
    count = int(bucket["doc_count"])
    return Count(value, count, count + beyond)
