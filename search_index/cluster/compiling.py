"""Turns clauses and conditions into the query language that Elasticsearch and OpenSearch share.

The same shapes as the embedded engine's: a word is the best of its fields with a little for the others, conditions
never score, and a person's text never reaches the server's own query parser.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from search_index.conditions import AnyOf, Between, Both, Condition, Either, Overlapping, Stated, Without
from search_index.intervals import Interval, exact_terms, query_terms
from search_index.query import Rings
from search_index.query_text import Choice, Clause, Compound, Prefix, Term, TextQuery
from search_index.schema import Intervals, Keyword, Schema, Text
from search_index.scoring import (
    ALTERNATIVE,
    EXACT_CODE,
    OVERLAPPING_CODE,
    SCATTERED,
    TIE_BREAKER,
    WISHED,
    share,
    worth,
)
from search_index.synonyms import Alternative, Expression

Dsl = dict[str, Any]
LIVE: Dsl = {"term": {"_live": True}}
NOTHING: Dsl = {"match_none": {}}
# Servers take 1,024 clauses in a query; beyond this many leaves, other ways to write a word are left out.
MOST_LEAVES = 900


@dataclass(frozen=True)
class Compiler:
    """Compiles for the text fields (name, weight) and interval fields of one schema."""

    texts: tuple[tuple[str, float], ...]
    intervals: tuple[str, ...]
    meets_by_conditions: bool = True
    worths: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, schema: Schema) -> Compiler:
        """Return the compiler for all fields of `schema`."""
        texts = tuple((one.name, one.weight) for one in schema.of(Text))
        worths = {one.name: one.weight for one in schema.of(Keyword)}
        return cls(texts, tuple(one.name for one in schema.of(Intervals)), worths=worths)

    def narrowed(self, name: str) -> Compiler:
        """Return the compiler that looks into the one text or interval field `name` and knows no conditions."""
        return Compiler(
            tuple(pair for pair in self.texts if pair[0] == name),
            tuple(one for one in self.intervals if one == name),
            meets_by_conditions=False,
        )

    # Text

    def text(self, text: TextQuery, scarcities: Sequence[float] = ()) -> Dsl | None:
        """Return the scored query for `text`, or None where it asks nothing.

        `scarcities` are factors for what is required, in turn; without them all count alike.
        """
        if not text:
            return None
        bare = self._leaves((*text.required, *text.wished, *text.excluded)) > MOST_LEAVES
        compiled: dict[str, list[Dsl]] = {
            occurrence: [
                _boosted(self.clause(clause, bare=bare), factor)
                for clause, factor in zip(clauses, factors, strict=True)
            ]
            for occurrence, clauses, factors in (
                ("must", text.required, scarcities or [1.0] * len(text.required)),
                ("should", text.wished, [WISHED] * len(text.wished)),
                ("must_not", text.excluded, [1.0] * len(text.excluded)),
            )
            if clauses
        }
        if not text.required:
            compiled["filter"] = [LIVE]
            compiled.pop("should", None)
        elif text.any_word:
            enough = {"should": compiled["must"], "minimum_should_match": 1}
            compiled["must"] = [{"bool": enough}]
        return {"bool": compiled}

    def _leaves(self, clauses: Iterable[Clause]) -> int:
        found = 0
        for clause in clauses:
            match clause:
                case Choice(options):
                    found += self._leaves(options)
                case Compound(parts, alternatives):
                    found += self._leaves(parts) + len(self.texts) * (1 + len(alternatives))
                case Term(_, alternatives):
                    found += len(self.texts) * (1 + len(alternatives))
                case Prefix(_, stems):
                    found += len(self.texts) * (1 + len(stems))
        return found

    def clause(self, clause: Clause, *, bare: bool = False) -> Dsl:
        """Return the scored query for one clause, `bare` without other ways to write its words."""
        match clause:
            case Term(words, alternatives):
                return _best([*self._expression(words), *self._alternatives(() if bare else alternatives)])
            case Prefix(beginning, stems):
                options = [
                    _constant({"prefix": {name: {"value": beginning}}}, weight) for name, weight in self.texts
                ]
                others = () if bare else stems
                return _best([*options, *(one for stem in others for one in self._expression((stem,)))])
            case Compound(parts, alternatives, whole):
                each = share(len(parts)) * SCATTERED
                together = {
                    "bool": {"must": [_boosted(self.clause(part, bare=bare), each) for part in parts]}
                }
                run = self._expression(whole) if len(whole) > 1 and not bare else ()
                return _best([together, *run, *self._alternatives(() if bare else alternatives)])
            case Choice(options):
                return {
                    "bool": {
                        "should": [self.clause(one, bare=bare) for one in options],
                        "minimum_should_match": 1,
                    }
                }

    def _expression(self, words: Expression, factor: float = 1.0) -> Iterator[Dsl]:
        for name, weight in self.texts:
            if len(words) == 1:
                yield _constant({"term": {name: words[0]}}, weight * factor)
            else:
                yield _constant({"match_phrase": {name: " ".join(words)}}, weight * factor)

    def _alternatives(self, alternatives: Iterable[Alternative]) -> Iterator[Dsl]:
        for one in alternatives:
            if isinstance(one, tuple):
                yield from self._expression(one, ALTERNATIVE)
            elif not isinstance(one, Interval):
                if self.meets_by_conditions:
                    yield _constant(condition(one), worth(one, self.worths))
            else:
                for name in self.intervals:
                    yield _constant(_any_term(name, query_terms([one])), OVERLAPPING_CODE)
                    yield _constant(_any_term(name, exact_terms([one])), EXACT_CODE)

    # Codes

    def mentioning(self, intervals: Sequence[Interval], *, exactly: bool) -> Dsl:
        """Return what mentions one of `intervals`, or what overlaps one, in any interval field."""
        terms = exact_terms(intervals) if exactly else query_terms(intervals)
        return any_of([_any_term(name, terms) for name in self.intervals])


def ringed(sort: Rings) -> Dsl:
    """Return what lies in a ring of `sort`; the first ring scores highest, each further one 1 less."""
    rings = [
        _constant(condition(AnyOf(sort.field, values)), len(sort.rings) - nth)
        for nth, values in enumerate(sort.rings)
        if values
    ]
    return {"dis_max": {"queries": rings}} if rings else NOTHING


# Conditions


def condition(asked: Condition) -> Dsl:
    """Return the query for a condition that `checking.check` has passed."""
    match asked:
        case AnyOf(name, values):
            return _any_term(name, [value for value in values if value.isprintable()])
        case Between(name, least, most):
            if least is None and most is None:
                return {"exists": {"field": name}}
            bounds = {"gte": least, "lte": most}
            if least is not None and most is not None and least > most:
                return NOTHING
            return {"range": {name: {key: value for key, value in bounds.items() if value is not None}}}
        case Overlapping(name, intervals):
            return _any_term(name, query_terms(intervals))
        case Stated(name):
            return {"exists": {"field": name}}
        case Without(unwanted):
            return {"bool": {"must_not": [condition(unwanted)]}}
        case Either(conditions):
            return any_of([condition(one) for one in conditions])
        case Both(conditions):
            return {"bool": {"filter": [LIVE, *map(condition, conditions)]}}


def any_of(options: list[Dsl]) -> Dsl:
    """Return what meets one of `options`; nothing meets none."""
    if len(options) == 1:
        return options[0]
    return {"bool": {"should": options, "minimum_should_match": 1}} if options else NOTHING


def all_of(queries: Sequence[Mapping[str, Any]]) -> Dsl:
    """Return what meets all of `queries`, unscored; everything meets none."""
    return {"bool": {"filter": list(queries)}} if queries else {"match_all": {}}


def _any_term(name: str, terms: Iterable[str]) -> Dsl:
    listed = sorted(terms)
    return {"terms": {name: listed}} if listed else NOTHING


def _constant(query: Dsl, score: float) -> Dsl:
    return {"constant_score": {"filter": query, "boost": score}}


def _boosted(query: Dsl, factor: float) -> Dsl:
    return query if factor == 1.0 else {"bool": {"must": [query], "boost": factor}}


def _best(options: list[Dsl]) -> Dsl:
    if len(options) == 1:
        return options[0]
    return {"dis_max": {"queries": options, "tie_breaker": TIE_BREAKER}} if options else NOTHING
