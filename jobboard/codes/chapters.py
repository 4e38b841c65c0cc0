"""The chapters of the code systems and the blocks in them, so that postings can be counted and narrowed by them.

They stand in a file, not in an edition: they hardly change, and a board without editions has them too. Chapters and
blocks of ICD-10-CM are those of the tabular list, sections of ICD-10-PCS and letters of HCPCS Level II those of CMS.
CPT has the number ranges of its main sections in plain words, no descriptors.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from jobboard.codes.linker import interval

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = Path(__file__).parent / "data" / "chapters.csv"


@dataclass(frozen=True)
class Chapter:
    """A chapter, or a block of `chapter`. `codes` is its range ("I00-I99") or stem ("0D"); `low`, `high` positions."""

    system: str
    codes: str
    chapter: str
    title: str
    low: str
    high: str

    @property
    def key(self) -> str:
        """ "icd10cm:I20-I25": what an address and an index know it by."""
        return f"{self.system}:{self.codes}"

    @property
    def chapter_key(self) -> str:
        """The key of its chapter, '' for a chapter."""
        return f"{self.system}:{self.chapter}" if self.chapter else ""


@cache
def chapters() -> Mapping[str, Chapter]:
    """Every chapter and block by its key, in the order of the systems' codes."""
    found = {}
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            start, _, end = row["codes"].partition("-")
            low, high = interval(row["system"], start, end or None, family=not end)
            one = Chapter(row["system"], row["codes"], row["chapter"], row["title"], low, high)
            found[one.key] = one
    return MappingProxyType(found)


@lru_cache(maxsize=16_384)
def chapters_of(system: str, low: str, high: str) -> tuple[Chapter, ...]:
    """The chapters and blocks that meet the closed interval of positions from `low` to `high` (see `linker`).

    By order C7A lies between C79 and C80, so it meets the block C76-C80 beside its own.
    """
    return tuple(
        one for one in chapters().values() if one.system == system and one.low <= high and low <= one.high
    )
