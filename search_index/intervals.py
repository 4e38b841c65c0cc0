"""Codes, families and ranges as intervals, and an overlap that any engine with keyword fields can answer.

A code is turned into a *position*, a string over 0-9 and A-Z whose plain order is the canonical order of its
system (dots dropped, numbers padded, the category letter of a CPT code first). All positions form a trie; a node
is a prefix and stands for everything that begins with it, and `E119$` stands for the position `E119` alone.
Every interval is a set of disjoint nodes, its cover. Two intervals overlap exactly when a node of one cover
equals, contains or lies below a node of the other:

    cover(query) ∩ (cover(mention) ∪ ancestors(mention))  ∪  ancestors(query) ∩ cover(mention)  is not empty

so a mention is indexed as the terms of its cover and of their ancestors, and a query is two sets of terms. A
position has at most 8 characters, so even the widest range has a cover of at most a few hundred nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LONGEST_POSITION = 8
_POINT = "$"
_POSITION = re.compile(r"[0-9A-Z]{1,8}")
_SYSTEM = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
_CATEGORY_CODE = re.compile(r"(\d{4})([A-Z])")
# Numbers that are written without leading zeros must be padded, or 18 would be taken for the family of 180.
_WIDTH_OF_NUMBERS = {"apc": 4, "hcc": 3, "msdrg": 3}


@lru_cache(maxsize=65_536)
def position(system: str, code: str) -> str:
    """Return where `code` (any case, with or without dot) stands in the canonical order of `system`.

    Raises `ValueError` for what cannot be a code: empty, longer than 8 characters, or with other signs.
    """
    plain = code.upper().replace(".", "").strip()
    if not _POSITION.fullmatch(plain):
        raise ValueError(f"{code!r} is not a code: 1 to 8 letters and digits, a dot allowed")
    if plain.isdigit():
        return plain.zfill(_WIDTH_OF_NUMBERS.get(system, 0))
    if system == "cpt" and (parts := _CATEGORY_CODE.fullmatch(plain)):
        return parts[2] + parts[1]
    return plain


@lru_cache(maxsize=256)
def _is_system(name: str) -> bool:
    return _SYSTEM.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of one code system: one code, the family of a stem, or all from `start` up to `end` inclusive.

    `start` and `end` are written codes in any case, dotted or not; they are kept as positions. A range includes
    everything below its last code. Raises `ValueError` where a part is no code, where the range runs backwards,
    and where a range is called a family too.
    """

    system: str
    start: str
    end: str | None = None
    family: bool = False

    def __post_init__(self) -> None:
        if not _is_system(self.system):
            raise ValueError(f"{self.system!r} is not the name of a code system")
        object.__setattr__(self, "start", position(self.system, self.start))
        if self.end is None:
            return
        if self.family:
            raise ValueError("an interval is a range or a family, not both")
        end = position(self.system, self.end)
        if end == self.start:
            object.__setattr__(self, "end", None)
            return
        if end < self.start:
            raise ValueError(f"the range {self.start} to {end} runs backwards")
        if end.startswith(self.start):
            raise ValueError(f"{end} lies inside {self.start}: not a range")
        object.__setattr__(self, "end", end)

    @property
    def cover(self) -> tuple[str, ...]:
        """The disjoint trie nodes that make up the interval, in order."""
        if self.end is not None:
            return _range_cover(self.start, self.end)
        return (self.start,) if self.family else (self.start + _POINT,)

    @property
    def ancestors(self) -> frozenset[str]:
        """Every proper prefix of a node of the cover."""
        return frozenset(node[:length] for node in self.cover for length in range(1, len(node)))

    def overlaps(self, other: Interval) -> bool:
        """Say whether some code lies in both intervals."""
        return not query_terms([self]).isdisjoint(mention_terms([other]))


@lru_cache(maxsize=4096)
def _range_cover(start: str, end: str) -> tuple[str, ...]:
    shared = next(n for n, (low, high) in enumerate(zip(start, end, strict=False)) if low != high)
    nodes = [start]
    for length in range(len(start) - 1, shared, -1):
        nodes += [start[:length] + sign for sign in ALPHABET if sign > start[length]]
    nodes += [start[:shared] + sign for sign in ALPHABET if start[shared] < sign < end[shared]]
    for length in range(shared + 1, len(end)):
        nodes.append(end[:length] + _POINT)
        nodes += [end[:length] + sign for sign in ALPHABET if sign < end[length]]
    nodes.append(end)
    return tuple(nodes)


def _terms(kind: str, system: str, nodes: Iterable[str]) -> Iterator[str]:
    return (f"{kind}:{system}:{node}" for node in nodes)


def exact_terms(intervals: Iterable[Interval]) -> set[str]:
    """Return the terms that only mentions of the very same intervals carry."""
    return {
        f"exact:{one.system}:{one.start}{'*' if one.family else ''}{f'-{one.end}' if one.end else ''}"
        for one in intervals
    }


def mention_terms(intervals: Iterable[Interval]) -> set[str]:
    """Return the terms to index for a document that mentions these intervals."""
    return {term for one in intervals for term in _mention_terms(one)}


@lru_cache(maxsize=8192)
def _mention_terms(one: Interval) -> frozenset[str]:
    nodes = (*_terms("cover", one.system, one.cover), *_terms("above", one.system, one.ancestors))
    return frozenset((*exact_terms([one]), *nodes))


def query_terms(intervals: Iterable[Interval]) -> set[str]:
    """Return the terms of which a document must carry one to overlap any of these intervals."""
    terms: set[str] = set()
    for one in intervals:
        terms.update(_terms("cover", one.system, one.cover))
        terms.update(_terms("cover", one.system, one.ancestors))
        terms.update(_terms("above", one.system, one.cover))
    return terms
