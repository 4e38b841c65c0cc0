"""MS-DRGs: table 5 of the final rule with weights and lengths of stay, under the major diagnostic categories."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from jobboard.codes.datasets import Dataset, Part
from jobboard.codes.edition_datasets import codes_of
from jobboard.codes.importers.code_lists import read_list
from jobboard.codes.importers.request import ImportRequest, WrongRequest
from jobboard.codes.models import CodeAttribute
from jobboard.codes.readers.opening import Source, SourceError, sources_in
from jobboard.codes.records import CodeRecord, EditionFile

SYSTEM: Final = "msdrg"
_MEMBER = re.compile(r"table ?5[^/]*\.txt$", re.IGNORECASE)
_COLUMNS: Final = (
    "code",
    "post_acute",
    "special_pay",
    "mdc",
    "type",
    "title",
    "weight_before_cap",
    "weight",
    "geometric_mean_stay",
    "arithmetic_mean_stay",
)
_MDC_LINE = re.compile(r'"(?P<code>[0-9]{2}|PRE)","(?P<title>[^"]+)"')
_YEAR = re.compile(r"FY (20[0-9]{2}) Final Rule")
_NO_MDC: Final = {"PRE": "Before a major diagnostic category", "": "Without a major diagnostic category"}

_Drg = dict[str, str]


def read(request: ImportRequest) -> list[Dataset]:
    """Table 5 as text with tabs, if wanted with a list of the MDCs; or a plain CSV."""
    tables: list[Source] = []
    titles: dict[str, str] = {}
    for path in request.files:
        for source in sources_in(path, lambda name: _MEMBER.search(name) is not None):
            if _MDC_LINE.match(_first(source)):
                titles |= _mdcs(source)
            else:
                tables.append(source)
    if len(tables) != 1:
        raise WrongRequest(f"one table of MS-DRGs is taken, {len(tables)} are given")
    source = tables[0]
    if _first(source).count("\t") == 0 and "TABLE 5" not in _first(source).upper():
        return read_list(SYSTEM, request)
    year, drgs = _table(source)
    named = request.edition_of(SYSTEM, source.name, year)
    records = tuple(_records(drgs, titles))
    dataset = codes_of(EditionFile(SYSTEM, named.label, source.name, records), named.begins)
    return [replace(dataset, parts=(*dataset.parts, Part(CodeAttribute, drgs, _attributes)))]


def _first(source: Source) -> str:
    return next((line for _, line in source.lines()), "")


def _mdcs(source: Source) -> dict[str, str]:
    titles = {}
    for number, line in source.lines():
        found = _MDC_LINE.fullmatch(line.strip())
        if line.strip() and found is None:
            raise SourceError(source.name, number, "is not the number of an MDC and its title")
        if found:
            titles[found["code"]] = found["title"]
    return titles


def _table(source: Source) -> tuple[str | None, list[_Drg]]:
    year, begun, seen = None, False, set()
    drgs: list[_Drg] = []
    for number, line in source.lines():
        told = _YEAR.search(line)
        year = told[1] if told and year is None else year
        try:
            fields = [" ".join(field.split()) for field in next(csv.reader([line], delimiter="\t"), [])]
        except csv.Error as error:
            raise SourceError(source.name, number, f"is no row of a table: {error}") from error
        if not begun:
            begun = bool(fields) and fields[0] == "MS-DRG"
            continue
        if not any(fields) or not re.fullmatch(r"[0-9]{1,3}", fields[0]):
            # What follows the table explains it.
            if any(fields[1:]):
                raise SourceError(source.name, number, "is no MS-DRG")
            continue
        if len(fields) < len(_COLUMNS) or any(fields[len(_COLUMNS) :]) or not fields[5]:
            raise SourceError(source.name, number, f"has {len(fields)} fields of {len(_COLUMNS)}")
        drg = dict(zip(_COLUMNS, fields, strict=False)) | {"code": fields[0].zfill(3)}
        if drg["code"] in seen:
            raise SourceError(source.name, number, f"the MS-DRG {drg['code']} stands in the file twice")
        seen.add(drg["code"])
        drgs.append(drg)
    if not drgs:
        raise SourceError(source.name, 1, "holds no MS-DRG")
    return year, drgs


def _records(drgs: list[_Drg], titles: dict[str, str]) -> Iterator[CodeRecord]:
    order = 0
    by_mdc: dict[str, list[_Drg]] = {}
    for drg in drgs:
        mdc = drg["mdc"] if re.fullmatch(r"[0-9]{2}|PRE", drg["mdc"]) else ""
        by_mdc.setdefault(mdc, []).append(drg)
    # The table goes by the numbers of its groups, which are not in the order of their categories.
    for mdc, below in sorted(by_mdc.items(), key=lambda each: (each[0] != "PRE", not each[0], each[0])):
        order += 1
        chapter = f"MDC-{mdc or '00'}"
        title = titles.get(mdc) or _NO_MDC.get(mdc) or f"Major diagnostic category {mdc}"
        yield CodeRecord(SYSTEM, chapter, None, "chapter", "", title, False, order)
        for drg in below:
            order += 1
            yield CodeRecord(SYSTEM, drg["code"], chapter, "code", "", drg["title"], True, order)


def _attributes(drg: _Drg) -> Iterable[dict[str, Any]]:
    values = {name: value for name, value in drg.items() if name not in ("code", "title") and value}
    yield {"code": drg["code"], "values": values}
