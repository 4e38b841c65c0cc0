"""What the engine is told of a search's words: the trade's synonyms, and for concepts their codes and conditions."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jobboard.search.concept_reader import read_concepts
from jobboard.search.concepts import ARRANGEMENT, REMOTE
from jobboard.search.trade_words import trade_ways
from search_index import Synonyms, tokens

if TYPE_CHECKING:
    from jobboard.search.concept_reader import Reading
    from jobboard.search.request import SearchRequest
    from jobboard.vocabulary import Vocabularies
    from search_index.synonyms import Alternative

_CAPITALS = re.compile(r"[A-Z][A-Z&/-]+")


def reading_of(request: SearchRequest, words: Vocabularies) -> Reading:
    """What the words of `request` mean beside its filters."""
    remote = any(value.startswith(REMOTE) for value in request.facets.get(ARRANGEMENT, ()))
    return read_concepts(request.q, words, request.plain, remote=remote)


class QueryWords(Synonyms):
    """Synonyms of one search: those of the trade, and for a concept what meets it.

    A cautious word ("OP", "IR") is read as the trade's only where it was typed in capitals; what the person wants as
    plain words stands for nothing else.
    """

    def __init__(self, reading: Reading, words: Vocabularies) -> None:
        """Take what was read."""
        self._plain, self._cautious = _tables(words)
        self._capitals = {tuple(tokens(word)) for word in _CAPITALS.findall(reading.q)}
        self._ways = {**trade_ways(reading.text, words), **reading.ways}
        self._unwanted = {tuple(tokens(word)) for word in reading.plain}
        self.longest = max((self._plain.longest, self._cautious.longest, *map(len, self._ways)))

    def of(self, expression: tuple[str, ...]) -> tuple[Alternative, ...]:
        """What may stand for a run of tokens: codes and conditions first, then other words."""
        if expression in self._unwanted:
            return ()
        found: tuple[Alternative, ...] = self._ways.get(expression, ())
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
