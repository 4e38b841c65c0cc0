"""`python -m tests.fuzz.readers [NUMBER] [SEED]`: each reader of official files takes NUMBER damaged excerpts.

Each is read right or refused with a SourceError that names the file and, in text, the line; nothing else happens, none
holds the reader for long. Excerpts are those of the tests, and beginnings of the official files of up to 200 records
where the reference data lie beside the project. Prints one JSON line; 1 where anything went wrong.
"""

from __future__ import annotations

import dataclasses
import io
import json
import logging
import random
import re
import resource
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from jobboard.codes.readers.guidelines import read_guidelines, sections_of
from jobboard.codes.readers.icd10cm_index import read_index
from jobboard.codes.readers.icd10cm_lists import (
    is_poa_member,
    read_changes,
    read_conversions,
    read_poa_exempt,
)
from jobboard.codes.readers.icd10pcs_tables import codes_of, read_pcs_tables
from jobboard.codes.readers.icd10pcs_words import read_body_parts, read_pcs_definitions, read_pcs_index
from jobboard.codes.readers.opening import Source, SourceError, only_source
from jobboard.codes.readers.order_lists import System, is_member, read_order_list
from tests.codes.readers import excerpts

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
NUMBER, SEED, RECORDS = 10_000, 1, 200
SLOW_SECONDS = 10.0

# What damages files in earnest: ends, quotes, marks of archives, entities, characters that are none.
_TOKENS = (
    b"\0", b"\n", b"\r\n", b'"', b",", b"\t", b"<", b"</", b">", b"&", b"&lol;", b"\xff", b"\xef\xbb\xbf", b"-", b"0",
    b"99999999999999999999", b"PK\x03\x04", b"\x1f\x8b", b"A" * 5000, b"<a>" * 100, b"[" * 5000, b"\xe2\x80\xae",
    b'<!DOCTYPE a [<!ENTITY b "cccccccccc"><!ENTITY d "&b;&b;&b;&b;&b;&b;&b;&b;">]>', b"E+999", b"1e9", b"NaN",
)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """A reader with an excerpt of what it reads; `has_lines` where a refusal must name a line."""

    read: Callable[[bytes], Iterable[Any]]
    excerpt: bytes
    has_lines: bool = True


def _of(read: Callable[..., Iterable[Any]], *more: Any) -> Callable[[bytes], Iterable[Any]]:
    return lambda content: read(Source.of_bytes("excerpt", content), *more)


def _tables(content: bytes) -> Iterator[Any]:
    for table in read_pcs_tables(Source.of_bytes("excerpt", content)):
        yield table
        if not all(len(code) == 7 for code in codes_of(table)):
            raise AssertionError("a code has not seven characters")


def _pages(content: bytes) -> Iterator[Any]:
    return sections_of(content.decode("utf-8", "replace").split("\f"), "excerpt")


def _sheet(content: bytes) -> Iterable[Any]:
    """A workbook whose sheet is damaged, in a zip that is whole."""
    into = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(excerpts.conversions())) as whole,
        zipfile.ZipFile(into, "w") as archive,
    ):
        for each in whole.namelist():
            archive.writestr(each, content if each == "xl/worksheets/sheet1.xml" else whole.read(each))
    return read_conversions(Source.of_bytes("excerpt", into.getvalue()))


def _sheet_excerpt() -> bytes:
    with zipfile.ZipFile(io.BytesIO(excerpts.conversions())) as whole:
        return whole.read("xl/worksheets/sheet1.xml")


TARGETS = {
    "icd10cm order": Target(_of(read_order_list, "icd10cm"), excerpts.CM_ORDER),
    "icd10cm list": Target(_of(read_order_list, "icd10cm"), excerpts.CM_CSV),
    "icd10pcs order": Target(_of(read_order_list, "icd10pcs"), excerpts.PCS_ORDER),
    "icd10pcs list": Target(_of(read_order_list, "icd10pcs"), excerpts.PCS_CSV),
    "index list": Target(_of(read_index), excerpts.INDEX_CSV),
    "index xml": Target(_of(read_index), excerpts.INDEX_XML),
    "neoplasms list": Target(_of(read_index), excerpts.NEOPLASMS_CSV),
    "drugs list": Target(_of(read_index), excerpts.DRUGS_CSV),
    "drugs xml": Target(_of(read_index), excerpts.DRUGS_XML),
    "poa": Target(_of(read_poa_exempt), excerpts.POA),
    "changes": Target(_of(read_changes), excerpts.CHANGES),
    "pcs tables": Target(_tables, excerpts.PCS_TABLES),
    "pcs index": Target(_of(read_pcs_index), excerpts.PCS_INDEX),
    "pcs definitions": Target(_of(read_pcs_definitions), excerpts.PCS_DEFINITIONS),
    "body parts": Target(_of(read_body_parts), excerpts.BODY_PARTS),
    "guidelines text": Target(_pages, "\f".join(excerpts.GUIDELINE_PAGES).encode()),
    "guidelines pdf": Target(_of(read_guidelines), excerpts.pdf(excerpts.GUIDELINE_PAGES)),
    "conversions": Target(_of(read_conversions), excerpts.conversions(), has_lines=False),
    "conversions sheet": Target(_sheet, _sheet_excerpt(), has_lines=False),
}


