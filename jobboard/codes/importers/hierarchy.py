"""Puts a plain list of codes under what stands above them in the book of its system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from jobboard.codes.chapters import Chapter, chapters
from jobboard.codes.icd10cm_hierarchy import with_chapters
from jobboard.codes.icd10cm_source import read_shipped
from jobboard.codes.records import CodeFileError, CodeRecord, EditionFile, Kind

# Systems whose chapters stand in our own list: by stems of codes, or by ranges.
_STEMS: Final = frozenset({"icd10pcs", "hcpcs"})
_RANGES: Final = frozenset({"cpt"})


def in_its_place(file: EditionFile) -> EditionFile:
    """`file` with the chapters and blocks of its system above the codes; as it is where there are none.

    Raises CodeFileError where a code names a parent that the file does not have.
    """
    if file.system == "icd10cm":
        return with_chapters(replace(file, records=_below_stems(file.records)), _shipped())
    known = {record.code for record in file.records}
    for record in file.records:
        if record.parent is not None and record.parent not in known:
            raise CodeFileError(
                file.source, f"code {record.code}", f"its parent {record.parent} is not in the file"
            )
    if file.system in _STEMS | _RANGES:
        return replace(file, records=_under_chapters(file.system, file.records))
    return file


@cache
def _shipped() -> EditionFile:
    return read_shipped()


def _below_stems(records: Sequence[CodeRecord]) -> tuple[CodeRecord, ...]:
    """Codes of ICD-10-CM below the longest other code that begins them; three characters are a category."""
    known = {record.code for record in records}
    placed = []
    for record in records:
        code = record.code
        stems = (code[:end].rstrip(".") for end in range(len(code) - 1, 2, -1))
        parent = next((stem for stem in stems if stem in known), None)
        placed.append(replace(record, parent=parent, kind="category" if len(code) == 3 else "code"))
    return tuple(placed)


def _under_chapters(system: str, records: Sequence[CodeRecord]) -> tuple[CodeRecord, ...]:
    ours = [each for each in chapters().values() if each.system == system]
    placed: list[CodeRecord] = []
    seen: set[str] = set()

    def add(record: CodeRecord) -> None:
        placed.append(replace(record, order=len(placed) + 1))

    def open_chapter(chapter: Chapter) -> None:
        if chapter.codes in seen:
            return
        seen.add(chapter.codes)
        kind: Kind = "block" if chapter.chapter else "chapter"
        above = chapter.chapter or None
        add(CodeRecord(system, chapter.codes, above, kind, "", chapter.title, False, 0))

    in_order = sorted(records, key=lambda each: (each.kind == "modifier", each.code))
    for record in in_order if system in _STEMS else records:
        parent = record.parent
        if parent is None and record.kind != "modifier":
            for chapter in (each for each in ours if _holds(each, record.code)):
                open_chapter(chapter)
                parent = chapter.codes
        add(replace(record, parent=parent))
    return tuple(placed)


def _holds(chapter: Chapter, code: str) -> bool:
    first, _, last = chapter.codes.partition("-")
    if not last:
        return code.startswith(first)
    return (
        len(code) == len(first)
        and code[-1:].isalpha() == first[-1:].isalpha()
        and (first <= code <= last if not last[-1:].isalpha() else code[-1] == last[-1])
    )
