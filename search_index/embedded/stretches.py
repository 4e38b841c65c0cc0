"""Counts many conditions on integer columns in one walk over the matches.

The bounds of all conditions on a column cut it into stretches that do not overlap; tantivy counts those, and what a
condition counts is the sum of its stretches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import tantivy

from search_index.conditions import Between
from search_index.embedded.reading import Snapshot
from search_index.query import Buckets, Count
from search_index.schema import Schema

# tantivy reads the bounds of a range as floating-point numbers, which are exact up to here.
_EXACT = 2**53


@dataclass(frozen=True, slots=True)
class Stretches:
    """Those conditions of some buckets that can be counted so, by facet and value, and the cuts of each column."""

    conditions: Mapping[tuple[str, str], Between]
    cuts: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, buckets: Sequence[Buckets]) -> Stretches:
        """Take all conditions that bound one integer."""
        conditions = {
            (facet.name, value): condition
            for facet in buckets
            for value, condition in facet.conditions
            if isinstance(condition, Between) and _is_bounded(condition)
        }
        cuts: dict[str, set[int]] = defaultdict(set)
        for one in conditions.values():
            cuts[one.field] |= {cut for cut in _cuts(one) if cut is not None}
        return cls(conditions, {field: sorted(found) for field, found in cuts.items()})

    def counts(
        self, snapshot: Snapshot, matching: tantivy.Query, several: tantivy.Query, schema: Schema
    ) -> dict[tuple[str, str], Count]:
        """Return the counts by facet and value among `matching`, of which `several` have a weight above one."""
        if not self.conditions:
            return {}
        found = self._counted(snapshot, matching, None)
        beyond = self._counted(snapshot, several, schema.weight) if schema.weight else {}
        told = {}
        for (name, value), one in self.conditions.items():
            inside = [key for key in found if key[0] == one.field and _holds(one, key[1])]
            count = sum(found[key] for key in inside)
            told[name, value] = Count(value, count, count + sum(beyond.get(key, 0) for key in inside))
        return told

    def _counted(
        self, snapshot: Snapshot, matching: tantivy.Query, weight: str | None
    ) -> dict[tuple[str, tuple[int | None, int | None]], int]:
        """Return by column and stretch how many documents lie in it, or by how much their weights exceed that."""
        asked: dict[str, Any] = {}
        for field, cuts in self.cuts.items():
            edges = [{"to": cuts[0]}, *({"from": a, "to": b} for a, b in pairwise(cuts)), {"from": cuts[-1]}]
            asked[field] = {"range": {"field": field, "ranges": edges}}
            if weight:
                asked[field]["aggs"] = {"sum": {"sum": {"field": weight}}}
        told = snapshot.searcher.aggregate(matching, asked)
        found = {}
        for field in self.cuts:
            for bucket in told[field]["buckets"]:
                least, most = bucket.get("from"), bucket.get("to")
                key = (None if least is None else int(least), None if most is None else int(most))
                count = int(bucket["doc_count"])
                found[field, key] = int(bucket["sum"]["value"] or 0) - count if weight else count
        return found


def _is_bounded(condition: Between) -> bool:
    cuts = [cut for cut in _cuts(condition) if cut is not None]
    return bool(cuts) and all(abs(cut) < _EXACT for cut in cuts) and cuts == sorted(cuts)


def _cuts(condition: Between) -> tuple[int | None, int | None]:
    """Return where `condition` begins and where it has ended."""
    return condition.least, None if condition.most is None else condition.most + 1


def _holds(condition: Between, stretch: tuple[int | None, int | None]) -> bool:
    begin, end = _cuts(condition)
    least, most = stretch
    return (begin is None or (least is not None and least >= begin)) and (
        end is None or (most is not None and most <= end)
    )
