"""Excerpts of what each importer takes: small files of the tests' own, and beginnings of the official ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.code_samples import FOLDER, SAMPLES
from jobboard.codes.readers.icd10cm_lists import is_poa_member
from jobboard.codes.readers.opening import Source, only_source
from jobboard.codes.readers.order_lists import is_member
from tests.codes.importers import small_sets
from tests.codes.readers import excerpts
from tests.codes.readers.excerpts import pdf

RECORDS = 200
TABULAR = "icd10cm-tabular-2026.xml"
_START = 512 * 1024
_LARGEST = 40_000
_CODES = (
    b"code,short,long,billable,parent\nA1,One,The first,1,\nA2,Two,The second,0,\nA3,Three,The third,1,A2\n"
)
_NUMBERS = b"code,short,long\n00100,One,The first\n00101,Two,The second\n0001F,Three,The third\n"
_DRG = (
    b"MS-DRG \tA\tB\tMDC\tTYPE\tTitle\tC\tD\tE\tF\n"
    b"193\tNo\tNo\t04\tMED\tPNEUMONIA WITH MCC\t1.3\t1.3\t4.1\t5.0\n"
    b"001\tNo\tNo\tPRE\tSURG\tTRANSPLANT\t28.0\t28.0\t25.8\t36.2\n"
)
_BACK = (
    b"icd9cm,icd10cm,flags,approximate,no_map,combination,scenario,choice_list\n25000,E119,10000,1,0,0,0,0\n"
)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Files by name for one import; `edition` as the command takes it, "" where the files or their names tell it."""

    kind: str
    files: Mapping[str, bytes]
    edition: str = ""


def own() -> Iterator[Excerpt]:
    """At least one of each kind."""
    sets, edition = small_sets, "2026:2025-10-01"
    yield Excerpt("icd10cm", {"icd10cm_order_2026.txt": excerpts.CM_ORDER})
    yield Excerpt("icd10cm", {"list.csv": sets.ICD.encode()}, edition)
    yield Excerpt("icd10cm", {TABULAR: excerpts.CM_TABULAR})
    yield Excerpt("icd10cm-tabular", {TABULAR: excerpts.CM_TABULAR})
    yield Excerpt(
        "icd10cm-index", {"index.csv": sets.INDEX.encode(), "drugs.csv": excerpts.DRUGS_CSV}, edition
    )
    yield Excerpt("icd10cm-index", {"index.xml": excerpts.INDEX_XML})
    yield Excerpt("icd10cm-poa", {"POAexemptCodesFY26.txt": sets.POA.encode()})
    yield Excerpt("icd10cm-conversion", {"CONVERSION-TABLE-FY2026.xlsx": excerpts.conversions()})
    yield Excerpt("guidelines", {"ICD-10-CM-FY2026-Guidelines.pdf": pdf(sets.GUIDELINES)})
    yield Excerpt("icd10pcs", {"icd10pcs_order_2026.txt": excerpts.PCS_ORDER})
    yield Excerpt("icd10pcs", {"icd10pcs_2026.csv": excerpts.PCS_CSV}, edition)
    yield Excerpt("icd10pcs-tables", {"icd10pcs_tables_2026.xml": excerpts.PCS_TABLES})
    yield Excerpt("icd10pcs-index", {"icd10pcs_index_2026.xml": excerpts.PCS_INDEX})
    yield Excerpt("icd10pcs-definitions", {"icd10pcs_definitions_2026.xml": excerpts.PCS_DEFINITIONS})
    yield Excerpt("icd10pcs-definitions", {"body_part_key.json": excerpts.BODY_PARTS}, edition)
    yield Excerpt("hcpcs", {"hcpcs.csv": sets.HCPCS.encode()}, "2026-01:2026-01-01")
    yield Excerpt("msdrg", {"msdrg_fy2026.txt": _DRG, "mdc.csv": b'"04","Respiratory System"\n'}, edition)
    labels = {"labels.csv": sets.HCC_LABELS, "above.csv": sets.HCC_HIERARCHY, "map.csv": sets.HCC_MAPPING}
    yield Excerpt("hcc", {name: text.encode() for name, text in labels.items()}, "2026:2026-01-01")
    labels = {"ccsr.csv": sets.CCSR, "ccsr_labels.csv": sets.CCSR_LABELS}
    yield Excerpt("ccsr", {name: text.encode() for name, text in labels.items()}, "2023:2022-10-01")
    yield Excerpt("gem", {"gem.csv": sets.GEM.encode(), "back.csv": _BACK}, "2018:2017-10-01")
    yield Excerpt("icd9cm", {"back.csv": _BACK}, "2015:2014-10-01")
    yield Excerpt("ncci-ptp", {"ptp.csv": sets.PAIRS.encode()}, "2026-04:2026-04-01")
    yield Excerpt("ncci-mue", {"mue.csv": sets.UNITS.encode()}, "2026-04:2026-04-01")
    yield Excerpt("apc", {"apc.csv": _CODES.replace(b"A", b"500")}, "2026-01:2026-01-01")
    yield Excerpt("cpt", {"cpt.csv": _NUMBERS}, "2026:2026-01-01")
    yield Excerpt("cdt", {"cdt.csv": b"code,short,long\nD0001,One,The first\n"}, "2026:2026-01-01")


