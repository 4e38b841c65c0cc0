"""Reads the words of a search: codes become intervals, the trade's words bring their synonyms."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jobboard.codes.linker import parse_query_code
from search_index import Interval, Synonyms, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jobboard.codes.linker import Mention
    from jobboard.vocabulary import Vocabularies
    from search_index.synonyms import Alternative

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_CODE = r"[A-Za-z]?\d[0-9A-Za-z]{1,4}(?:\.[0-9A-Za-z]{1,4})?[A-Za-z]?"
# A range typed with blanks, or with a word between: "62320 - 62327", "99202 to 99215".
_SPACED_RANGE = re.compile(rf"\b({_CODE})\s*(?:[{_DASHES}]|\bto\b|\bthrough\b)\s*({_CODE})\b", re.IGNORECASE)
_CAPITALS = re.compile(r"[A-Z][A-Z&/-]+")


def intervals_of(mentions: Iterable[Mention]) -> tuple[Interval, ...]:
    """What was typed as the index matches it.

    A diagnosis code stands for itself and for what lies below it: who types I21 wants I21.09 too.
    """
    found: list[Interval] = []
    for one in mentions:
        found.append(Interval(one.system, one.start, one.end, one.family))
        if one.system == "icd10cm" and one.end is None and not one.family:
            found.append(Interval(one.system, one.start, None, family=True))
    return tuple(found)


def tidy(q: str) -> str:
    """The words with ranges drawn together, so that each is one token."""
    return _SPACED_RANGE.sub(_joined, q)


def _joined(found: re.Match[str]) -> str:
    together = f"{found[1]}-{found[2]}"
    return together if _mentions(together) else found[0]


@lru_cache(maxsize=4096)
def _mentions(text: str) -> tuple[Mention, ...]:
    return tuple(parse_query_code(text)) if any(sign.isdigit() for sign in text) else ()


def single_code(q: str) -> tuple[Interval, ...]:
    """The intervals of a search that is nothing but one code, family or range; else empty."""
    words = q.strip()
    return () if not words or " " in words else intervals_of(_mentions(words))


class QueryWords(Synonyms):
    """Synonyms of one search: those of the trade, and for a code its interval.

    A cautious word ("OP", "IR") is read as the trade's only where it was typed in capitals.
    """

    def __init__(self, q: str, words: Vocabularies) -> None:
        """Take the search as typed."""
        self._plain, self._cautious = _tables(words)
        self._capitals = {tuple(tokens(word)) for word in _CAPITALS.findall(q)}
        self._codes = {
            tuple(tokens(word)): intervals_of(_mentions(word)) for word in q.split() if _mentions(word)
        }
        self.longest = max((self._plain.longest, self._cautious.longest, *map(len, self._codes)))

    def of(self, expression: tuple[str, ...]) -> tuple[Alternative, ...]:
        """What may stand for a run of tokens: its codes first, then other words."""
        found: tuple[Alternative, ...] = self._codes.get(expression, ())
        if expression in self._capitals:
            return (*found, *self._cautious.of(expression))
        return (*found, *self._plain.of(expression))


@lru_cache(maxsize=8)
def _tables_of(groups: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]) -> tuple[Synonyms, Synonyms]:
    everything = Synonyms.of_groups(group for group, _ in groups)
    cautious = {tuple(tokens(word)) for _, words in groups for word in words}
    plain = {key: everything.of(key) for group, _ in groups for word in group if (key := tuple(tokens(word)))}
    return Synonyms({key: found for key, found in plain.items() if key not in cautious}), everything


def _tables(words: Vocabularies) -> tuple[Synonyms, Synonyms]:
    return _tables_of(tuple((group.words, group.cautious) for group in words.groups))
