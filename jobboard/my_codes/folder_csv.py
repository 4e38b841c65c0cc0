"""A folder as a CSV that a spreadsheet may open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from jobboard.codes.change_csv import as_text

if TYPE_CHECKING:
    from jobboard.my_codes.listing import Listed

HEADER: Final = ("system", "code", "description", "note")


def folder_csv(codes: Iterable[Listed]) -> str:
    """A header, then a line for each code in the order of the folder."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(HEADER)
    for each in codes:
        lines.writerow([as_text(cell) for cell in (each.label, each.shown, each.in_words, each.note)])
    return text.getvalue()
