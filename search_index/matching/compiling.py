"""Turns a stored query into the few literals that must all hold."""

from __future__ import annotations

from collections.abc import Iterable

from search_index.conditions import AnyOf, Between, Both, Condition, Either, Overlapping, Stated, Without
from search_index.intervals import Interval, query_terms
from search_index.matching.facts import absent_key, beginning_key, keyword_key, stated_key, term_key, word_key
from search_index.matching.predicates import TRUE, Predicates
from search_index.query_text import Choice, Clause, Compound, Prefix, Term, TextQuery
from search_index.schema import Intervals, Schema
from search_index.stored import StoredQuery
from search_index.synonyms import Alternative, Expression


class Compiler:
    """Compiles for one schema into one store of predicates; what many queries share is compiled once."""

    def __init__(self, schema: Schema, predicates: Predicates) -> None:
        """Take where predicates are kept."""
        self._predicates = predicates
        self._interval_fields = [field.name for field in schema.of(Intervals)]
        self._known: dict[Clause | Condition | tuple[Interval, ...], int] = {}

    def literals(self, stored: StoredQuery, words: TextQuery) -> list[int]:
        """Return what has to hold for `stored`, whose `words` were read: words first, then codes, then filters."""
        found = [self._clause(clause) for clause in words.required]
        if stored.intervals:
            found.append(self._mentions(stored.intervals))
        found += [self._condition(condition) for condition in stored.filters.values()]
        found += [self._clause(clause) ^ 1 for clause in words.excluded]
        return [literal for literal in dict.fromkeys(found) if literal != TRUE]

    def _clause(self, clause: Clause) -> int:
        if isinstance(clause, Term) and not clause.alternatives:
            return self._expression(clause.tokens)
        if (literal := self._known.get(clause)) is None:
            literal = self._known[clause] = self._composed(clause)
        return literal

    def _composed(self, clause: Clause) -> int:
        any_of = self._predicates.any_of
        match clause:
            case Term(words, alternatives):
                return any_of([self._expression(words), *map(self._alternative, alternatives)])
            case Prefix(beginning, stems):
                begun = self._predicates.beginning(beginning_key(beginning), len(beginning))
                return any_of([begun, *(self._expression((stem,)) for stem in stems)])
            case Compound(parts, alternatives):
                together = self._predicates.all_of(map(self._clause, parts))
                return any_of([together, *map(self._alternative, alternatives)])
            case Choice(options):
                return any_of(map(self._clause, options))

    def _expression(self, words: Expression) -> int:
        return self._predicates.key(word_key(words[0])) if len(words) == 1 else self._predicates.phrase(words)

    def _alternative(self, one: Alternative) -> int:
        if isinstance(one, tuple):
            return self._expression(one)
        return self._mentions((one,)) if isinstance(one, Interval) else self._condition(one)

    def _mentions(self, intervals: tuple[Interval, ...]) -> int:
        if (literal := self._known.get(intervals)) is None:
            overlaps = [self._overlaps(name, intervals) for name in self._interval_fields]
            literal = self._known[intervals] = self._predicates.any_of(overlaps)
        return literal

    def _overlaps(self, name: str, intervals: Iterable[Interval]) -> int:
        terms = query_terms(intervals)
        return self._predicates.any_of(self._predicates.key(term_key(name, term)) for term in terms)

    def _condition(self, condition: Condition) -> int:
        if (literal := self._known.get(condition)) is None:
            literal = self._asked(condition)
            # A range is one number to look up anyway, and there may be as many as queries.
            if not isinstance(condition, Between):
                self._known[condition] = literal
        return literal

    def _asked(self, condition: Condition) -> int:
        predicates = self._predicates
        match condition:
            case AnyOf(name, values):
                return predicates.any_of(predicates.key(keyword_key(name, value)) for value in values)
            case Between(name, least, most):
                return predicates.between(name, least, most)
            case Overlapping(name, intervals):
                return self._overlaps(name, intervals)
            case Stated(name):
                return predicates.key(stated_key(name))
            case Without(Stated(name)):
                return predicates.key(absent_key(name))
            case Without(unwanted):
                return self._condition(unwanted) ^ 1
            case Either(conditions):
                return predicates.any_of(map(self._condition, conditions))
            case Both(conditions):
                return predicates.all_of(map(self._condition, conditions))
