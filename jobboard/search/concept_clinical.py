"""Finds clinical and everyday words in a search, which stand for codes: "heart attack", "epidural injections"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jobboard.codes.clinical_words import clinical_words
from jobboard.search.concept_codes import intervals_of
from jobboard.search.concepts import CODE, Candidate, Meaning
from search_index import tokens
from search_index.analysis import spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@cache
def _meanings() -> tuple[Mapping[tuple[str, ...], Meaning], int]:
    """What the words mean, by their tokens, so that a plural is found too; and how many tokens the longest has."""
    found = {}
    for entry in clinical_words():
        first, *others = entry.codes
        label = ", ".join(code.partition(":")[2] for code in entry.codes)
        meaning = Meaning(CODE, first, label, intervals_of(entry.mentions), tuple(others))
        found.update({tuple(tokens(word)): meaning for word in entry.words})
    return found, max(map(len, found))


def clinical_candidates(text: str) -> Iterator[Candidate]:
    """Clinical words in `text` with the codes that they stand for."""
    known, longest = _meanings()
    places = list(spans(text))
    for first in range(len(places)):
        for last in range(min(first + longest, len(places)), first, -1):
            meaning = known.get(tuple(place.text for place in places[first:last]))
            if meaning is not None and "|" not in text[places[first].start : places[last - 1].end]:
                yield Candidate(places[first].start, places[last - 1].end, meaning)
                break
