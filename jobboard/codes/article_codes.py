"""The codes of an article on several: as an editor types them, as they are shown, and the key in their address.

The key of an article on one code is that code; of one on several the first and the last with a dash between
("99202-99215"). It says which article is meant, and stays when codes come or go; what it is about, its versions tell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from jobboard.codes.code_forms import canonical, page_form, range_ends
from jobboard.codes.linker import position
from jobboard.codes.queries import edition_in_force, existing
from jobboard.codes.systems import code_systems

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_CODES: Final = 200
LONGEST_TYPED: Final = 4_000
_BETWEEN: Final = re.compile(r"[,;\n]")
_NUMBERED: Final = re.compile(r"(.*?)([0-9]+)([A-Z]?)")
# A run of fewer is shown code by code.
_SHORTEST_RUN: Final = 3


def ends_of(system: str, key: str) -> tuple[str, str] | None:
    """The first and last code of an article by its key, the last '' for one code; None for what is no key."""
    if canonical(system, key) == key and range_ends(system, key) is None:
        return key, ""
    first, _, last = key.partition("-")
    ends = [each for each in (first, last) if "-" not in each and canonical(system, each) == each]
    in_order = len(ends) == 2 and position(system, first) < position(system, last)
    return (first, last) if in_order else None


def key_of(codes: Sequence[str]) -> str:
    """The key of an article on `codes`, which are in order."""
    return codes[0] if len(codes) == 1 else f"{codes[0]}-{codes[-1]}"


def read_group(system: str, typed: str) -> tuple[str, ...]:
    """The codes of `system` in a list of codes and ranges with commas between, each once, in the system's order.

    A range is every number from its one end to the other, of a system that is loaded those that its edition has.
    ValueError names what is no code or range of the system, or cannot be counted.
    """
    found: set[str] = set()
    for piece in _BETWEEN.split(typed):
        words = piece.split()
        one = page_form(system, piece)
        alone = [one] if one is not None else [page_form(system, word) for word in words]
        for code in alone:
            ends = ends_of(system, code) if code is not None else None
            if ends is None:
                label = code_systems().label(system)
                raise ValueError(f"“{' '.join(words)[:40]}” is no code or range of {label}.")
            found.update([ends[0]] if not ends[1] else _between(system, *ends))
            if len(found) > MOST_CODES:
                raise ValueError(f"An article is about at most {MOST_CODES} codes.")
    return tuple(sorted(found, key=lambda code: position(system, code)))


def group_words(codes: Sequence[str]) -> str:
    """The codes for the eye, as `read_group` reads them back: "99202–99205, 99213"."""
    runs: list[list[str]] = []
    for code in codes:
        if runs and _next(runs[-1][-1]) == code:
            runs[-1].append(code)
        else:
            runs.append([code])
    parts = ([f"{run[0]}–{run[-1]}"] if len(run) >= _SHORTEST_RUN else run for run in runs)
    return ", ".join(part for some in parts for part in some)


def _between(system: str, first: str, last: str) -> list[str]:
    start, end = _NUMBERED.fullmatch(first), _NUMBERED.fullmatch(last)
    alike = start and end and (start[1], start[3]) == (end[1], end[3]) and len(start[2]) == len(end[2])
    if not alike or start is None or end is None:
        raise ValueError(f"{first}-{last} cannot be counted: name its codes one by one.")
    if int(end[2]) - int(start[2]) > 100 * MOST_CODES:
        raise ValueError(f"An article is about at most {MOST_CODES} codes.")
    codes = [_numbered(start, number) for number in range(int(start[2]), int(end[2]) + 1)]
    edition = edition_in_force(system)
    if edition is None:
        return codes
    there = existing(edition.id, codes)
    if not there:
        raise ValueError(f"{first}-{last} holds no code of edition {edition.label}.")
    return [code for code in codes if code in there]


def _numbered(like: re.Match[str], number: int) -> str:
    return f"{like[1]}{number:0{len(like[2])}d}{like[3]}"


def _next(code: str) -> str:
    match = _NUMBERED.fullmatch(code)
    return _numbered(match, int(match[2]) + 1) if match is not None else ""
