"""What the fields of a document are asked: kept as filters, and as other ways to meet a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from search_index.intervals import Interval


@dataclass(frozen=True, slots=True)
class AnyOf:
    """The keyword `field` carries one of `values`."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The integer `field` is stated and lies from `least` to `most`, both inclusive, None being open."""

    field: str
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Overlapping:
    """A mention in the interval `field` overlaps one of `intervals`."""

    field: str
    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """The integer `field` has a value."""

    field: str


@dataclass(frozen=True, slots=True)
class Without:
    """The condition does not hold."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the conditions holds; none of none."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """All of the conditions hold."""

    conditions: tuple[Condition, ...]


Condition = AnyOf | Between | Overlapping | Stated | Without | Either | Both


def by_field(conditions: Iterable[Condition]) -> Mapping[str, Condition]:
    """Return the fields that `conditions` ask, each with what has to hold for it to be a reason that one holds.

    The options of an `Either` are reasons of their own; what `Both` and `Without` ask holds as a whole.
    """
    found: dict[str, list[Condition]] = {}
    for name, condition in _reasons(conditions):
        found.setdefault(name, []).append(condition)
    return {name: one[0] if len(one) == 1 else Either(tuple(one)) for name, one in found.items()}


def _reasons(conditions: Iterable[Condition]) -> Iterator[tuple[str, Condition]]:
    for condition in conditions:
        match condition:
            case Either(options):
                yield from _reasons(options)
            case Both(parts):
                yield from ((name, condition) for name in by_field(parts))
            case Without(unwanted):
                yield from ((name, condition) for name in by_field([unwanted]))
            case AnyOf(name) | Between(name) | Overlapping(name) | Stated(name):
                yield name, condition
