"""Facets with levels: state and city, code system and chapter and block.

Values of all levels are chosen side by side and widen one another; a value with a chosen one below it gives way to
that. In the index a lower value begins with the one above it, so that one branch can be counted alone.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from jobboard.codes.chapters import chapters
from jobboard.places import city as known_city
from jobboard.places import state
from search_index import AnyOf, Either

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from search_index import Condition

# From the top down; the first gives its name to the filter of all.
TREES = (("state", "city"), ("system", "chapter", "block"))
LEVELS = {level: tree for tree in TREES for level in tree}
_LONGEST_CITY = 120


@lru_cache(maxsize=16_384)
def city_value(text: str) -> str | None:
    """ "St. Petersburg, FL" for "saint petersburg, fl": a city as an address has it; nothing without its state."""
    name, _, code = text.rpartition(",")
    home = state(code)
    plain = " ".join(name.split())
    if home is None or not plain or len(plain) > _LONGEST_CITY or not plain.isprintable():
        return None
    known = known_city(plain, home.code)
    if known is not None:
        return known.label
    return f"{plain.title() if plain in {plain.lower(), plain.upper()} else plain}, {home.code}"


def chapter_value(facet: str, text: str) -> str | None:
    """The key of a chapter or block ("icd10cm:I20-I25"), or nothing where `facet` has no such value."""
    system, _, codes = text.strip().partition(":")
    key = f"{system.lower()}:{codes.upper()}"
    found = chapters().get(key)
    return key if found is not None and bool(found.chapter) == (facet == "block") else None


def parent(facet: str, value: str) -> str:
    """The value above one of a lower level."""
    if facet == "city":
        return value.rpartition(", ")[2]
    return value.partition(":")[0] if facet == "chapter" else chapters()[value].chapter_key


def indexed(facet: str, value: str) -> str:
    """A value as the index has it, which begins with `prefix_of(facet, value above)`."""
    if facet == "city":
        name, _, code = value.rpartition(", ")
        return f"{code}:{name}"
    return f"{parent(facet, value)}/{value}" if facet == "block" else value


def from_index(facet: str, value: str) -> str:
    """A value as an address has it."""
    if facet == "city":
        code, _, name = value.partition(":")
        return f"{name}, {code}"
    return value.partition("/")[2] if facet == "block" else value


def prefix_of(facet: str, above: str) -> str:
    """What the indexed values of `facet` below the value `above` begin with."""
    return f"{above}/" if facet == "block" else f"{above}:"


def unfolded(tree: Sequence[str], chosen: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """By level of `tree` below the top the values whose branches are open: the chosen ones and those above them."""
    found: dict[str, tuple[str, ...]] = {}
    below: tuple[str, ...] = ()
    for level, under in reversed(list(pairwise(tree))):
        above = tuple(parent(under, value) for value in (*chosen.get(under, ()), *below))
        below = tuple(dict.fromkeys(above))
        found[under] = tuple(dict.fromkeys((*chosen.get(level, ()), *below)))
    return found


def condition_of(tree: Sequence[str], chosen: Mapping[str, Sequence[str]]) -> Condition | None:
    """What a posting must meet, or nothing where no level has a chosen value."""
    options: list[Condition] = []
    given_way: set[str] = set()
    for level in reversed(tree):
        values = [value for value in chosen.get(level, ()) if value not in given_way]
        if values:
            options.append(AnyOf(level, tuple(indexed(level, value) for value in values)))
        if level != tree[0]:
            given_way = {parent(level, value) for value in (*chosen.get(level, ()), *given_way)}
    if not options:
        return None
    return options[0] if len(options) == 1 else Either(tuple(options))
