"""Counts many conditions on integer columns in one walk over the matches.

The bounds of all conditions on a column cut it into stretches that do not overlap; tantivy counts those, and what a
condition counts is the sum of its stretches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import tantivy

from search_index.conditions import Between, Stated, Without
from search_index.embedded.reading import Snapshot
from search_index.query import Buckets, Count

# tantivy reads the bounds of a range as floating-point numbers, which are exact up to here.
_EXACT = 2**53


# A column, and where a stretch of it begins and has ended, None being open.
Stretch = tuple[str, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Stretches:
    """Those conditions of some buckets that can be counted so, by facet and value, and the cuts of each column.

    They bound one integer, or say that it is not stated while another bounds it.
    """

    conditions: Mapping[tuple[str, str], Between | Without]
    cuts: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, buckets: Sequence[Buckets]) -> Stretches:
        """Take all conditions that can be counted so."""
        every = {(facet.name, value): one for facet in buckets for value, one in facet.conditions}
        bounded = {key: one for key, one in every.items() if isinstance(one, Between) and _is_bounded(one)}
        cuts: dict[str, set[int]] = defaultdict(set)
        for one in bounded.values():
            cuts[one.field] |= {cut for cut in _cuts(one) if cut is not None}
        unstated = {
            key: one
            for key, one in every.items()
            if isinstance(one, Without) and isinstance(one.condition, Stated) and one.condition.field in cuts
        }
        return cls({**bounded, **unstated}, {field: sorted(found) for field, found in cuts.items()})

    def asked(self, weight: str | None = None) -> dict[str, Any]:
        """Return what to ask tantivy for: a count of each stretch, and the sum of `weight` in it if given."""
        asked: dict[str, Any] = {}
        for field, cuts in self.cuts.items():
            edges = [{"to": cuts[0]}, *({"from": a, "to": b} for a, b in pairwise(cuts)), {"from": cuts[-1]}]
            asked[f"in {field}"] = {"range": {"field": field, "ranges": edges}}
            if weight:
                asked[f"in {field}"]["aggs"] = {"sum": {"sum": {"field": weight}}}
        return asked

    def beyond(self, told: Mapping[str, Any]) -> dict[Stretch, int]:
        """Return by how much the weights in each stretch exceed its number of documents."""
        return {
            stretch: int(bucket["sum"]["value"] or 0) - int(bucket["doc_count"])
            for stretch, bucket in self._buckets(told)
        }

    def counts(
        self, snapshot: Snapshot, matching: tantivy.Query, beyond: Mapping[Stretch, int], beyond_in_all: int
    ) -> dict[tuple[str, str], Count]:
        """Return the counts by facet and value among `matching`, whose weights exceed their number by `beyond`."""
        if not self.conditions:
            return {}
        asked = self.asked()
        if any(isinstance(one, Without) for one in self.conditions.values()):
            # Every document that can be found has a rank.
            asked["all"] = {"value_count": {"field": "_rank"}}
        told = snapshot.searcher.aggregate(matching, asked)
        found = {stretch: int(bucket["doc_count"]) for stretch, bucket in self._buckets(told)}
        total = int(told["all"]["value"] or 0) if "all" in told else 0
        counted = {}
        for key, one in self.conditions.items():
            inside = [stretch for stretch in found if _lies_in(stretch, one)]
            count = sum(found[stretch] for stretch in inside)
            more = sum(beyond.get(stretch, 0) for stretch in inside)
            if isinstance(one, Without):
                count, more = total - count, beyond_in_all - more
            counted[key] = Count(key[1], count, count + more)
        return counted

    def _buckets(self, told: Mapping[str, Any]) -> Iterator[tuple[Stretch, Mapping[str, Any]]]:
        for field in self.cuts:
            for bucket in told[f"in {field}"]["buckets"]:
                least, most = bucket.get("from"), bucket.get("to")
                yield (
                    (field, None if least is None else int(least), None if most is None else int(most)),
                    bucket,
                )


def _is_bounded(condition: Between) -> bool:
    cuts = [cut for cut in _cuts(condition) if cut is not None]
    return bool(cuts) and all(abs(cut) < _EXACT for cut in cuts) and cuts == sorted(cuts)


def _cuts(condition: Between) -> tuple[int | None, int | None]:
    """Return where `condition` begins and where it has ended."""
    return condition.least, None if condition.most is None else condition.most + 1


def _lies_in(stretch: Stretch, condition: Between | Without) -> bool:
    """Return whether a stretch lies in what `condition` bounds, or in what it says is not stated."""
    field, least, most = stretch
    if isinstance(condition, Without):
        return isinstance(condition.condition, Stated) and condition.condition.field == field
    begin, end = _cuts(condition)
    return (
        condition.field == field
        and (begin is None or (least is not None and least >= begin))
        and (end is None or (most is not None and most <= end))
    )
