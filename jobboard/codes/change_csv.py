"""What an edition changed as a CSV that a spreadsheet may open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from jobboard.codes.models import CodeChange

HEADER: Final = (
    "change",
    "code",
    "billable",
    "description",
    "description before",
    "successors",
    "now a heading for",
)
# A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_text(value: str) -> str:
    """`value` as a cell that no spreadsheet calculates: with an apostrophe before what would begin a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def lines_of(changes: Iterable[CodeChange], below: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The lines of the file, each with its end: a header, then a line for each change.

    `below` has the codes below those that are headings now.
    """
    yield _line(HEADER)
    for change in changes:
        billable = "yes" if change.billable else "no"
        cells = (
            change.happened,
            change.code,
            billable,
            change.long,
            change.old_long,
            change.successor,
            " ".join(below.get(change.code, ())),
        )
        yield _line([as_text(cell) for cell in cells])


def _line(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()
