"""Finds the vocabularies' words in a search. A word with another meaning is only offered unless supported."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from jobboard.postings.recognition.lexicon import Lexicon, in_capitals
from jobboard.search.concepts import Candidate, of_facet

if TYPE_CHECKING:
    from jobboard.postings.recognition.lexicon import Phrase
    from jobboard.postings.recognition.reading import Sentence
    from jobboard.vocabulary import Vocabularies

# The facets whose values are read out of words, in the order in which meanings are preferred.
CONCEPT_FACETS = (
    "specialty",
    "credential",
    "role",
    "side",
    "arrangement",
    "employment",
    "system",
    "setting",
    "tool",
    "schedule",
)
# Every opening here is for a coder, so that the word narrows nothing.
_THE_TRADE = ("role", "production-coder")
_TRADE = frozenset({"coder", "coders", "coding"})
_NEAR = 6
# In a list of these each speaks for the others: "ortho, GI", "CPC CCC".
_COMPANIONS = frozenset({"specialty", "credential", "tool"})


@lru_cache(maxsize=8)
def _lexicon(words: Vocabularies) -> Lexicon:
    return Lexicon(words, CONCEPT_FACETS)


def term_candidates(sentence: Sentence, words: Vocabularies) -> list[Candidate]:
    """What the vocabularies' words in a search may mean, in order; of equal words the first facet's meaning first."""
    found: list[tuple[Phrase, int, bool]] = []
    lexicon = _lexicon(words)
    for place in range(len(sentence.tokens)):
        found += [
            (phrase, place, _speaks_for_itself(phrase, sentence, place))
            for phrase in lexicon.phrases_at(sentence, place)
            if (phrase.facet, phrase.slug) != _THE_TRADE
        ]
    sure = [(phrase, place) for phrase, place, is_sure in found if is_sure]
    found.sort(key=lambda one: (one[1], -len(one[0].words), CONCEPT_FACETS.index(one[0].facet)))
    return [
        _candidate(phrase, place, sentence, words, is_sure or _is_supported(phrase, place, sentence, sure))
        for phrase, place, is_sure in found
    ]


def _candidate(phrase: Phrase, place: int, sentence: Sentence, words: Vocabularies, sure: bool) -> Candidate:
    first, last = sentence.tokens[place], sentence.tokens[place + len(phrase.words) - 1]
    meaning = of_facet(phrase.facet, phrase.slug, words[phrase.facet].label(phrase.slug))
    return Candidate(first.start, last.end, meaning, sure)


def _speaks_for_itself(phrase: Phrase, sentence: Sentence, place: int) -> bool:
    if phrase.needs_support:
        return False
    return not phrase.needs_capitals or in_capitals(phrase, sentence, place)


def _is_supported(phrase: Phrase, place: int, sentence: Sentence, sure: list[tuple[Phrase, int]]) -> bool:
    last = place + len(phrase.words)
    around = (*sentence.tokens[max(0, place - _NEAR) : place], *sentence.tokens[last : last + _NEAR])
    if any(token.word in phrase.near for token in around):
        return True
    if phrase.facet == "setting" and (
        any(other.facet == "specialty" for other, _ in sure) or any(token.word in _TRADE for token in around)
    ):
        # "Academic cardiology", "health plan coder": beside what is coded stands where.
        return True
    if len(phrase.words) > 1 and len(phrase.words) == len(sentence.tokens) and not phrase.needs_support:
        # A name of several words that is the whole search: "find a code".
        return True
    return phrase.facet in _COMPANIONS and any(
        other.facet == phrase.facet and other.slug != phrase.slug and not place <= at < last
        for other, at in sure
    )
