"""The official guidelines by section, with the codes and chapters that each names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from jobboard.codes.book_models import GuidelineCitation, GuidelineSection
from jobboard.codes.chapters import chapters
from jobboard.codes.datasets import Dataset, Part
from jobboard.codes.importers.request import ImportRequest
from jobboard.codes.readers.guidelines import Guideline, read_guidelines
from jobboard.codes.readers.opening import only_source

SYSTEM: Final = "icd10cm"


def read(request: ImportRequest) -> list[Dataset]:
    """The guidelines for ICD-10-CM as the agencies publish them, a PDF."""
    source = only_source(request.only_file(), lambda name: name.lower().endswith(".pdf"))
    named = request.edition_of(SYSTEM, source.name)
    placed = list(enumerate(read_guidelines(source)))
    spans = [row for _, section in placed for row in _citations(section)]
    parts = (
        Part(GuidelineSection, placed, _section),
        Part(GuidelineCitation, spans, lambda row: [row]),
    )
    counts = {"sections": len(placed), "citations": len(spans)}
    return [Dataset(SYSTEM, "guidelines", named.label, named.begins, source.name, parts, counts)]


def _section(placed: tuple[int, Guideline]) -> Iterable[dict[str, Any]]:
    position, section = placed
    yield {
        "number": section.number,
        "position": position,
        "title": section.title,
        "page": section.page,
        "text": section.text,
    }


def _citations(section: Guideline) -> Iterable[dict[str, Any]]:
    spans = [(code, code) for code in section.codes] + list(section.ranges)
    spans += [_chapter(number) for number in section.chapters]
    for start, end in dict.fromkeys(spans):
        yield {"number": section.number, "start": start, "end": end}


def _chapter(number: int) -> tuple[str, str]:
    """The first and the last category of a chapter of ICD-10-CM, which are numbered from 1."""
    ours = [each for each in chapters().values() if each.system == SYSTEM and not each.chapter]
    first, _, last = ours[number - 1].codes.partition("-")
    return first, last
