"""How a code stands in the engine: the schema of the index "codes", and the document of an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jobboard.code_search.entries import CodeEntry
from jobboard.codes.systems import is_billed
from search_index import Document, Integer, Interval, Intervals, Keyword, Schema, Text, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Codes do not age. What would be a moment elsewhere says here how general a code is: equal matches come with the more
# general first. The steps are small beside the half-life, so that no word that matches is ever outweighed.
STILL: Final = 1_800_000_000
_HALF_LIFE_DAYS = 30.0
_MOST_STEPS = 300_000
ANY_HCC: Final = "any"
# The document that tells of what an index was made; nobody may see it.
MARKER_ID: Final = "made-of"

SCHEMA: Final = Schema(
    "codes",
    (
        Text("title", 4),
        Text("terms", 3),
        Keyword("seen_by", count=False),
        Keyword("system"),
        Keyword("billable"),
        Keyword("edition"),
        Keyword("hcc", apart=True),
        Keyword("chapter", apart=True),
        Keyword("made_of", count=False),
        Integer("generality"),
        Integer("position"),
        Intervals("codes"),
    ),
    posted="generality",
    half_life_days=_HALF_LIFE_DAYS,
)


def marker(fingerprint: str) -> Document:
    """The document that tells of what the index was made."""
    return Document(MARKER_ID, 1, {"made_of": fingerprint})


def documents(entries: Iterable[CodeEntry]) -> Iterator[Document]:
    """The documents of `entries`, in turn."""
    for number, entry in enumerate(entries, 1):
        yield document(entry, number)


def document(entry: CodeEntry, number: int) -> Document:
    """The document of `entry`, which is the `number`-th from 1 on."""
    words = [text for _, text in entry.terms]
    return Document(
        entry.id,
        1,
        {
            "title": entry.description,
            "terms": words,
            "seen_by": entry.seen_by,
            "system": entry.system,
            "billable": ("yes" if entry.billable else "no") if is_billed(entry.system) else "",
            "edition": entry.labels,
            "hcc": (*entry.hcc, ANY_HCC) if entry.hcc else (),
            "chapter": f"{entry.system}:{entry.chapter}" if entry.chapter else "",
            "generality": STILL - _steps(entry, words, number),
            "position": number,
            "codes": [Interval(entry.system, entry.code)] if _is_interval(entry) else [],
        },
    )


def _steps(entry: CodeEntry, words: list[str], number: int) -> int:
    """How far from the most general: by the words that lead to it, then by the order of the book."""
    size = len(set(tokens(" ".join((entry.description, *words)))))
    return min(size * 1_000 + number % 1_000, _MOST_STEPS)


def _is_interval(entry: CodeEntry) -> bool:
    try:
        Interval(entry.system, entry.code)
    except ValueError:
        # "V24-18" of risk adjustment is a name and no stretch of codes.
        return False
    return True
