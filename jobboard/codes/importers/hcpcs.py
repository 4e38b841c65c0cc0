"""HCPCS Level II with its modifiers: the alpha-numeric file, or a CSV with a header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from jobboard.codes.code_forms import canonical
from jobboard.codes.datasets import Dataset, Part
from jobboard.codes.edition_datasets import codes_of
from jobboard.codes.importers.dropping import Dropped
from jobboard.codes.importers.hierarchy import in_its_place
from jobboard.codes.importers.request import ImportRequest
from jobboard.codes.models import CodeAttribute
from jobboard.codes.readers.change_columns import change_column, is_of_changes
from jobboard.codes.readers.hcpcs_records import HcpcsRecord, is_record, read_hcpcs_records
from jobboard.codes.readers.opening import Source, SourceError, only_source
from jobboard.codes.readers.tables import header_of, rows_of
from jobboard.codes.records import CodeRecord, EditionFile

SYSTEM: Final = "hcpcs"
_MEMBER = re.compile(r"ANWEB[^/]*\.(txt|csv)$", re.IGNORECASE)
_OWN_COLUMNS: Final = frozenset({"code", "kind", "short", "long", "desc_source"})
_RELEASE = re.compile(r"in_(20[0-9]{2})_([0-9]{2})$")


@dataclass(frozen=True, slots=True)
class _Listed:
    """A code or a modifier, whether it may be billed in the edition, and what else is said of it."""

    record: CodeRecord
    values: tuple[tuple[str, Any], ...]


def read(request: ImportRequest) -> list[Dataset]:
    """Codes and modifiers; dental codes and CPT codes among them are left out and counted."""
    source = only_source(request.only_file(), lambda name: _MEMBER.search(name) is not None)
    header = header_of(source)
    first = next((line for _, line in source.lines()), "")
    dropped = Dropped()
    told = next((match for name in header if (match := _RELEASE.fullmatch(name))), None)
    named = request.edition_of(SYSTEM, source.name, f"{told[1]}-{told[2]}" if told else None)
    if is_record(first) or _is_of_records(source):
        listed = list(_from_records(source, dropped))
    else:
        listed = list(_from_csv(source, header, request, dropped))
    if not listed:
        raise SourceError(source.name, 1, "holds no code")
    file = EditionFile(SYSTEM, named.label, source.name, tuple(each.record for each in listed))
    dataset = codes_of(in_its_place(file), named.begins)
    part = Part(CodeAttribute, [each for each in listed if each.values], _attribute_rows)
    counts = {**dataset.counts, **dropped.counts()}
    return [replace(dataset, parts=(*dataset.parts, part), counts=counts)]


def _is_of_records(source: Source) -> bool:
    second = next((line for number, line in source.lines() if number == 2), "")
    return is_record(second)


def _from_records(source: Source, dropped: Dropped) -> Iterator[_Listed]:
    for order, record in enumerate(read_hcpcs_records(source), 1):
        if not dropped.drops(record.code):
            yield _Listed(
                _code(record.code, record.short, record.long, source, record.line, order), _values(record)
            )


def _values(record: HcpcsRecord) -> tuple[tuple[str, Any], ...]:
    return tuple((name, list(value) if isinstance(value, tuple) else value) for name, value in record.fields)


def _from_csv(
    source: Source, header: tuple[str, ...], request: ImportRequest, dropped: Dropped
) -> Iterator[_Listed]:
    small = {name.lower(): name for name in header}
    usual = {
        "code": ("code", "hcpc", "hcpcs"),
        "short": ("short", "short description"),
        "long": ("long", "long description", "description"),
    }
    places = {
        name: request.columns.get(name) or next((small[each] for each in known if each in small), "")
        for name, known in usual.items()
    }
    if not places["code"] or not (places["short"] or places["long"]):
        raise SourceError(
            source.name,
            1,
            f"does not say which columns hold the code and its description: say --columns code=…,long=…; "
            f"there are {', '.join(header)}",
        )
    seen: set[str] = set()
    for order, row in enumerate(rows_of(source, [place for place in places.values() if place]), 1):
        # The agency's own file of all codes has a column of this name, with letters.
        if order == 1 and (column := change_column(row.fields, places.values(), by_name=False)):
            raise SourceError(source.name, 1, is_of_changes(column))
        code = row[places["code"]].upper()
        if dropped.drops(code):
            continue
        short, long = row[places["short"]], row[places["long"]]
        if code in seen:
            raise SourceError(source.name, row.line, f"the code {code} stands in the file twice")
        seen.add(code)
        others = row.fields.keys() - _OWN_COLUMNS - set(places.values())
        values = tuple((name, row[name]) for name in header if name in others and row[name])
        yield _Listed(_code(code, short, long or short, source, row.line, order), values)


def _code(code: str, short: str, long: str, source: Source, line: int, order: int) -> CodeRecord:
    system = "modifier" if len(code) == 2 else SYSTEM
    if canonical(system, code) != code:
        raise SourceError(source.name, line, f"{code[:40]!r} is not a code of this system")
    if not long:
        raise SourceError(source.name, line, f"the code {code} has no description")
    if len(short) > 120:
        raise SourceError(source.name, line, "the short description has more than 120 characters")
    is_modifier = system == "modifier"
    return CodeRecord(
        system, code, None, "modifier" if is_modifier else "code", short, long, not is_modifier, order
    )


def _attribute_rows(listed: _Listed) -> Iterable[dict[str, Any]]:
    yield {"code": listed.record.code, "values": dict(listed.values)}
