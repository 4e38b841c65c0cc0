"""What one document offers to a query: its tokens, keywords, numbers and mentions, as an engine would index them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from search_index.documents import Document, analysed
from search_index.intervals import mention_terms
from search_index.schema import Integer, Intervals, Keyword, Schema, Text

_UNIT = "\x1f"


@dataclass(frozen=True, slots=True)
class Facts:
    """`texts` are token texts with a blank at either end; `terms` are the indexed terms of interval fields."""

    texts: tuple[str, ...]
    tokens: frozenset[str]
    keywords: Mapping[str, frozenset[str]]
    numbers: Mapping[str, int]
    terms: Mapping[str, set[str]]

    @classmethod
    def of(cls, schema: Schema, document: Document) -> Facts:
        """Analyse `document`. Raises `ValueError` naming the field that no engine would take."""
        taken: Mapping[str, Any] = analysed(schema, document)
        texts = [str(taken[one.name]) for one in schema.of(Text) if one.name in taken]
        return cls(
            texts=tuple(f" {text} " for text in texts),
            tokens=frozenset(token for text in texts for token in text.split()),
            keywords={one.name: frozenset(taken.get(one.name, ())) for one in schema.of(Keyword)},
            numbers={one.name: taken[one.name] for one in schema.of(Integer) if one.name in taken},
            terms={one.name: mention_terms(taken.get(one.name, ())) for one in schema.of(Intervals)},
        )

    def says(self, words: tuple[str, ...]) -> bool:
        """Say whether `words` stand in a row in one text."""
        if len(words) == 1:
            return words[0] in self.tokens
        phrase = f" {' '.join(words)} "
        return any(phrase in text for text in self.texts)

    def keys(self, schema: Schema, beginnings: Iterable[int]) -> Iterator[str]:
        """Yield the keys (see below) of all that holds, `beginnings` being the lengths of those asked about."""
        lengths = tuple(beginnings)
        for token in self.tokens:
            yield word_key(token)
            for length in lengths:
                if length <= len(token):
                    yield beginning_key(token[:length])
        for text in self.texts:
            words = text.split()
            yield from {pair_key(*pair) for pair in pairwise(words)}
        for name, values in self.keywords.items():
            for value in values:
                yield keyword_key(name, value)
        for field in schema.of(Integer):
            yield stated_key(field.name) if field.name in self.numbers else absent_key(field.name)
        for name, terms in self.terms.items():
            for term in terms:
                yield term_key(name, term)


# One text stands for each smallest thing that can be true of a document; the first sign tells the kinds apart.


def word_key(token: str) -> str:
    """Some text contains `token`."""
    return "w" + token


def pair_key(first: str, second: str) -> str:
    """Some text contains two tokens in a row."""
    return f"p{first} {second}"


def beginning_key(beginning: str) -> str:
    """Some text contains a token that begins so."""
    return "b" + beginning


def keyword_key(field: str, value: str) -> str:
    """The keyword field carries `value`."""
    return f"k{field}{_UNIT}{value}"


def term_key(field: str, term: str) -> str:
    """A mention in the interval field is indexed with `term`."""
    return f"t{field}{_UNIT}{term}"


def stated_key(field: str) -> str:
    """The integer field has a value."""
    return "s" + field


def absent_key(field: str) -> str:
    """The integer field has none."""
    return "a" + field