def official() -> Iterator[tuple[str, bytes]]:
    """Beginnings of official files of up to 200 records, by the target that reads them."""
    if not DATA.exists():
        return
    cm, pcs, index = DATA / "icd10cm", DATA / "icd10pcs", DATA / "icd10cm" / "index_fy2025"
    systems: tuple[System, ...] = ("icd10cm", "icd10pcs")
    zips = (cm / "cms_2026_code_descriptions.zip", pcs / "cms_2026_icd10pcs_order.zip")
    for system, path in zip(systems, zips, strict=True):
        source = only_source(path, lambda name, system=system: is_member(system, name))
        yield f"{system} order", _lines(source)
    for name, path in (
        ("icd10cm list", cm / "icd10cm_fy2027_order.csv.gz"),
        ("icd10pcs list", pcs / "icd10pcs_fy2027_codes.csv.gz"),
        ("index list", index / "ICD10CM_2025_Index.csv.gz"),
        ("neoplasms list", index / "ICD10CM_2025_neoplasms.csv"),
        ("drugs list", index / "ICD10CM_2025_Drugs.csv"),
        ("changes", cm / "icd10cm_fy2027_changes.csv"),
    ):
        yield name, _lines(only_source(path))
    yield "poa", _lines(only_source(cm / "POAexemptCodesFY26.zip", is_poa_member))
    for name, path, tag, count in (
        ("index xml", index / "icd-10-cm-eindex-2025.xml.gz", "mainTerm", 3),
        ("drugs xml", index / "icd-10-cm-drug-2025.xml.gz", "mainTerm", 100),
        ("pcs tables", pcs / "icd10pcs_tables_2025.xml.gz", "pcsTable", 3),
        ("pcs index", pcs / "icd10pcs_index_2025.xml.gz", "mainTerm", 100),
    ):
        yield name, _records(only_source(path).content(), tag.encode(), count)


def _lines(source: Source) -> bytes:
    return b"\n".join(source.start(65536).splitlines()[: RECORDS + 1]) + b"\n"


def _records(content: bytes, tag: bytes, count: int) -> bytes:
    ends = [found.end() for found in re.finditer(b"</%s>" % tag, content)]
    kept = content[: ends[count - 1]]
    letters = kept.count(b"<letter>") - kept.count(b"</letter>")
    root = re.search(rb"<([A-Za-z0-9.]+)>", content)
    return kept + b"</letter>" * letters + (b"</%s>" % root[1] if root else b"")


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """`whole` with one to five things done to it."""
    content = bytearray(whole)
    for _ in range(chance.randint(1, 5)):
        place = chance.randrange(len(content) + 1)
        length = chance.choice((0, 1, 1, 2, 8, 40, 400))
        kind = chance.randrange(6)
        if kind == 0 and place < len(content):
            content[place] = chance.randrange(256)
        elif kind == 1:
            del content[place : place + length]
        elif kind == 2:
            content[place:place] = chance.choice(_TOKENS)
        elif kind == 3:
            source = chance.randrange(len(content) + 1)
            content[place : place + length] = content[source : source + length]
        elif kind == 4:
            content[place:place] = chance.randbytes(length)
        elif chance.random() < 0.1:
            del content[place:]
    return bytes(content)


def outcome(target: Target, content: bytes) -> tuple[str, str]:
    """How `target` takes `content`: "read" or "refused" with its words, or "fault" with what is wrong."""
    try:
        for record in target.read(content):
            if not dataclasses.is_dataclass(record) or not _is_right(record):
                return "fault", f"a wrong record: {record!r}"[:300]
    except SourceError as refused:
        named = str(refused).startswith("excerpt") and refused.problem
        has_line = refused.line > 0 or not target.has_lines
        return ("refused", "") if named and has_line else ("fault", f"without its place: {refused}"[:300])
    except Exception as error:
        return "fault", f"{type(error).__name__}: {error}"[:300]
    return "read", ""


def _is_right(record: Any) -> bool:
    for name in ("code", "number", "term", "stem"):
        if name in getattr(type(record), "__slots__", ()) and not isinstance(getattr(record, name), str):
            return False
    code = getattr(record, "code", "")
    path = getattr(record, "path", ("",) if hasattr(record, "path") else ("x",))
    return bool(re.fullmatch(r"[0-9A-Z.]*-?", code)) and all(path) and getattr(record, "line", 1) >= 1


def run(name: str, excerpt: bytes, number: int, seed: int) -> tuple[Counter[str], list[str], float]:
    """Counts of answers, faults with the number of their mutation, and the longest seconds of one."""
    chance = random.Random(f"{name} {seed}")
    told: Counter[str] = Counter()
    faults: list[str] = []
    slowest = 0.0
    for which in range(number):
        content = damaged(excerpt, chance)
        began = perf_counter()
        kind, problem = outcome(TARGETS[name], content)
        slowest = max(slowest, perf_counter() - began)
        told[kind] += 1
        if kind == "fault":
            faults.append(f"{name}, mutation {which}: {problem}")
    return told, faults, slowest


def main() -> int:
    """0 where every mutation was read or refused, in time."""
    # What the library says about each damaged PDF tells nobody anything here.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    usual = (NUMBER, SEED)
    number, seed = (int(one) for one in (*sys.argv[1:3], *usual[len(sys.argv[1:3]) :]))
    files = [(name, [target.excerpt]) for name, target in TARGETS.items()]
    by_name = dict(files)
    for name, content in official():
        by_name[name].append(content)
    told, faults, slowest = Counter[str](), list[str](), 0.0
    for name, contents in by_name.items():
        for content in contents:
            counted, found, longest = run(name, content, number // len(contents), seed)
            told, faults, slowest = told + counted, faults + found, max(slowest, longest)
    for each in faults[:20]:
        print(each, file=sys.stderr)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    figures = {"readers": len(by_name), **told, "slowest_seconds": round(slowest, 2), "memory_mb": memory}
    print(json.dumps({**figures, "seed": seed}))
    return int(bool(faults) or slowest > SLOW_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
