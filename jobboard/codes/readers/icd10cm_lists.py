"""Reads the smaller lists about ICD-10-CM: codes exempt from "present on admission", conversions, a year's changes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from openpyxl import load_workbook

from jobboard.codes.icd10cm_order import dotted
from jobboard.codes.readers.opening import Source, SourceError
from jobboard.codes.readers.tables import header_of, rows_of

_CODE = re.compile(r"[A-Z][0-9A-Z]{2}(?:\.[0-9A-Z]{1,4})?")
_PREVIOUS = re.compile(
    r"[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?(?:\s?-\s?[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?|\.?-)?"
)
_UNDOTTED = re.compile(r"[A-Z][0-9A-Z]{2,6}")
_MOST_ROWS: Final = 200_000
_MOST_UNPACKED: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PoaExempt:
    """A code (dotted) whose presence on admission is not reported; `order` is its number in the order file."""

    code: str
    description: str
    order: int
    line: int


@dataclass(frozen=True, slots=True)
class Conversion:
    """A new code with the day from which it counts, and what was used before; `line` is the row.

    `previous` has dotted codes, ranges ("Y93.01-Y93.9") and beginnings ("R11-"); it is empty where there was none.
    """

    code: str
    effective: date
    previous: tuple[str, ...]
    previous_as_written: str
    line: int


@dataclass(frozen=True, slots=True)
class ListedChange:
    """A line of an addendum as a list: the code is dotted."""

    action: Literal["add", "delete", "revise"]
    code: str
    long: str
    line: int


def is_poa_member(name: str) -> bool:
    """Whether a member of the agency's zip is the whole list as text, not its changes."""
    return re.search(r"POAexemptCodesFY\d\d\.txt$", name, re.IGNORECASE) is not None


def read_poa_exempt(source: Source) -> Iterator[PoaExempt]:
    """The codes in the order of the file, each once. The file is text with tabs. Raises SourceError."""
    seen: set[str] = set()
    named = (name for name in header_of(source, "\t") if re.fullmatch(r"Order[0-9]{2}", name))
    column = next(named, "Order of the year")
    for row in rows_of(source, (column, "POAexemptCode", "Description"), "\t"):
        code, order = row["POAexemptCode"], row[column]
        if not _CODE.fullmatch(code) or not re.fullmatch(r"[0-9]{1,6}", order) or not row["Description"]:
            raise SourceError(source.name, row.line, "is not a number, a code and a description")
        if code in seen:
            raise SourceError(source.name, row.line, f"the code {code} stands in the file twice")
        seen.add(code)
        yield PoaExempt(code, row["Description"], int(order), row.line)
    if not seen:
        raise SourceError(source.name, 1, "holds no code")


def read_changes(source: Source) -> Iterator[ListedChange]:
    """The additions, deletions and revisions of a year. Raises SourceError."""
    actions: dict[str, Literal["add", "delete", "revise"]] = {
        "add": "add",
        "delete": "delete",
        "revise": "revise",
    }
    for row in rows_of(source, ("action", "code", "long_description")):
        action, code = actions.get(row["action"]), row["code"]
        if action is None or not _UNDOTTED.fullmatch(code):
            raise SourceError(source.name, row.line, "is not an action and a code")
        yield ListedChange(action, dotted(code), row["long_description"], row.line)


def read_conversions(source: Source) -> Iterator[Conversion]:
    """The rows of the official conversion table, a workbook of Excel. Raises SourceError with the row."""
    begun = False
    for number, cells in _rows(source):
        code, effective, previous = (_words(cell) for cell in cells)
        if not begun:
            begun = code.lower().startswith("current code") and "previous" in previous.lower()
            continue
        if not (code or effective or previous):
            continue
        if _UNDOTTED.fullmatch(code):
            code = dotted(code)
        day = _day(effective)
        if day is None or not _CODE.fullmatch(code) or not (previous == "None" or _PREVIOUS.search(previous)):
            raise SourceError(source.name, number, "is not a code, a year or day, and the codes before")
        replaced = tuple(re.sub(r"\s", "", found) for found in _PREVIOUS.findall(previous))
        yield Conversion(code, day, replaced, previous, number)
    if not begun:
        raise SourceError(source.name, 1, "has no columns for the current code and the previous ones")


def _words(cell: object) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _day(text: str) -> date | None:
    """A year stands for its first of October, as the table's heading says."""
    if re.fullmatch(r"20[0-9]{2}", text):
        return date(int(text), 10, 1)
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _rows(source: Source) -> Iterator[tuple[int, tuple[object, ...]]]:
    content = source.content()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(each.file_size for each in archive.infolist()) > _MOST_UNPACKED:
                raise SourceError(source.name, 0, f"unpacks to more than {_MOST_UNPACKED // 1024**2} MB")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            limits = {"min_col": 1, "max_col": 3, "max_row": _MOST_ROWS}
            yield from enumerate(sheet.iter_rows(values_only=True, **limits), 1)
        finally:
            book.close()
    except SourceError:
        raise
    # The library answers a damaged workbook with whatever exception the damage leads to.
    except Exception as error:
        raise SourceError(source.name, 0, f"is not a workbook that can be read: {error}") from error
