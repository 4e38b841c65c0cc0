"""Reads HCPCS Level II: the fixed-width records of the alpha-numeric file, plain or as fields of a CSV.

Layout of a record (CMS, "HCPCS Record Layout"), columns counted from 1: 1–5 the code, a modifier in 4–5; 6–10 number
of the line; 11 what it is: 3 a code, 4 more of its description, 7 a modifier, 8 more of its; 12–91 description;
92–119 short description; 120–127 pricing indicators; 128 multiple pricing; 171–180 statute; 181–204 laboratory
certifications; 205–229 cross references; 230 coverage; 231–232 ASC group; 257–259 BETOS; 261–265 types of service;
269–276, 277–284 and 285–292 the days on which it was added, last changed and ended; 293 action.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from jobboard.codes.readers.opening import Source, SourceError

_CODE = re.compile(r"[A-Z0-9][0-9]{3}[0-9A-Z][0-9]{5}[34]")
_MODIFIER = re.compile(r"(?:   )?[A-Z0-9]{2}[0-9]{5}[78]")
_LONGEST_DESCRIPTION: Final = 16_000
_FIELDS: Final = {
    "pricing": (119, 127, 2),
    "multiple_pricing": (127, 128, 1),
    "statute": (170, 180, 10),
    "lab_certification": (180, 204, 3),
    "cross_references": (204, 229, 5),
    "coverage": (229, 230, 1),
    "asc_group": (230, 232, 2),
    "betos": (256, 259, 3),
    "type_of_service": (260, 265, 1),
    "added": (268, 276, 8),
    "action_effective": (276, 284, 8),
    "terminated": (284, 292, 8),
    "action": (292, 293, 1),
}
"""Where a field stands, from and to, and how long one of its values is; a field with several holds a list."""
_LISTS: Final = frozenset({"pricing", "lab_certification", "cross_references", "type_of_service"})
_PARTIAL: Final = (
    "Code",
    "Description1",
    "Description2",
    "Type",
    "Unknown1",
    "Unknown2",
    "Unknown3",
    "Unknown4",
)

Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HcpcsRecord:
    """A code, or a modifier where its code has two characters, with its fields by name, empty ones left out."""

    code: str
    short: str
    long: str
    fields: tuple[tuple[str, Value], ...]
    line: int


def is_record(start: str) -> bool:
    """Whether a line begins as a record does."""
    return _CODE.match(start) is not None or _MODIFIER.match(start) is not None


def read_hcpcs_records(source: Source) -> Iterator[HcpcsRecord]:
    """The codes and modifiers in the order of the file, each once. Raises SourceError."""
    current: HcpcsRecord | None = None
    seen: set[str] = set()
    for number, line in _lines(source):
        is_short = _CODE.match(line) is None and _MODIFIER.match(line) and not line.startswith(" ")
        record = f"   {line}" if is_short else line
        if not is_record(record):
            raise SourceError(source.name, number, "is not a record of HCPCS")
        code, words = record[:5].strip(), " ".join(record[11:91].split())
        if record[10] in "48":
            if current is None or current.code != code:
                raise SourceError(source.name, number, f"goes on with {code}, which does not stand above it")
            long = f"{current.long} {words}".strip()
            if len(long) > _LONGEST_DESCRIPTION:
                raise SourceError(source.name, number, f"the description of {code} does not end")
            current = HcpcsRecord(code, current.short, long, current.fields, current.line)
            continue
        if current is not None:
            yield current
        if code in seen:
            raise SourceError(source.name, number, f"the code {code} stands in the file twice")
        seen.add(code)
        if not words:
            raise SourceError(source.name, number, f"the code {code} has no description")
        current = HcpcsRecord(code, " ".join(record[91:119].split()), words, _fields(record), number)
    if current is None:
        raise SourceError(source.name, 1, "holds no code")
    yield current


def _fields(record: str) -> tuple[tuple[str, Value], ...]:
    found: list[tuple[str, Value]] = []
    for name, (start, end, length) in _FIELDS.items():
        text = record[start:end]
        values = tuple(filter(None, (text[at : at + length].strip() for at in range(0, len(text), length))))
        if values:
            found.append((name, values if name in _LISTS else values[0]))
    return tuple(found)


def _lines(source: Source) -> Iterator[tuple[int, str]]:
    """The records with their lines: as they are, from the first field of a CSV, or put together of its fields."""
    header: list[str] | None = None
    for number, line in source.lines():
        if number == 1 and not is_record(line):
            header = [name.strip() for name in line.split(",")]
            if header[0].lower() != "code":
                raise SourceError(source.name, 1, "is not a record of HCPCS")
            continue
        if not line.strip():
            continue
        if header is None:
            yield number, line
            continue
        try:
            fields = next(csv.reader([line], strict=True), [])
        except csv.Error as error:
            raise SourceError(source.name, number, f"is not CSV: {error}") from error
        if len(fields) != len(header):
            raise SourceError(
                source.name, number, f"has {len(fields)} fields where the header names {len(header)}"
            )
        yield number, _whole(fields) if tuple(header) == _PARTIAL else fields[0]


def _whole(fields: list[str]) -> str:
    """A record of which a CSV keeps parts: what stands together there stands at its place again."""
    code, long, short, statute, references, coverage, betos, rest = fields
    dates = rest[-12:] if re.search(r"[0-9]{12}$", rest) else ""
    record = [" "] * 293
    places = (
        (0, code if _CODE.match(code) else f"   {code}"),
        (11, long[:80]),
        (91, short[:37]),
        (170, statute[:10]),
        (204, references[:25]),
        (229, coverage[:11]),
        (256, betos[:3]),
        (260, rest[: len(rest) - len(dates)][:5]),
        (268, dates[:8]),
    )
    for start, text in places:
        record[start : start + len(text)] = text
    return "".join(record).rstrip()
