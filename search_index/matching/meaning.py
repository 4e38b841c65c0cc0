"""Whether one query matches one document, asked plainly: for a single pair, and to hold everything faster against."""

from __future__ import annotations

from collections.abc import Iterable

from search_index.conditions import AnyOf, Between, Both, Condition, Either, Overlapping, Stated, Without
from search_index.documents import Document
from search_index.intervals import Interval, query_terms
from search_index.matching.facts import Facts
from search_index.query_text import Choice, Clause, Compound, Prefix, Term
from search_index.schema import Schema
from search_index.stored import StoredQuery
from search_index.synonyms import Alternative


def matches(schema: Schema, stored: StoredQuery, document: Document) -> bool:
    """Say whether an index of `document` alone would return it for `stored`. Raises `ValueError` for its fields."""
    facts = Facts.of(schema, document)
    words = stored.words()
    return (
        all(holds(condition, facts) for condition in stored.filters.values())
        and (not stored.intervals or mentions(stored.intervals, facts))
        and all(meets(clause, facts) for clause in words.required)
        and not any(meets(clause, facts) for clause in words.excluded)
    )


def meets(clause: Clause, facts: Facts) -> bool:
    """Say whether the texts and fields meet one clause of what was typed."""
    match clause:
        case Term(words, alternatives):
            return facts.says(words) or any(_stands_for(one, facts) for one in alternatives)
        case Prefix(beginning, stems):
            return not facts.tokens.isdisjoint(stems) or any(
                token.startswith(beginning) for token in facts.tokens
            )
        case Compound(parts, alternatives):
            return all(meets(part, facts) for part in parts) or any(
                _stands_for(one, facts) for one in alternatives
            )
        case Choice(options):
            return any(meets(option, facts) for option in options)


def _stands_for(one: Alternative, facts: Facts) -> bool:
    if isinstance(one, tuple):
        return facts.says(one)
    return mentions([one], facts) if isinstance(one, Interval) else holds(one, facts)


def mentions(intervals: Iterable[Interval], facts: Facts) -> bool:
    """Say whether a mention in any interval field overlaps one of `intervals`."""
    sought = query_terms(intervals)
    return any(not sought.isdisjoint(terms) for terms in facts.terms.values())


def holds(condition: Condition, facts: Facts) -> bool:
    """Say whether `condition`, which the schema allows, holds."""
    match condition:
        case AnyOf(name, values):
            return not facts.keywords[name].isdisjoint(values)
        case Between(name, least, most):
            value = facts.numbers.get(name)
            return value is not None and (least is None or least <= value) and (most is None or value <= most)
        case Overlapping(name, intervals):
            return not facts.terms[name].isdisjoint(query_terms(intervals))
        case Stated(name):
            return name in facts.numbers
        case Without(unwanted):
            return not holds(unwanted, facts)
        case Either(conditions):
            return any(holds(one, facts) for one in conditions)
        case Both(conditions):
            return all(holds(one, facts) for one in conditions)
