"""What stands below the matches of a search when they are few: words corrected, and words left out.

A search that finds fewer than `FEW` openings is looked at again, word by word:

- A word that no opening has is taken for a slip of the likeliest word that openings have (see
  `search_index.likeness`), or of the name in the vocabularies that sounds the same ("meditek"); what has the corrected
  word stands below what has the word as typed. The corrected search is read for what its words mean, as any other.
- A word that some openings have, but fewer than `FEW`, is taken for a slip only where a word one slip away is in
  `FAR_MORE` times as many. Where it is merely in more, the page asks "did you mean".
- If there are still fewer than `FEW`, openings follow that lack a word: first those that lack the word that tells
  least, because most openings have it, then those that lack the next one too. What no opening has goes first of all.

Words of the trade's vocabularies, states, short capitals, codes and numbers are never corrected.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from jobboard.places import states
from search_index import NO_SYNONYMS, Part, Synonyms, parts, tokens
from search_index.analysis import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from jobboard.vocabulary import Vocabularies
    from search_index import LikeWord, Page, Query
    from search_index.synonyms import Alternative

FEW = 5
FAR_MORE = 10
MOST_CORRECTED = 3
# So many words are left out one after the other; of longer searches then all but the last few.
_LEFT_OUT, _KEPT = 5, 3
_LONGEST_IN_CAPITALS = 6
_SHORTEST_HEARD = 6
_HEARD = (("ph", "f"), ("ch", "k"), ("ck", "k"), ("c", "k"), ("q", "k"), ("z", "s"), ("y", "i"), ("ae", "e"))
_DOUBLED = re.compile(r"(.)\1+")
# A longer text is no question that a person asks.
_MOST_PARTS = 16


class Searcher(Protocol):
    """What is asked of an index."""

    def search(self, query: Query) -> Page:
        """Answer `query`."""

    def counts(self, texts: Sequence[str], query: Query) -> tuple[int, ...]:
        """Return how many documents match each text."""

    def words_like(self, word: str, most: int = 5) -> tuple[LikeWord, ...]:
        """Return what `word` may be a slip for."""


@dataclass(frozen=True)
class Lenience:
    """What was done to a text.

    `exact` openings match it as it stands, `corrected` ones with `replaced` words (typed → meant), which makes the text
    `meant`; the others lack some of the words `left_out`. `suggested` is another text that may have been meant.
    """

    exact: int
    corrected: int = 0
    replaced: tuple[tuple[str, str], ...] = ()
    meant: str = ""
    left_out: tuple[str, ...] = ()
    relaxed: int = 0
    suggested: str = ""
    suggestions: tuple[tuple[str, str], ...] = ()
    # The texts that were sought below the text, and what words stand for in all of them.
    below: tuple[str, ...] = ()
    synonyms: Synonyms = NO_SYNONYMS


def leniently(
    index: Searcher,
    query: Query,
    page: Page,
    words: Vocabularies,
    *,
    literal: bool,
    understood: Callable[[str], Synonyms],
) -> tuple[Page, Lenience | None]:
    """Return the page that `query` gets where `page` is all that matches it, and what was done; None for nothing.

    With `literal` nothing is done, and only suggested. `understood` tells what the words of a corrected text stand for.
    Raises `Unavailable`.
    """
    typed = parts(query.text, query.synonyms)
    if page.total >= FEW or not 0 < len(typed) <= _MOST_PARTS:
        return page, None
    corrected, suggested = _corrections(index, query, typed, words)
    if literal:
        suggested = {**corrected, **suggested}
        corrected = {}
    meant = _replaced(query.text, corrected) if corrected else ""
    if meant:
        query = replace(query, synonyms=_Together(query.synonyms, understood(meant)))
    below = [meant] if meant else []
    left_out: tuple[str, ...] = ()
    if not literal:
        relaxed, left_out = _relaxed(index, query, page.total, meant)
        below += relaxed
    if below:
        page = index.search(replace(query, below=tuple(below)))
    tiers = page.tiers or (page.total,)
    done = Lenience(
        exact=tiers[0],
        corrected=tiers[1] if meant else 0,
        replaced=tuple((part.text, word) for part, word in corrected.items()),
        meant=meant,
        left_out=left_out,
        relaxed=sum(tiers[2 if meant else 1 :]),
        suggested=_replaced(query.text, suggested) if suggested else "",
        below=tuple(below),
        synonyms=query.synonyms,
        suggestions=tuple((part.text, word) for part, word in suggested.items()),
    )
    return page, done if below or suggested else None


def _corrections(
    index: Searcher, query: Query, typed: Sequence[Part], words: Vocabularies
) -> tuple[dict[Part, str], dict[Part, str]]:
    """Return the words to correct, and those of which another may have been meant."""
    known = trade_words(words)
    doubtful = [part for part in typed if _may_be_a_slip(part, known)][: 2 * MOST_CORRECTED]
    everything = replace(query, intervals=(), filters={}, facets=(), page=1)
    counts = index.counts([part.text for part in doubtful], everything) if doubtful else ()
    corrected: dict[Part, str] = {}
    suggested: dict[Part, str] = {}
    for part, count in zip(doubtful, counts, strict=True):
        if count >= FEW or len(corrected) == MOST_CORRECTED:
            continue
        like = index.words_like(part.text)
        near = max((one for one in like if one.slips == 1), key=lambda one: one.count, default=None)
        if not count and like:
            corrected[part] = like[0].word
        elif not count and (named := _sounding(words).get(_sound(part.text))):
            corrected[part] = named
        elif count and near and near.count >= FAR_MORE * count:
            corrected[part] = near.word
        elif count and near and near.count > count:
            suggested[part] = near.word
    return corrected, suggested


class _Together(Synonyms):
    """What either of two says that a run of tokens stands for."""

    def __init__(self, *parts: Synonyms) -> None:
        self._parts = parts
        self.longest = max(one.longest for one in parts)

    def of(self, expression: tuple[str, ...]) -> tuple[Alternative, ...]:
        return tuple(dict.fromkeys(other for one in self._parts for other in one.of(expression)))


def _sound(word: str) -> str:
    """The word as it is heard, roughly: "meditek" and "MEDITECH" are the same."""
    heard = fold(word)
    for written, spoken in _HEARD:
        heard = heard.replace(written, spoken)
    return _DOUBLED.sub(r"\1", heard)


@lru_cache(maxsize=4)
def _sounding(words: Vocabularies) -> dict[str, str]:
    """The words of the vocabularies by their sound, those alone that no other sounds like."""
    found: dict[str, set[str]] = {}
    for word in sorted(trade_words(words)):
        if word.isalpha() and len(word) >= _SHORTEST_HEARD:
            found.setdefault(_sound(word), set()).add(word)
    return {sound: min(alike) for sound, alike in found.items() if len(alike) == 1}


def _may_be_a_slip(part: Part, known: frozenset[str]) -> bool:
    word = part.text
    in_capitals = word.isupper() and len(word) <= _LONGEST_IN_CAPITALS
    return part.plain and word.isalpha() and not in_capitals and not _spellings(word) & known


def _spellings(word: str) -> frozenset[str]:
    return frozenset({fold(word), *tokens(word)})


@lru_cache(maxsize=4)
def trade_words(words: Vocabularies) -> frozenset[str]:
    """Return the words of all vocabularies and of the states, folded, and the tokens of each."""
    written: list[str] = [text for facet in words for term in facet for text in (term.slug, *term.words)]
    written += [text for group in words.groups for text in group.words]
    written += [state.name for state in states()]
    return frozenset().union(
        *(_spellings(word) for text in written for word in text.split() if word.isalpha())
    )


def _replaced(text: str, by: dict[Part, str]) -> str:
    for part in sorted(by, key=lambda one: one.start, reverse=True):
        text = text[: part.start] + by[part] + text[part.end :]
    return text


def _relaxed(index: Searcher, query: Query, exact: int, meant: str) -> tuple[list[str], tuple[str, ...]]:
    """Return the texts that lack ever more words until enough is found, and the words that they lack."""
    text = meant or query.text
    found = parts(text, query.synonyms)
    if len(found) < 2:
        return [], ()
    everything = replace(query, intervals=(), filters={}, facets=(), page=1)
    total, *carried = index.counts(["", *(part.text for part in found)], everything)
    ranked = sorted(
        # What all openings have keeps none away.
        (one for one in zip(carried, found, strict=True) if one[0] < total),
        key=lambda one: (one[0] > 0, -one[0], -one[1].start),
    )
    order = [part for _, part in ranked]
    most = len(order) - 1
    numbers = sorted({*range(1, min(most, _LEFT_OUT) + 1), *range(max(most - _KEPT + 1, 1), most + 1)})
    texts = [_without(text, order[:number]) for number in numbers]
    counts = index.counts([text, *texts], query)
    before, *counted = counts
    if max(exact, before) >= FEW:
        return [], ()
    chosen: list[str] = []
    left_out = 0
    for number, lacking, count in zip(numbers, texts, counted, strict=True):
        if count > before:
            chosen.append(lacking)
            before, left_out = count, number
        if before >= FEW:
            break
    return chosen, tuple(part.text for part in sorted(order[:left_out], key=lambda one: one.start))


def _without(text: str, lacking: Iterable[Part]) -> str:
    for part in sorted(lacking, key=lambda one: one.start, reverse=True):
        text = f"{text[: part.start]} {text[part.end :]}"
    return " ".join(text.split())
