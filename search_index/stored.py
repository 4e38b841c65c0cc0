"""A query to keep: what it seeks, resolved once, as JSON that finds the same things years later.

Kept are the words as typed, the other ways to write them that were in force then, filters and intervals. Nothing is
looked up again when it is read back, so whatever becomes of the synonyms since, a page of results and `Matcher` read
the same query. What only orders or counts results (sort, page, facets) is no part of it, nor is a time seen from now:
a filter on one would stand still.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import orjson

from search_index import query_text
from search_index.analysis import ANALYSIS_VERSION
from search_index.conditions import Condition
from search_index.errors import BadQuery
from search_index.intervals import Interval
from search_index.query import Query
from search_index.query_text import TextQuery
from search_index.stored_form import (
    condition_told,
    conditions_read,
    intervals_read,
    intervals_told,
    synonyms_read,
    synonyms_told,
)
from search_index.synonyms import Alternative, Expression, Synonyms

FORM_VERSION = 1
_KEPT = frozenset({"text", "filters", "intervals", "synonyms"})


class OutdatedForm(ValueError):
    """The stored form cannot be used any more, as the text says: store the query anew from what was asked."""


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """What a query seeks. `synonyms` maps those runs of tokens of `text` that had any to what may stand for them."""

    text: str = ""
    synonyms: Mapping[Expression, tuple[Alternative, ...]] = field(default_factory=dict)
    filters: Mapping[str, Condition] = field(default_factory=dict)
    intervals: tuple[Interval, ...] = ()

    @classmethod
    def of(cls, query: Query) -> StoredQuery:
        """Resolve `query`. Raises `BadQuery` naming what is set and cannot be kept: sort, page, facets …"""
        for part in dataclasses.fields(query):
            if part.name not in _KEPT and getattr(query, part.name) != part.default:
                raise BadQuery(f"{part.name}: a stored query keeps what is sought, not how results are shown")
        consulted = _Consulted(query.synonyms)
        query_text.read(query.text, consulted)
        return cls(query.text, consulted.found, dict(query.filters), tuple(query.intervals))

    def query(self, filters: Mapping[str, Condition] | None = None, **shown: Any) -> Query:
        """Return the query for a page of results; `shown` are further parts of `Query`, `filters` further ones."""
        return Query(
            text=self.text,
            synonyms=Synonyms(self.synonyms),
            filters={**self.filters, **(filters or {})},
            intervals=self.intervals,
            **shown,
        )

    def words(self) -> TextQuery:
        """Return the words as every engine reads them."""
        return _words(self.text, tuple(self.synonyms.items()))

    def told(self) -> dict[str, Any]:
        """Return the stored form as plain JSON values."""
        told = {
            "form": FORM_VERSION,
            "analysis": ANALYSIS_VERSION,
            "text": self.text,
            "synonyms": synonyms_told(self.synonyms),
            "filters": {name: condition_told(one) for name, one in self.filters.items()},
            "intervals": intervals_told(self.intervals),
        }
        return {name: part for name, part in told.items() if part}

    def to_json(self) -> str:
        """Return the stored form."""
        return orjson.dumps(self.told()).decode()

    @classmethod
    def read(cls, told: Any) -> StoredQuery:
        """Read what `told` returned.

        Raises `ValueError` naming the part that is malformed; `OutdatedForm` where it was written by another version
        of the form, or of the text analysis, whose tokens may be others.
        """
        if not isinstance(told, dict):
            raise ValueError("a stored query is an object")
        if told.get("form") != FORM_VERSION:
            raise OutdatedForm(f"form: version {told.get('form')!r} is not {FORM_VERSION}")
        if told.get("analysis") != ANALYSIS_VERSION:
            raise OutdatedForm(f"analysis: version {told.get('analysis')!r} is not {ANALYSIS_VERSION}")
        words = told.get("text", "")
        if not isinstance(words, str):
            raise ValueError("text: a string is needed")
        return cls(
            words,
            synonyms_read(told.get("synonyms", [])),
            conditions_read(told.get("filters", {})),
            intervals_read(told.get("intervals", []), "intervals"),
        )

    @classmethod
    def from_json(cls, text: str | bytes) -> StoredQuery:
        """Read a stored form back. Raises `ValueError` and `OutdatedForm` as `read` does."""
        try:
            told = orjson.loads(text)
        except orjson.JSONDecodeError as problem:
            raise ValueError(f"a stored query is no JSON: {problem}") from None
        return cls.read(told)


@lru_cache(maxsize=8192)
def _words(text: str, synonyms: tuple[tuple[Expression, tuple[Alternative, ...]], ...]) -> TextQuery:
    return query_text.read(text, Synonyms(dict(synonyms)))


class _Consulted(Synonyms):
    """Passes on what others know, and remembers it."""

    def __init__(self, known: Synonyms) -> None:
        super().__init__()
        self._known = known
        self.longest = known.longest
        self.found: dict[Expression, tuple[Alternative, ...]] = {}

    def of(self, expression: Expression) -> tuple[Alternative, ...]:
        alternatives = tuple(self._known.of(expression))
        if alternatives:
            self.found[expression] = alternatives
        return alternatives
