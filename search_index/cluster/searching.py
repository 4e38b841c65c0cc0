"""Answers a query with one call; with two or three where codes rank in tiers or an explanation is wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from search_index.checking import check
from search_index.cluster.compiling import LIVE, Compiler, Dsl, all_of, any_of, condition, ringed
from search_index.cluster.counting import Counter
from search_index.cluster.wording import Ask, answered, beside_text, scored_texts
from search_index.conditions import by_field
from search_index.query import Order, Page, Query, Rings
from search_index.query_text import (
    MOST_EXPLAINED,
    Term,
    TextQuery,
    conditions_of,
    is_too_little,
    label,
    read_all,
    spellings,
)
from search_index.schema import Intervals, Schema, Text
from search_index.scoring import DECAY_FLOOR

_DAY = 86_400
# Equal rows fall newest first and then by id, decimal ones by number above all others.
_TIES: tuple[Dsl, ...] = (
    {"_rank": {"order": "desc"}},
    {"_number": {"order": "desc", "missing": "_last"}},
    {"_name": {"order": "desc", "missing": "_last"}},
)
_TIERS, _NEWEST = "tiers", "newest"


def answer(schema: Schema, ask: Ask, query: Query, now: float) -> Page:
    """Return the page that `query` asks for at `now` (seconds since 1970). Raises `BadQuery`, `Unavailable`."""
    page = _answer(schema, ask, query, now)
    if not is_too_little(query, read_all(query), page.total):
        return page
    loose = _answer(schema, ask, replace(query, any_word=True, facets=()), now)
    return replace(page, ids=loose.ids, scores=loose.scores, explanations=loose.explanations)


def _answer(schema: Schema, ask: Ask, query: Query, now: float) -> Page:
    question = question_of(schema, ask, query, now)
    offset = (query.page - 1) * query.size
    first, *further = question.parts()
    body = question.body(first.text)
    told = answered(ask, body | question.window(first, offset, query.size))
    total, openings = question.counter.total(told["aggregations"])
    hits, above = told["hits"]["hits"], int(told["hits"]["total"]["value"])
    for part in further:
        if len(hits) >= query.size or above >= total:
            break
        window = question.window(part, max(offset - above, 0), query.size - len(hits))
        rest = {key: value for key, value in question.body(part.text).items() if key != "aggs"}
        more = answered(ask, rest | window)["hits"]
        hits, above = [*hits, *more["hits"]], above + int(more["total"]["value"])
    ids = tuple(str(hit["_id"]) for hit in hits)
    return Page(
        ids=ids,
        scores=tuple(float(hit.get("_score") or 0.0) if question.is_scored else 0.0 for hit in hits),
        total=total,
        openings=openings,
        counts=question.counter.counts(told["aggregations"]),
        matched=frozenset().union(*(text.matched for text in question.texts)),
        explanations=question.explanations(ask, ids) if query.explain and ids else {},
        tiers=question.tier_counts(told["aggregations"], total),
        as_of=question.newest(told["aggregations"]) if query.as_of is None else query.as_of,
    )


class Part(NamedTuple):
    """Rows that stand together: those of the text at place `text`, and where codes rank them, half of those."""

    text: int
    condition: Dsl | None = None


def question_of(schema: Schema, ask: Ask, query: Query, now: float) -> Question:
    """Compile `query`; where its words have to be weighed, they are counted first. Raises as `answer`."""
    texts = read_all(query)
    check(schema, query, *texts)
    compiler = Compiler.of(schema)
    ranked = query.sort is None and bool(texts[0].required)
    scored = scored_texts(schema, ask, compiler, texts, query, weighed=ranked)
    filters = {name: condition(one) for name, one in query.filters.items()}
    facets = {facet.left_out for facet in query.facets}
    left_out = {name: one for name, one in filters.items() if name in facets}
    counter = Counter(query, left_out)
    return Question(schema, query, texts, scored, compiler, now, filters, counter, ranked)


@dataclass(frozen=True)
class Question:
    """A query compiled for one schema. `scored` are its compiled texts, none where the first asks nothing."""

    schema: Schema
    query: Query
    texts: Sequence[TextQuery]
    scored: Sequence[Dsl]
    compiler: Compiler
    now: float
    filters: Mapping[str, Dsl]
    counter: Counter
    is_scored: bool

    def parts(self) -> list[Part]:
        """Return what stands above what: text by text, under each those with the very codes asked for first."""
        places = range(max(len(self.scored), 1))
        if self.query.sort is not None or not self.query.intervals:
            return [Part(place) for place in places]
        same = self.compiler.mentioning(self.query.intervals, exactly=True)
        others = {"bool": {"must_not": [same]}}
        return [Part(place, one) for place in places for one in (same, others)]

    def body(self, place: int) -> Dsl:
        """Return what to match, count and sort by; filters that some facet leaves out come behind the counting.

        All texts are matched, so that all are counted; that at `place` gives the score.
        """
        kept = [one for name, one in self.filters.items() if name not in self.counter.filters]
        matching: Dsl = {
            "bool": {"filter": [LIVE, *beside_text(self.schema, self.compiler, self.query), *kept]}
        }
        if len(self.scored) > 1:
            matching["bool"]["filter"].append(any_of(list(self.scored)))
            if self.is_scored:
                matching["bool"]["should"] = [self.scored[place]]
        elif self.scored:
            if self.is_scored:
                matching["bool"]["must"] = [self.scored[place]]
            else:
                matching["bool"]["filter"].append(self.scored[place])
        if isinstance(self.query.sort, Rings):
            matching["bool"]["should"] = [ringed(self.query.sort)]
            matching["bool"]["minimum_should_match"] = 0
        return {
            "query": self._decayed(matching) if self.is_scored else matching,
            "aggs": self.counter.aggregations() | self._own_aggregations(),
            "sort": self._sort(),
            "track_total_hits": True,
            "_source": False,
        }

    def _own_aggregations(self) -> Dsl:
        asked: Dsl = {}
        if len(self.scored) > 1:
            tiers = {str(place): self._tier(place) for place in range(len(self.scored))}
            each = {"filters": {"filters": tiers}}
            asked[_TIERS] = {"filter": all_of(list(self.counter.filters.values())), "aggs": {"each": each}}
        if self.schema.listed and self.query.as_of is None:
            newest = {"max": {"field": self.schema.listed}}
            asked[_NEWEST] = {"global": {}, "aggs": {"newest": newest}}
        return asked

    def _tier(self, place: int) -> Dsl:
        tier: Dsl = {"filter": [self.scored[place]]}
        return {"bool": tier | ({"must_not": list(self.scored[:place])} if place else {})}

    def tier_counts(self, told: Mapping[str, Any], total: int) -> tuple[int, ...]:
        """Return how many documents each text adds."""
        if _TIERS not in told:
            return (total,)
        buckets = told[_TIERS]["each"]["buckets"]
        return tuple(int(buckets[str(place)]["doc_count"]) for place in range(len(self.scored)))

    def newest(self, told: Mapping[str, Any]) -> int | None:
        """Return the highest value of the schema's `listed` field."""
        value = told[_NEWEST]["newest"]["value"] if _NEWEST in told else None
        return None if value is None else int(value)

    def window(self, part: Part, offset: int, size: int) -> Dsl:
        """Return the part of a body that says which rows are wanted, of which part of all."""
        after = list(self.counter.filters.values())
        after += [self._tier(part.text)] if len(self.scored) > 1 else []
        after += [part.condition] if part.condition else []
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
        for clause in dict.fromkeys(one for text in self.texts for one in text.scored):
            asked += [(label(clause), name, self.compiler.narrowed(name).clause(clause)) for name in fields]
            for other in spellings(clause):
                term = Term(other)
                asked += [
                    (" ".join(other), name, self.compiler.narrowed(name).clause(term)) for name in fields
                ]
            held = by_field(conditions_of(clause))
            asked += [(label(clause), name, condition(one)) for name, one in held.items()]
        for one in self.query.intervals:
            written = f"{one.system} {one.start}{'-' + one.end if one.end else ''}"
            for field in self.schema.of(Intervals):
                narrowed = self.compiler.narrowed(field.name)
                asked.append((written, field.name, narrowed.mentioning([one], exactly=False)))
        del asked[MOST_EXPLAINED:]
        named = [{"bool": {"filter": [query], "_name": str(nth)}} for nth, (_, _, query) in enumerate(asked)]
        body = {
            "query": {"bool": {"filter": [{"ids": {"values": list(ids)}}], "should": named}},
            "size": len(ids),
            "_source": False,
        }
        told: dict[str, dict[str, tuple[str, ...]]] = {identity: {} for identity in ids}
        for hit in answered(ask, body)["hits"]["hits"]:
            found = told[str(hit["_id"])]
            for nth in sorted(map(int, hit.get("matched_queries", ()))):
                expression, name, _ = asked[nth]
                found[expression] = tuple(dict.fromkeys((*found.get(expression, ()), name)))
        return told