def official() -> Iterator[Excerpt]:
    """The samples, each file cut to its first records; packed ones unpacked. PDF and workbook are whole files."""
    if not FOLDER.exists():
        return
    for sample in SAMPLES:
        if sample.kind in {"guidelines", "icd10cm-conversion"}:
            continue
        files = {
            Path(name).name.removesuffix(".gz").replace(".zip", ".txt"): _beginning(FOLDER / name)
            for name in sample.files
        }
        edition = dict(zip(sample.words[::2], sample.words[1::2], strict=True)).get("--edition", "")
        yield Excerpt(
            sample.kind, files, edition or _edition_of(sample.kind, sample.counts.get("edition", ""))
        )


def _edition_of(kind: str, label: str) -> str:
    # Cut from its archive or end, a file may not tell it any more.
    year, _, month = label.partition("-")
    if month:
        return f"{label}:{label}-01"
    return f"{label}:{year}-01-01" if kind == "hcc" else f"{label}:{int(year) - 1}-10-01"


def _beginning(path: Path) -> bytes:
    source = _source(path)
    if path.name.endswith(".json"):
        return source.content()
    start = source.start(_START)
    return (
        _cut_xml(source)
        if b"<?xml" in start[:200]
        else b"".join(start.splitlines(keepends=True)[: RECORDS + 1])
    )


def _source(path: Path) -> Source:
    if "POA" in path.name:
        return only_source(path, is_poa_member)
    system = "icd10pcs" if "pcs" in path.name else "icd10cm"
    return (
        only_source(path, lambda name: is_member(system, name))
        if path.suffix == ".zip"
        else only_source(path)
    )


def _cut_xml(source: Source) -> bytes:
    """The beginning with some records, all that is open closed again."""
    content = source.content()
    tag = next(
        each
        for each in (b"pcsTable", b"mainTerm", b"section", b"terms", b"chapter")
        if b"<%s" % each in content
    )
    count = {b"pcsTable": 3, b"mainTerm": 60, b"section": 1, b"terms": 40}.get(tag, 1)
    ends = [found.end() for found in re.finditer(b"</%s>" % tag, content)]
    few = [end for end in ends[:count] if end <= _LARGEST]
    kept = content[: few[-1] if few else content.rfind(b"\n", 0, _LARGEST)]
    opened: list[bytes] = []
    for found in re.finditer(rb"<(/?)([A-Za-z][\w.]*)[^<>]*?(/?)>", kept):
        if found[1]:
            opened.pop()
        elif not found[3]:
            opened.append(found[2])
    return kept + b"".join(b"</%s>" % each for each in reversed(opened))
