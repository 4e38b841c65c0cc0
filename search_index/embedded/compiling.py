"""Turns clauses and conditions into tantivy queries. A person's text never reaches tantivy's own query parser."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set

import tantivy

from search_index.checking import field_of
from search_index.conditions import AnyOf, Between, Both, Condition, Either, Overlapping, Stated, Without
from search_index.embedded.mapping import LIVE, keyword_term
from search_index.intervals import Interval, exact_terms, query_terms
from search_index.query import Rings
from search_index.query_text import Choice, Clause, Compound, Prefix, Term, TextQuery
from search_index.schema import Integer, Intervals, Keyword, Schema, Text
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

_Q = tantivy.Query
_MUST, _SHOULD, _NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
_MANY = 200
_REGEX_SIGNS = frozenset(r".+*?()|[]{}^$\&~#@<>" + '"')


class Compiler:
    """Compiles for one schema and one open tantivy schema."""

    def __init__(
        self, schema: Schema, opened: tantivy.Schema, terms: Callable[[str], Set[str]] | None = None
    ) -> None:
        """Take the schema, tantivy's own, and what tells all terms of a field."""
        self.schema = schema
        self._opened = opened
        self._terms = terms
        self._texts = [(field.name, field.weight) for field in schema.of(Text)]
        self._interval_fields = [field.name for field in schema.of(Intervals)]
        self._worths = {field.name: field.weight for field in schema.of(Keyword)}
        self._meets_by_conditions = True

    def live(self) -> tantivy.Query:
        """Return the query for everything that can be found."""
        return _Q.term_query(self._opened, "_flags", LIVE, "basic")

    def unscored(self, query: tantivy.Query) -> tantivy.Query:
        """Return `query` so that it adds nothing to a score."""
        return _Q.const_score_query(query, 0.0)

    def all_of(self, queries: Sequence[tantivy.Query]) -> tantivy.Query:
        """Return what matches all `queries`, the first scored, the others not; everything where there are none."""
        if not queries:
            return self.unscored(self.live())
        if len(queries) == 1:
            return queries[0]
        return _Q.boolean_query([(_MUST, queries[0]), *((_MUST, self.unscored(one)) for one in queries[1:])])

    def excluding(self, query: tantivy.Query, unwanted: Sequence[tantivy.Query]) -> tantivy.Query:
        """Return what matches `query` and none of `unwanted`."""
        return _Q.boolean_query([(_MUST, query), *((_NOT, one) for one in unwanted)]) if unwanted else query

    def any_of(self, queries: Sequence[tantivy.Query]) -> tantivy.Query:
        """Return what matches at least one of `queries`."""
        return _any(list(queries))

    # Text

    def text(self, text: TextQuery, scarcities: Sequence[float] = ()) -> tantivy.Query | None:
        """Return the scored query for `text`, or None where it asks nothing.

        `scarcities` are factors for what is required, in turn; without them all count alike.
        """
        factors = scarcities or [1.0] * len(text.required)
        parts = [
            (_MUST, _boosted(self.clause(clause), factor))
            for clause, factor in zip(text.required, factors, strict=True)
        ]
        if text.any_word and len(parts) > 1:
            one_of_them = _Q.boolean_query([(_SHOULD, part) for _, part in parts])
            parts = [(_MUST, one_of_them)]
        if not parts and not text.excluded:
            return None
        if not parts:
            parts = [(_MUST, self.unscored(self.live()))]
        parts += [(_SHOULD, _boosted(self.clause(clause), WISHED)) for clause in text.wished]
        parts += [(_NOT, self.clause(clause)) for clause in text.excluded]
        return parts[0][1] if len(parts) == 1 else _Q.boolean_query(parts)

    def clause(self, clause: Clause) -> tantivy.Query:
        """Return the scored query for one clause."""
        match clause:
            case Term(words, alternatives):
                return _best([*self._expression(words), *self._alternatives(alternatives)])
            case Prefix(beginning, stems):
                options = [
                    _Q.const_score_query(
                        _Q.regex_query(self._opened, name, _escaped(beginning) + ".*"), weight
                    )
                    for name, weight in self._texts
                ]
                return _best([*options, *(one for stem in stems for one in self._expression((stem,)))])
            case Compound(parts, alternatives, whole):
                each = share(len(parts)) * SCATTERED
                together = _Q.boolean_query([(_MUST, _boosted(self.clause(part), each)) for part in parts])
                run = self._expression(whole) if len(whole) > 1 else ()
                return _best([together, *run, *self._alternatives(alternatives)])
            case Choice(options):
                return _Q.boolean_query([(_SHOULD, self.clause(option)) for option in options])

    def in_field(self, clause: Clause, name: str) -> tantivy.Query:
        """Return the query for `clause` in the one text or interval field `name`, conditions left out."""
        narrowed = Compiler(self.schema, self._opened, self._terms)
        narrowed._texts = [pair for pair in self._texts if pair[0] == name]
        narrowed._interval_fields = [one for one in self._interval_fields if one == name]
        narrowed._meets_by_conditions = False
        return narrowed.clause(clause)

    def _expression(self, words: Expression, factor: float = 1.0) -> Iterator[tantivy.Query]:
        for name, weight in self._texts:
            query = (
                _Q.term_query(self._opened, name, words[0], "basic")
                if len(words) == 1
                else _Q.phrase_query(self._opened, name, list(words))
            )
            yield _Q.const_score_query(query, weight * factor)

    def _alternatives(self, alternatives: Iterable[Alternative]) -> Iterator[tantivy.Query]:
        for one in alternatives:
            if isinstance(one, tuple):
                yield from self._expression(one, ALTERNATIVE)
            elif not isinstance(one, Interval):
                if self._meets_by_conditions:
                    yield _Q.const_score_query(self.condition(one), worth(one, self._worths))
            else:
                for name in self._interval_fields:
                    yield _Q.const_score_query(self.overlapping(name, [one]), OVERLAPPING_CODE)
                    yield _Q.const_score_query(self._any_term(name, exact_terms([one])), EXACT_CODE)

    # Codes

    def overlapping(self, name: str, intervals: Iterable[Interval]) -> tantivy.Query:
        """Return what mentions, in field `name`, something that overlaps one of `intervals`."""
        return self._any_term(name, query_terms(intervals))

    def mentioning(self, intervals: Sequence[Interval], *, exactly: bool) -> tantivy.Query:
        """Return what mentions one of `intervals`, or what overlaps one, in any interval field."""
        terms = exact_terms(intervals) if exactly else query_terms(intervals)
        return _any([self._any_term(name, terms) for name in self._interval_fields])

    def _any_term(self, name: str, terms: Iterable[str]) -> tantivy.Query:
        terms = list(terms)
        if len(terms) > _MANY and self._terms is not None:
            # tantivy looks for each of them, which takes longer than leaving out those that no document has.
            there = self._terms(name)
            terms = [term for term in terms if term in there]
        if len(terms) == 1:
            return _Q.term_query(self._opened, name, terms[0], "basic")
        return _Q.term_set_query(self._opened, name, terms) if terms else _Q.empty_query()

    # Orders

    def ringed(self, sort: Rings) -> tantivy.Query:
        """Return what lies in a ring of `sort`; the first ring scores highest, each further one 1 less."""
        keyword = field_of(self.schema, sort.field, Keyword)
        name = keyword_term(keyword, "")[0]
        there = self._terms(name) if self._terms is not None else None
        rings = []
        for nth, values in enumerate(sort.rings):
            terms = [keyword_term(keyword, value)[1] for value in values if value.isprintable()]
            if terms := [term for term in terms if there is None or term in there]:
                score = float(len(sort.rings) - nth)
                rings.append(_Q.const_score_query(self._any_term(name, terms), score))
        return _Q.disjunction_max_query(rings, 0.0) if rings else _Q.empty_query()

    # Conditions

    def condition(self, condition: Condition) -> tantivy.Query:
        """Return the query for `condition`, which was checked. Raises `BadQuery` naming a field that it may not ask."""
        match condition:
            case AnyOf(name, values):
                keyword = field_of(self.schema, name, Keyword)
                # What is not printable was refused as a value, and some of it tantivy cannot even be asked.
                terms = [keyword_term(keyword, value) for value in values if value.isprintable()]
                return self._any_term(terms[0][0], [term for _, term in terms]) if terms else _Q.empty_query()
            case Between(name, least, most):
                return self._between(name, least, most)
            case Overlapping(name, intervals):
                return self.overlapping(field_of(self.schema, name, Intervals).name, intervals)
            case Stated(name):
                return _Q.exists_query(field_of(self.schema, name, Integer).name)
            case Without(unwanted):
                return self.excluding(self.live(), [self.condition(unwanted)])
            case Either(conditions):
                return _any([self.condition(one) for one in conditions])
            case Both(conditions):
                return self.all_of([self.condition(one) for one in conditions])

    def _between(self, name: str, least: int | None, most: int | None) -> tantivy.Query:
        field_of(self.schema, name, Integer)
        if least is None and most is None:
            return _Q.exists_query(name)
        if least is not None and most is not None and least > most:
            return _Q.empty_query()
        return _Q.range_query(self._opened, name, tantivy.FieldType.Integer, least, most)


def _boosted(query: tantivy.Query, factor: float) -> tantivy.Query:
    return query if factor == 1.0 else _Q.boost_query(query, factor)


def _best(options: list[tantivy.Query]) -> tantivy.Query:
    if not options:
        return _Q.empty_query()
    return options[0] if len(options) == 1 else _Q.disjunction_max_query(options, TIE_BREAKER)


def _any(options: list[tantivy.Query]) -> tantivy.Query:
    if not options:
        return _Q.empty_query()
    return options[0] if len(options) == 1 else _Q.boolean_query([(_SHOULD, one) for one in options])


def _escaped(text: str) -> str:
    return "".join("\\" + sign if sign in _REGEX_SIGNS else sign for sign in text)
