"""The states, the District of Columbia and the territories."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

_FILE = Path(__file__).parent / "data" / "states.csv"
_OTHER_NAMES = {
    "washington dc": "DC",
    "washington d c": "DC",
    "d c": "DC",
    "virgin islands": "VI",
    "us virgin islands": "VI",
    "commonwealth of the northern mariana islands": "MP",
}


@dataclass(frozen=True)
class State:
    """A state, district or territory: two-letter postal code, name, kind, IANA time zone of most of its people."""

    code: str
    name: str
    kind: str
    time_zone: str


@cache
def states() -> tuple[State, ...]:
    """The states and the district by name, then the territories by name."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(State(**row) for row in csv.DictReader(file))


@cache
def _by_word() -> Mapping[str, State]:
    known = {word: entry for entry in states() for word in (entry.code.casefold(), _plain(entry.name))}
    known |= {name: known[code.casefold()] for name, code in _OTHER_NAMES.items()}
    return MappingProxyType(known)


@lru_cache(maxsize=1024)
def state(code_or_name: str) -> State | None:
    """The state of a two-letter code or a name, without regard to case and dots; nothing for other words."""
    return _by_word().get(_plain(code_or_name))


def time_zone(code_or_name: str) -> str | None:
    """The IANA zone in which most people of a state live; a guess where a state has two. Nothing if unknown."""
    found = state(code_or_name)
    return found.time_zone if found else None


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace(".", " ").replace(",", " ").split())
