"""Finds codes, families and ranges in the words of a search, with the word that names their system."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jobboard.codes.linker import parse_query_code
from jobboard.search.concepts import CODE, Candidate, Meaning
from search_index import Interval
from search_index.analysis import DASHES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jobboard.codes.linker import Mention

_CODE = r"[A-Za-z]?\d[0-9A-Za-z]{1,4}(?:\.[0-9A-Za-z]{1,4})?[A-Za-z]?"
# A range typed with blanks, or with a word between: "62320 - 62327", "99202 to 99215".
_SPACED_RANGE = re.compile(rf"\b({_CODE})\s*(?:[{DASHES}]|\bto\b|\bthrough\b)\s*({_CODE})\b", re.IGNORECASE)
_WORD = re.compile(r"[^\s,;()|]+")
_MOST_HEADS = 2


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


@lru_cache(maxsize=4096)
def mentions_of(text: str) -> tuple[Mention, ...]:
    """The readings of a code, family or range typed alone; empty for anything else."""
    return tuple(parse_query_code(text)) if any(sign.isdigit() for sign in text) else ()


def of_code(written: str) -> Meaning:
    """A code as it was typed."""
    return Meaning(CODE, written, written, intervals_of(mentions_of(written)))


def code_candidates(text: str) -> Iterator[Candidate]:
    """Codes in `text`, the widest first: a range typed with blanks, a code with its system's name, a code."""
    taken = 0
    ranges = {found.start(): found for found in _SPACED_RANGE.finditer(text)}
    words = list(_WORD.finditer(text))
    for nth, word in enumerate(words):
        begin = word.start() + (word[0][0] in DASHES)
        if begin < taken:
            continue
        if (found := ranges.get(begin)) and mentions_of(together := f"{found[1]}-{found[2]}"):
            yield Candidate(begin, found.end(), of_code(together), text=together)
            taken = found.end()
            continue
        end = word.end() - (len(word[0]) - len(word[0].rstrip(".!?:")))
        if not any(sign.isdigit() for sign in word[0]):
            continue
        for heads in range(_MOST_HEADS, -1, -1):
            start = words[nth - heads].start() if heads and nth >= heads else begin
            if (heads and nth < heads) or start < taken:
                continue
            written = " ".join(text[start:end].split())
            if mentions_of(written):
                yield Candidate(start, end, of_code(written), text=written)
                taken = end
                break
