"""What an index holds: its fields and what each can do."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from search_index.analysis import ANALYSIS_VERSION
from search_index.scoring import CONDITION

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class Text:
    """Words to match. `weight` is how much a match here counts (1 is the body); it may change without a rebuild.

    A document gives a string or several; a phrase never reaches from one string into the next.
    """

    name: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Keyword:
    """Whole values, several per document, to filter by; with `count`, facets count them too.

    `apart` is for thousands of distinct values: they are counted from a place of their own, so that a query which
    counts other fields never pays for them. `weight` is how much a word counts that is met by a value of this field,
    beside the weights of texts; it may change without a rebuild.
    """

    name: str
    count: bool = True
    apart: bool = False
    weight: float = CONDITION


@dataclass(frozen=True, slots=True)
class Integer:
    """One whole number of 64 bits, signed, or none: filter by range, sort. Timestamps are seconds since 1970."""

    name: str


@dataclass(frozen=True, slots=True)
class Intervals:
    """Any number of `Interval`, matched by overlap."""

    name: str


Field = Text | Keyword | Integer | Intervals
_Kind = TypeVar("_Kind", Text, Keyword, Integer, Intervals)


@dataclass(frozen=True, slots=True)
class Schema:
    """The fields of the index called `name`.

    `posted` names the integer field (seconds since 1970) that breaks ties and from which relevance decays, halving
    every `half_life_days`; `listed` names the integer field that `Query.as_of` looks back by, in any unit as long as
    it rises with each document that joins; `weight` names the integer field that is summed beside each count
    ("openings"), where a missing value or one below 1 counts as 1. Raise `revision` when documents come to be made in
    another way. Raises `ValueError` for names that are malformed, twice, or unknown.
    """

    name: str
    fields: tuple[Field, ...]
    posted: str | None = None
    weight: str | None = None
    half_life_days: float = 30.0
    revision: int = 1
    listed: str | None = None
    _by_name: dict[str, Field] = dataclasses.field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name in (self.name, *(field.name for field in self.fields)):
            if not _NAME.fullmatch(name):
                raise ValueError(f"{name!r}: names are lower-case letters, digits and _, at most 40")
        object.__setattr__(self, "_by_name", {field.name: field for field in self.fields})
        names = [field.name for field in self.fields]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"field {min(twice)} is defined twice")
        integers = {field.name for field in self.of(Integer)}
        for role in (self.posted, self.weight, self.listed):
            if role is not None and role not in integers:
                raise ValueError(f"{role} is not an integer field of {self.name}")
        if not self.half_life_days > 0:
            raise ValueError("half_life_days must be more than 0")
        if any(not field.weight > 0 for field in self.fields if isinstance(field, Text | Keyword)):
            raise ValueError("the weight of a field must be more than 0")

    def of(self, kind: type[_Kind]) -> Iterator[_Kind]:
        """Yield the fields of one kind in order."""
        return (field for field in self.fields if isinstance(field, kind))

    def field(self, name: str) -> Field | None:
        """Return the field called `name`, or None."""
        return self._by_name.get(name)

    @property
    def fingerprint(self) -> str:
        """Change with anything that makes an index built before useless: fields, roles, analysis, revision …"""
        parts = sorted(
            (type(field).__name__, field.name, isinstance(field, Keyword) and (field.count, field.apart))
            for field in self.fields
        )
        told = (
            ANALYSIS_VERSION,
            self.name,
            self.revision,
            parts,
            self.posted,
            self.weight,
            float(self.half_life_days),
            self.listed,
        )
        return hashlib.sha256(repr(told).encode()).hexdigest()[:24]
