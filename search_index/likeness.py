"""Which words of an index a mistyped word may stand for, the same on every engine.

A slip is a letter left out, put in or replaced, or two neighbours swapped (the optimal string alignment distance).
One is allowed from four letters on and two from eight, which are the defaults of Algolia's typo tolerance; in shorter
words a slip makes too many other words. With two, the first letter has to be right, as in Lucene's spell checker:
radiology is no slip for cardiology. Only words of letters are ever like another: no codes, no numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search_index.analysis import LONGEST_WRITTEN, fold

SHORTEST, SHORTEST_WITH_TWO = 4, 8
# A word this many times rarer than another candidate is most likely a slip itself.
_FAR_RARER = 50
# Of so many near words, the nearest, documents are counted.
MOST_COUNTED = 200


@dataclass(frozen=True, slots=True)
class LikeWord:
    """A word as it is written, folded; how many slips away it is, and how many documents carry it."""

    word: str
    slips: int
    count: int


def slips_allowed(word: str) -> int:
    """Return how many slips `word`, folded, may have: 0 for what is no word of letters, or too short or long."""
    if not word.isalpha() or not SHORTEST <= len(word) <= LONGEST_WRITTEN:
        return 0
    return 1 if len(word) < SHORTEST_WITH_TWO else 2


class WordsByLength:
    """Words in groups as long as each other, so that most of many are never looked at."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the words, each once."""
        self._groups: defaultdict[int, list[str]] = defaultdict(list)
        for word in words:
            self._groups[len(word)].append(word)

    def about_as_long(self, length: int, most: int) -> Iterator[str]:
        """Yield the words whose length differs from `length` by at most `most`."""
        for each in range(length - most, length + most + 1):
            yield from self._groups.get(each, ())


def near(word: str, known: WordsByLength) -> dict[str, int]:
    """Return those of `known` that `word` may be a slip for, with their slips: the nearest `MOST_COUNTED`."""
    word = fold(word)
    allowed = slips_allowed(word)
    if not allowed:
        return {}
    found = process.extract(
        word,
        list(known.about_as_long(len(word), allowed)),
        scorer=OSA.distance,
        score_cutoff=allowed,
        limit=None,
    )
    slips = {
        one: int(distance)
        for one, distance, _ in found
        if one != word and (distance == 1 or one[0] == word[0])
    }
    nearest = sorted(slips, key=lambda one: (slips[one], one[0] != word[0], one))
    return {one: slips[one] for one in nearest[:MOST_COUNTED]}


def likeliest(word: str, slips: dict[str, int], counts: Iterable[int], most: int) -> tuple[LikeWord, ...]:
    """Return the `most` likeliest of `slips`, whose words so many documents carry in turn.

    Fewer slips first, then those with the same first letter, which is seldom mistyped, then the more frequent, then
    by text. What is far rarer than another, or carried by nobody, is left out.
    """
    first = fold(word)[:1]
    found = [LikeWord(one, slips[one], count) for one, count in zip(slips, counts, strict=True) if count]
    least = max((one.count for one in found), default=0) / _FAR_RARER
    found = [one for one in found if one.count >= least]
    found.sort(key=lambda one: (one.slips, one.word[0] != first, -one.count, one.word))
    return tuple(found[:most])
