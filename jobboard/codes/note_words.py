"""Notes as they are shown: gathered by kind under their heading, with the codes they name as links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Final

from jobboard.codes.models import CodeNote

# In the order in which the tabular list explains them; the words after the name are ours.
HEADINGS: Final = {
    "includes": "Includes",
    "inclusion": "Also covers",
    "excludes1": "Excludes1: not coded together with this, unless the two have nothing to do with each other",
    "excludes2": "Excludes2: not part of this, may be coded beside it",
    "code_first": "Code first",
    "use_additional": "Use additional code",
    "code_also": "Code also",
    "seventh": "Seventh character",
    "note": "Note",
}
_CATEGORY: Final = r"[A-Z][0-9A-Z]{2}"
_REFERENCE: Final = re.compile(
    rf"(?<![\w.])(?P<first>{_CATEGORY}(?:\.[0-9A-Z]{{1,4}})?)"
    rf"(?:-(?P<last>{_CATEGORY}(?:\.[0-9A-Z]{{1,4}})?)(?![\w.])|\.?-(?![0-9])|(?![\w]))"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a note: plain text, or the text of a reference with the `code` it leads to."""

    text: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class NoteGroup:
    """The notes of one kind; each note is its pieces in order."""

    heading: str
    notes: list[list[Piece]]


def candidates(notes: Iterable[CodeNote]) -> set[str]:
    """Everything in the notes that looks like a code or a range of ICD-10-CM; to be asked of the edition."""
    found: set[str] = set()
    for note in notes:
        for match in _REFERENCE.finditer(note.text):
            found.add(match["first"])
            if match["last"]:
                found.update((match["last"], f"{match['first']}-{match['last']}"))
    return found


def grouped(notes: Iterable[CodeNote], existing: Set[str]) -> list[NoteGroup]:
    """The notes by kind, in the order of `HEADINGS`; references to codes in `existing` become links."""
    by_kind: dict[str, list[list[Piece]]] = {}
    for note in notes:
        by_kind.setdefault(note.kind, []).append(pieces(note.text, existing))
    return [NoteGroup(words, by_kind[kind]) for kind, words in HEADINGS.items() if kind in by_kind]


def pieces(text: str, existing: Set[str]) -> list[Piece]:
    """Cut `text` at the references to codes in `existing`: a range is one link where it is an entry itself."""
    cut: list[Piece] = []
    end = 0

    def add(start: int, stop: int, code: str) -> None:
        nonlocal end
        if start > end:
            cut.append(Piece(text[end:start]))
        cut.append(Piece(text[start:stop], code))
        end = stop

    for match in _REFERENCE.finditer(text):
        whole = f"{match['first']}-{match['last']}"
        if match["last"] and whole in existing:
            add(match.start(), match.end(), whole)
            continue
        for part in ("first", "last"):
            if match[part] and match[part] in existing:
                stop = match.end() if part == "first" and not match["last"] else match.end(part)
                add(match.start(part), stop, match[part])
    if end < len(text):
        cut.append(Piece(text[end:]))
    return cut
