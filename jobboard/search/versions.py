"""The version of a search's address, and how older addresses are read in today's words.

An address is the whole search, and people keep it. So a parameter or value that is renamed gets a migration here, and
every address older than that answers with the same search: the page by leading to the new address, the interface and
stored searches by reading the old one in place. An address without a version counts as the oldest. That is safe as long
as no old name is ever given another meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

VERSION = "v"
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Renamed:
    """From version `since` on, the parameter `old` is called `new`."""

    since: int
    old: str
    new: str

    def __call__(self, pair: tuple[str, str]) -> tuple[str, str]:
        """The pair in the words of `since`."""
        return (self.new, pair[1]) if pair[0] == self.old else pair


@dataclass(frozen=True, slots=True)
class Revalued:
    """From version `since` on, the value `old` of `parameter` is called `new`."""

    since: int
    parameter: str
    old: str
    new: str

    def __call__(self, pair: tuple[str, str]) -> tuple[str, str]:
        """The pair in the words of `since`."""
        return (self.parameter, self.new) if pair == (self.parameter, self.old) else pair


Migration = Renamed | Revalued
# In the order of their versions. Beside the filter `closing`, days that are left, a sort of that name misled.
MIGRATIONS: tuple[Migration, ...] = (Revalued(2, "sort", "closing", "closing-soon"),)
CURRENT = 2


def version_of(pairs: Iterable[tuple[str, str]]) -> int:
    """The version that an address states; 1 where it states none that there has been."""
    stated = next((value for name, value in pairs if name == VERSION), "")
    return int(stated) if is_version(stated) else 1


def is_version(text: str) -> bool:
    """Whether there has been such a version."""
    return text in {str(number) for number in range(1, CURRENT + 1)}


def of_today(
    pairs: Iterable[tuple[str, str]], migrations: Sequence[Migration] = MIGRATIONS, current: int = CURRENT
) -> Pairs:
    """The address in today's words; unchanged, its version included, where no migration touches it."""
    given = list(pairs)
    version, changed = version_of(given), given
    for migration in migrations:
        if migration.since > version:
            changed = [migration(pair) for pair in changed]
    if changed == given:
        return given
    return [*(pair for pair in changed if pair[0] != VERSION), (VERSION, str(current))]
