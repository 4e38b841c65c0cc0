"""What a reader of an official code file hands on: plain records, free of database and file format."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["chapter", "block", "category", "code", "modifier"]

NoteKind = Literal[
    "includes",
    "inclusion",
    "excludes1",
    "excludes2",
    "code_first",
    "use_additional",
    "code_also",
    "seventh",
    "note",
]


class CodeFileError(ValueError):
    """A code file that was refused; the message names the file and the line or record."""

    def __init__(self, file: str, place: str, problem: str) -> None:
        """`place` is a line or a record, or "" where the whole file is meant."""
        super().__init__(f"{file}, {place}: {problem}" if place else f"{file}: {problem}")
        self.file = file
        self.place = place
        self.problem = problem


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """One line of instruction or one term that stands under a chapter, block, category or code."""

    kind: NoteKind
    text: str


@dataclass(frozen=True, slots=True)
class CodeRecord:
    """One entry of a code system, in the order in which its keeper lists it.

    `code` is canonical: upper case and dotted ("E11.9"); chapters and blocks are ranges of categories
    ("A00-B99", "B20-B20"), so that a block of one category never takes that category's place.
    `parent` is the code of the entry above, None at the top. `short` has at most 60 characters in official
    order files and is empty where a source knows one title only. `order` counts from 1. `terms` are further names by
    which it is found.
    """

    system: str
    code: str
    parent: str | None
    kind: Kind
    short: str
    long: str
    billable: bool
    order: int
    notes: tuple[NoteRecord, ...] = ()
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionFile:
    """One edition of one system as read from a file, whole and in order.

    `edition` is the fiscal year with the month of a release within it: "2026", "2026-04". `warnings` are
    sentences for the person who imports it; nothing in them stopped the reading.
    """

    system: str
    edition: str
    source: str
    records: tuple[CodeRecord, ...]
    warnings: tuple[str, ...] = field(default=())
