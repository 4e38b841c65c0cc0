"""What of a description was taken out and what was put in, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

KEPT: Final = " "
GONE: Final = "-"
ADDED: Final = "+"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together; `mark` is KEPT, GONE or ADDED."""

    mark: str
    text: str


def marked(before: str, after: str) -> list[Piece]:
    """The words of both texts in order, what was taken out before what came in its place."""
    old, new = before.split(), after.split()
    pieces: list[Piece] = []
    for kind, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(KEPT, " ".join(old[first:last])))
            continue
        if last > first:
            pieces.append(Piece(GONE, " ".join(old[first:last])))
        if end > begin:
            pieces.append(Piece(ADDED, " ".join(new[begin:end])))
    return pieces
