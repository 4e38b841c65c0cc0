"""Reads lists of all codes: the order files of ICD-10-CM and ICD-10-PCS, and lists with a header made of them.

Both order files have the layout that `icd10cm_order` tells. In that of ICD-10-PCS the lines marked 0 are tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from jobboard.codes.icd10cm_order import dotted
from jobboard.codes.readers.change_columns import change_column, is_of_changes
from jobboard.codes.readers.opening import Source, SourceError
from jobboard.codes.readers.tables import header_of, rows_of
from jobboard.codes.records import CodeRecord

System = Literal["icd10cm", "icd10pcs"]

_LINE = re.compile(
    r"(?P<order>[0-9]{5}) (?P<code>[0-9A-Z]{3,7}) {1,5}(?P<billable>[01]) (?P<short>.{60}) (?P<long>.*)"
)
_CODES: Final = {
    "icd10cm": re.compile(r"[A-Z][0-9A-Z]{2,6}"),
    "icd10pcs": re.compile(r"[0-9A-HJ-NP-Z]{3}(?:[0-9A-HJ-NP-Z]{4})?"),
}
_AT_BILLABLE: Final = 14


def is_member(system: System, name: str) -> bool:
    """Whether a member of the agency's zip is the order file, not its addenda."""
    return bool(re.search(rf"{system}[-_]order[^/]*\.txt$", name, re.IGNORECASE)) and "addend" not in name


def read_order_list(source: Source, system: System) -> Iterator[CodeRecord]:
    """The codes in the order of the file, each once and below its parent. Raises SourceError."""
    starts_with_number = re.match(rb"[0-9]{5} ", source.start(16).removeprefix(b"\xef\xbb\xbf"))
    rows = _fixed_rows(source) if starts_with_number else _csv_rows(source)
    seen: set[str] = set()
    last = 0
    for line, code, billable, short, long, told_parent, order in rows:
        if not _CODES[system].fullmatch(code):
            raise SourceError(source.name, line, f"{code[:40]!r} is not a code of this system")
        if code in seen:
            raise SourceError(source.name, line, f"the code {code} stands in the file twice")
        if order is not None and order <= last:
            raise SourceError(source.name, line, f"order number {order} does not follow {last}")
        if not long:
            raise SourceError(source.name, line, f"the code {code} has no description")
        parent = told_parent or next((code[:n] for n in range(len(code) - 1, 2, -1) if code[:n] in seen), "")
        if parent and (parent not in seen or not code.startswith(parent)):
            raise SourceError(
                source.name, line, f"the code {parent[:40]} above {code} does not stand above it"
            )
        if not parent and system == "icd10cm" and len(code) > 3:
            raise SourceError(source.name, line, f"the category of {code} does not stand above it")
        seen.add(code)
        last = order if order is not None else last + 1
        write = dotted if system == "icd10cm" else str
        kind: Literal["code", "category"] = "code" if parent or len(code) == 7 else "category"
        yield CodeRecord(system, write(code), write(parent) or None, kind, short, long, billable, last)
    if not seen:
        raise SourceError(source.name, 1, "holds no code")


_Told = tuple[int, str, bool, str, str, str, "int | None"]


def _fixed_rows(source: Source) -> Iterator[_Told]:
    for number, line in source.lines():
        if not line.strip():
            continue
        found = _LINE.fullmatch(line)
        if found is None or found.start("billable") != _AT_BILLABLE:
            raise SourceError(source.name, number, "is not a record of an order file")
        short, long = found["short"].strip(), found["long"].strip()
        yield number, found["code"], found["billable"] == "1", short, long, "", int(found["order"])


def _csv_rows(source: Source) -> Iterator[_Told]:
    has_long = "long" in header_of(source)
    required = ("code", "billable", "short", "long", "parent") if has_long else ("code", "long_description")
    for number, row in enumerate(rows_of(source, required)):
        if number == 0 and (column := change_column(row.fields, {*required, "short"})):
            raise SourceError(source.name, 1, is_of_changes(column))
        billable = row["billable"] if has_long else "1"
        if billable not in ("0", "1"):
            raise SourceError(source.name, row.line, f"{billable[:20]!r} does not say whether it is billable")
        # Some of the new procedure codes of a year have no description yet; the code stands for it.
        long = row["long"] if has_long else row["long_description"] or row["code"]
        yield row.line, row["code"], billable == "1", row["short"], long, row["parent"], None
