"""Where no opening is linked to a code: its category, then its block."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jobboard.codes.chapters import chapters_of
from jobboard.codes.linker import interval
from jobboard.search.concept_codes import mentions_of
from search_index import Interval

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jobboard.codes.linker import Mention
    from jobboard.search.concept_reader import Reading
    from search_index import Page, Query

# How many characters of a code are its category, or its table.
_CATEGORY = {"icd10cm": 3, "icd10pcs": 3}
_KINDS = {"icd10cm": "category", "icd10pcs": "table"}


@dataclass(frozen=True, slots=True)
class Widened:
    """What was sought instead: "category" "I21", or "block" "I20-I25" with its title."""

    kind: str
    codes: str
    interval: Interval
    title: str = ""


def beyond_the_code(
    search: Callable[[Query], Page], query: Query, reading: Reading
) -> tuple[Page, Widened | None]:
    """The answer where no opening is linked to a code typed alone: texts that have it, else what is around it."""
    page = search(replace(query, text=reading.text, intervals=()))
    if not page.total and reading.only_code is not None:
        for wider in widenings(reading.only_code.value):
            found = search(replace(query, intervals=(wider.interval,)))
            if found.total:
                return found, wider
    return page, None


def widenings(written: str) -> Iterator[Widened]:
    """What lies around the code that was typed, the narrowest first; for each system that it can be read in."""
    for mention in mentions_of(written):
        yield from _around(mention)


def _around(mention: Mention) -> Iterator[Widened]:
    stem = mention.start.replace(".", "")
    length = _CATEGORY.get(mention.system)
    if length and mention.end is None and len(stem) > length:
        category = Interval(mention.system, stem[:length], family=True)
        yield Widened(_KINDS[mention.system], stem[:length], category)
    low, high = interval(mention.system, mention.start, mention.end, mention.family)
    blocks = [one for one in chapters_of(mention.system, low, high) if one.chapter]
    for block in sorted(blocks, key=lambda one: (one.low < low, one.codes))[:1]:
        start, _, end = block.codes.partition("-")
        yield Widened(
            "block",
            block.codes,
            Interval(mention.system, start, end or None, family=not end),
            block.title,
        )
