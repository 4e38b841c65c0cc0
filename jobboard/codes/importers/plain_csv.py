"""Reads a plain CSV with a header as a list of codes, for every code system.

Without `--columns` the header's own names count: code, short, long, billable, parent, or what agencies write for them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from jobboard.codes.code_forms import canonical
from jobboard.codes.readers.change_columns import change_column, is_of_changes
from jobboard.codes.records import CodeFileError, CodeRecord

_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "code": ("code", "hcpc", "hcpcs", "procedure code", "diagnosis code"),
    "short": ("short", "short_description", "short description"),
    "long": ("long", "long_description", "long description", "description"),
    "billable": ("billable",),
    "parent": ("parent",),
}
_YES: Final = frozenset({"1", "y", "yes", "true", "t"})
_NO: Final = frozenset({"", "0", "n", "no", "false", "f"})
_LONGEST_FIELD: Final = 64 * 1024
LONGEST_SHORT: Final = 120


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One line: its number, and its fields by the header's names."""

    line: int
    fields: Mapping[str, str]


def csv_rows(content: bytes, file: str) -> tuple[list[str], Iterator[CsvRow]]:
    """The header and the rows of a CSV in UTF-8. Raises CodeFileError with the line that is none."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise CodeFileError(file, f"line {line}", "is not text in UTF-8") from error
    if "\0" in text:
        raise CodeFileError(file, f"line {text[: text.index(chr(0))].count(chr(10)) + 1}", "is not text")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
    except csv.Error as error:
        raise CodeFileError(file, "line 1", f"is not CSV: {error}") from error
    if not any(header):
        raise CodeFileError(file, "line 1", "has no header")
    if len(set(header)) != len(header):
        raise CodeFileError(file, "line 1", "names a column twice")
    return header, _rows(reader, header, file)


def read_plain_csv(content: bytes, file: str, system: str, columns: Mapping[str, str]) -> list[CodeRecord]:
    """The codes of `system` that a CSV lists, in its order, each once, with the parent that it names or None.

    `columns` says by which names of the header the fields are found, else the usual ones are sought. A code is
    billable where the column says so, or where there is no such column. Raises CodeFileError.
    """
    header, rows = csv_rows(content, file)
    places = _places(header, columns, file)
    records: list[CodeRecord] = []
    seen: set[str] = set()
    for row in rows:
        if not records and (column := change_column(row.fields, places.values())):
            raise CodeFileError(file, "line 1", is_of_changes(column))
        record = _record(row, places, system, file, len(records) + 1)
        if record.code in seen:
            raise CodeFileError(file, f"line {row.line}", f"the code {record.code} stands in the file twice")
        seen.add(record.code)
        records.append(record)
    if not records:
        raise CodeFileError(file, "", "holds no record")
    return records


def is_csv(content: bytes) -> bool:
    """Whether the first line looks like the header of a CSV."""
    first = content[:4096].lstrip(b"\xef\xbb\xbf").splitlines()[:1]
    return bool(first) and re.fullmatch(rb'[A-Za-z_"][^<>]*,[^<>]*', first[0]) is not None


def _rows(reader: Iterator[list[str]], header: list[str], file: str) -> Iterator[CsvRow]:
    lines = reader
    while True:
        number = getattr(reader, "line_num", 0) + 1
        try:
            fields = next(lines, None)
        except csv.Error as error:
            raise CodeFileError(file, f"line {number}", f"is not CSV: {error}") from error
        if fields is None:
            return
        if not any(field.strip() for field in fields):
            continue
        if len(fields) != len(header):
            raise CodeFileError(
                file, f"line {number}", f"has {len(fields)} fields where the header names {len(header)}"
            )
        if any(len(field) > _LONGEST_FIELD for field in fields):
            raise CodeFileError(file, f"line {number}", "has a field that is longer than any description")
        yield CsvRow(number, dict(zip(header, (" ".join(field.split()) for field in fields), strict=True)))


def _places(header: list[str], columns: Mapping[str, str], file: str) -> dict[str, str]:
    places = {}
    by_small = {name.lower(): name for name in header}
    for name, usual in _NAMES.items():
        if name in columns:
            if columns[name] not in header:
                raise CodeFileError(
                    file, "line 1", f"has no column {columns[name]!r}; there are {', '.join(header)}"
                )
            places[name] = columns[name]
            continue
        found = next((by_small[each] for each in usual if each in by_small), None)
        if found is not None and found not in places.values():
            places[name] = found
    if "code" not in places or not {"short", "long"} & places.keys():
        raise CodeFileError(
            file,
            "line 1",
            "does not say which columns hold the code and its description: "
            f"say --columns code=…,long=…; there are {', '.join(header)}",
        )
    return places


def _record(row: CsvRow, places: Mapping[str, str], system: str, file: str, order: int) -> CodeRecord:
    place = f"line {row.line}"
    told = {name: row.fields[header] for name, header in places.items()}
    code = canonical(system, told["code"])
    if code is None or not told["code"]:
        raise CodeFileError(file, place, f"{told['code'][:40]!r} is not a code of this system")
    parent = canonical(system, told["parent"]) if told.get("parent") else None
    if told.get("parent") and parent is None:
        raise CodeFileError(file, place, f"{told['parent'][:40]!r}, the parent, is not a code of this system")
    billable = told.get("billable", "1").lower()
    if billable not in _YES | _NO:
        raise CodeFileError(
            file, place, f"{billable[:40]!r} does not say whether the code is billable (1 or 0)"
        )
    short, long = told.get("short", ""), told.get("long", "")
    if len(short) > LONGEST_SHORT:
        raise CodeFileError(file, place, f"the short description has more than {LONGEST_SHORT} characters")
    return CodeRecord(system, code, parent, "code", short, long or short, billable in _YES, order)
