"""Answers a query with one call; with two or three where codes rank in tiers or an explanation is wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search_index.checking import check
from search_index.cluster.compiling import LIVE, Compiler, Dsl, all_of, condition, ringed
from search_index.cluster.counting import Counter
from search_index.conditions import by_field
from search_index.errors import Unavailable
from search_index.query import Order, Page, Query, Rings
from search_index.query_text import TextQuery, conditions_of, label, read
from search_index.schema import Intervals, Schema, Text
from search_index.scoring import DECAY_FLOOR

_DAY = 86_400
# Equal rows fall newest first and then by id, decimal ones by number above all others.
_TIES: tuple[Dsl, ...] = (
    {"_rank": {"order": "desc"}},
    {"_number": {"order": "desc", "missing": "_last"}},
    {"_name": {"order": "desc", "missing": "_last"}},
)
# Takes the body of a search, returns the answer.
Ask = Callable[[Dsl], Mapping[str, Any]]


def answer(schema: Schema, ask: Ask, query: Query, now: float) -> Page:
    """Return the page that `query` asks for at `now` (seconds since 1970). Raises `BadQuery`, `Unavailable`."""
    text = read(query.text, query.synonyms)
    check(schema, query, text)
    question = Question.of(schema, query, text, now)
    offset = (query.page - 1) * query.size
    body = question.body()
    if question.ranks_codes:
        same = question.compiler.mentioning(query.intervals, exactly=True)
        told = _answered(ask, body | question.window(offset, query.size, same))
        total, openings = question.counter.total(told["aggregations"])
        hits, equal = told["hits"]["hits"], int(told["hits"]["total"]["value"])
        if len(hits) < query.size and total > equal:
            others = {"bool": {"must_not": [same]}}
            further = question.window(max(offset - equal, 0), query.size - len(hits), others)
            rest = {key: value for key, value in body.items() if key != "aggs"} | further
            hits = [*hits, *_answered(ask, rest)["hits"]["hits"]]
    else:
        told = _answered(ask, body | question.window(offset, query.size))
        total, openings = question.counter.total(told["aggregations"])
        hits = told["hits"]["hits"]
    ids = tuple(str(hit["_id"]) for hit in hits)
    return Page(
        ids=ids,
        scores=tuple(float(hit.get("_score") or 0.0) if question.is_scored else 0.0 for hit in hits),
        total=total,
        openings=openings,
        counts=question.counter.counts(told["aggregations"]),
        matched=question.text.matched,
        explanations=question.explanations(ask, ids) if query.explain and ids else {},
    )


def _answered(ask: Ask, body: Dsl) -> Mapping[str, Any]:
    told = ask(body)
    if told.get("timed_out"):
        raise Unavailable("the search took too long, and the cluster stopped it")
    return told


@dataclass(frozen=True)
class Question:
    """A query compiled for one schema."""

    schema: Schema
    query: Query
    text: TextQuery
    compiler: Compiler
    now: float
    filters: Mapping[str, Dsl]
    counter: Counter

    @classmethod
    def of(cls, schema: Schema, query: Query, text: TextQuery, now: float) -> Question:
        """Compile `query` and its read `text`, which were checked."""
        filters = {name: condition(one) for name, one in query.filters.items()}
        facets = {facet.left_out for facet in query.facets}
        left_out = {name: one for name, one in filters.items() if name in facets}
        return cls(schema, query, text, Compiler.of(schema), now, filters, Counter(query, left_out))

    @property
    def ranks_codes(self) -> bool:
        """Whether postings with the very codes asked for stand above the others."""
        return self.query.sort is None and bool(self.query.intervals)

    @property
    def is_scored(self) -> bool:
        """Whether rows are ranked by how well they match the words."""
        return self.query.sort is None and bool(self.text.required)

    def body(self) -> Dsl:
        """Return what to match, count and sort by; filters that some facet leaves out come behind the counting."""
        kept = [one for name, one in self.filters.items() if name not in self.counter.filters]
        mentions = (
            [self.compiler.mentioning(self.query.intervals, exactly=False)] if self.query.intervals else []
        )
        matching: Dsl = {"bool": {"filter": [LIVE, *mentions, *kept]}}
        text = self.compiler.text(self.text)
        if text is not None:
            matching["bool"]["must" if self.is_scored else "filter"] = (
                [text] if self.is_scored else [*matching["bool"]["filter"], text]
            )
        if isinstance(self.query.sort, Rings):
            matching["bool"]["should"] = [ringed(self.query.sort)]
            matching["bool"]["minimum_should_match"] = 0
        return {
            "query": self._decayed(matching) if self.is_scored else matching,
            "aggs": self.counter.aggregations(),
            "sort": self._sort(),
            "track_total_hits": True,
            "_source": False,
        }

    def window(self, offset: int, size: int, tier: Dsl | None = None) -> Dsl:
        """Return the part of a body that says which rows are wanted, of one tier if given."""
        after = [*self.counter.filters.values(), *([tier] if tier else [])]
        rows: Dsl = {"from": offset, "size": size}
        return rows | ({"post_filter": all_of(after)} if after else {})

    def _decayed(self, matching: Dsl) -> Dsl:
        posted = self.schema.posted
        if not (self.query.decay and posted):
            return matching
        half_life = self.schema.half_life_days * _DAY
        halving = {posted: {"origin": self.now, "scale": half_life, "decay": 0.5}}
        return {
            "function_score": {
                "query": matching,
                "functions": [
                    {"filter": {"exists": {"field": posted}}, "exp": halving},
                    {"weight": DECAY_FLOOR},
                ],
                "score_mode": "max",
                "boost_mode": "multiply",
            }
        }

    def _sort(self) -> list[Dsl]:
        if isinstance(self.query.sort, Rings):
            return [{"_score": {"order": "desc"}}, *_TIES]
        if self.query.sort is not None:
            way = "desc" if self.query.sort.order is Order.DESCENDING else "asc"
            return [{self.query.sort.field: {"order": way, "missing": "_last"}}, *_TIES]
        return [{"_score": {"order": "desc"}}, *_TIES] if self.is_scored else list(_TIES)

    def explanations(self, ask: Ask, ids: Sequence[str]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Return for each id which expression of the query was found in which fields."""
        fields = [field.name for field in self.schema.fields if isinstance(field, Text | Intervals)]
        asked: list[tuple[str, str, Dsl]] = []
        for clause in (*self.text.required, *self.text.wished):
            asked += [(label(clause), name, self.compiler.narrowed(name).clause(clause)) for name in fields]
            held = by_field(conditions_of(clause))
            asked += [(label(clause), name, condition(one)) for name, one in held.items()]
        for one in self.query.intervals:
            written = f"{one.system} {one.start}{'-' + one.end if one.end else ''}"
            for field in self.schema.of(Intervals):
                narrowed = self.compiler.narrowed(field.name)
                asked.append((written, field.name, narrowed.mentioning([one], exactly=False)))
        named = [{"bool": {"filter": [query], "_name": str(nth)}} for nth, (_, _, query) in enumerate(asked)]
        body = {
            "query": {"bool": {"filter": [{"ids": {"values": list(ids)}}], "should": named}},
            "size": len(ids),
            "_source": False,
        }
        told: dict[str, dict[str, tuple[str, ...]]] = {identity: {} for identity in ids}
        for hit in _answered(ask, body)["hits"]["hits"]:
            found = told[str(hit["_id"])]
            for nth in sorted(map(int, hit.get("matched_queries", ()))):
                expression, name, _ = asked[nth]
                found[expression] = tuple(dict.fromkeys((*found.get(expression, ()), name)))
        return told
