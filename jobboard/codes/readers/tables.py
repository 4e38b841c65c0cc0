"""Reads a table in text: a header, then rows with a field for each of its columns."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from jobboard.codes.readers.opening import Source, SourceError

_LONGEST_FIELD: Final = 64 * 1024
_MOST_COLUMNS: Final = 500


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the number of the line where it ends, and its fields by the header's names, blanks made single."""

    line: int
    fields: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The field of a column that was required, or "" where an optional column is not there."""
        return self.fields.get(column, "")


def header_of(source: Source, delimiter: str = ",") -> tuple[str, ...]:
    """The names of the columns; empty where the file has no first line."""
    for number, line in source.lines():
        try:
            fields = next(csv.reader([line], delimiter=delimiter, strict=True), [])
        except csv.Error as error:
            raise SourceError(source.name, number, f"is no header: {error}") from error
        return tuple(field.strip() for field in fields)
    return ()


def rows_of(source: Source, required: Collection[str], delimiter: str = ",") -> Iterator[Row]:
    """The rows below the header; blank lines are passed over. Raises SourceError, which names missing columns."""
    line = 1

    def numbered() -> Iterator[str]:
        nonlocal line
        for number, text in source.lines():
            line = number
            yield text + "\n"

    reader = csv.reader(numbered(), delimiter=delimiter, strict=True)
    try:
        header = [field.strip() for field in next(reader, [])]
        missing = [column for column in required if column not in header]
        if missing:
            raise SourceError(source.name, 1, f"the header lacks the columns {', '.join(missing)}")
        if len(set(header)) != len(header) or len(header) > _MOST_COLUMNS:
            raise SourceError(source.name, 1, "the header names a column twice or has too many")
        for fields in reader:
            if not any(field.strip() for field in fields):
                continue
            if len(fields) != len(header):
                problem = f"has {len(fields)} fields where the header names {len(header)}"
                raise SourceError(source.name, line, problem)
            if any(len(field) > _LONGEST_FIELD for field in fields):
                raise SourceError(source.name, line, "has a field that is too long")
            yield Row(line, dict(zip(header, (" ".join(field.split()) for field in fields), strict=True)))
    except csv.Error as error:
        raise SourceError(source.name, line, f"is not CSV: {error}") from error
