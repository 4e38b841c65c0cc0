"""Words that say what every opening here is, "medical coder jobs": beside others they prefer and demand nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jobboard.search.concepts import CALLED, ROLE
from search_index import AnyOf, Without, tokens
from search_index.analysis import spans

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jobboard.vocabulary import Vocabularies
    from search_index import Condition

CODER = "production-coder"
_CODERS = (CODER, "biller-coder")
_MADE_OF = frozenset(tokens("medical coder coders coding specialist professional"))
_OF_THE_SITE = ("job", "opening", "position", "vacancy", "hiring", "career", "coding")
# Those who code come first, and every opening will do.
_WAYS: tuple[Condition, ...] = (AnyOf(CALLED, _CODERS), Without(AnyOf(CALLED, ())))
_NEITHER = re.compile(r"\bOR\b")


@lru_cache(maxsize=8)
def _trade(words: Vocabularies) -> tuple[frozenset[tuple[str, ...]], int]:
    """The runs of tokens that name the trade, and how many tokens the longest has."""
    term = words[ROLE].get(CODER)
    named = [tuple(tokens(each)) for each in (*(term.words if term else ()), *_OF_THE_SITE)]
    site = {tuple(tokens(each)) for each in _OF_THE_SITE}
    found = frozenset(run for run in named if run in site or _MADE_OF.issuperset(run))
    return found, max(map(len, found))


def trade_ways(text: str, words: Vocabularies) -> Mapping[tuple[str, ...], tuple[Condition, ...]]:
    """For each run of tokens in `text`, of which nothing else was understood, that names the trade, what meets it.

    Empty where nothing but the trade is sought, or where a word is excluded or one of several will do: then every word
    counts.
    """
    if _NEITHER.search(text):
        return {}
    known, longest = _trade(words)
    found: dict[tuple[str, ...], tuple[Condition, ...]] = {}
    places = list(spans(text))
    at, others = 0, False
    while at < len(places):
        runs = (places[at:last] for last in range(min(at + longest, len(places)), at, -1))
        run = next((one for one in runs if tuple(token.text for token in one) in known), None)
        if run is None:
            others, at = True, at + 1
        elif text[run[0].start - 1 : run[0].start] == "-":
            return {}
        else:
            found[tuple(token.text for token in run)] = _WAYS
            at += len(run)
    return found if others else {}
