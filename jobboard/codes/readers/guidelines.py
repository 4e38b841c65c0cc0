"""Reads the official guidelines for ICD-10-CM: a PDF whose table of contents names the sections.

A section begins where the words of its line in the contents stand at the beginning of a line, near the page that the
contents name and in their order; contents and text sometimes differ by a word. What is numbered more finely than the
contents stays in the text of its section.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pypdf import PdfReader
from rapidfuzz.fuzz import ratio

from jobboard.codes.readers.opening import Source, SourceError

_MOST_PAGES: Final = 1000
_MOST_BYTES: Final = 32 * 1024 * 1024
_LEVELS: Final = (
    re.compile(r"(?:Section )?(?P<mark>(?:(?<=Section )|Appendix )[IVX]+)(?:[.:]?\s+(?P<title>.+))?"),
    re.compile(r"(?P<mark>[A-Z])\.\s+(?P<title>.+)"),
    re.compile(r"(?P<mark>[0-9]{1,2})\.\s+(?P<title>.+)"),
    re.compile(r"(?P<mark>[a-z]{1,2})\.\s+(?P<title>.+)"),
    re.compile(r"(?P<mark>[0-9]{1,2})\)\s+(?P<title>.+)"),
)
_END_OF_ENTRY = re.compile(r"(?:\s*\.+\s*|\s)(?P<page>[0-9]{1,3})$")
_CODE = r"[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?"
_CITED = re.compile(rf"\b(?P<first>{_CODE})(?:\s?[-–]\s?(?P<last>{_CODE})|\.?-)?(?![0-9A-Za-z])")
_CHAPTER = re.compile(r"\bChapters?\s+(?P<number>[0-9]{1,2})\b")
_LAST_CHAPTER: Final = 22
_LIKE_ENOUGH: Final = 75.0
"""Of 100: how like the words of the contents those of a heading must be."""


@dataclass(frozen=True, slots=True)
class Guideline:
    """A section: its number ("I.C.4.a"), title, the page of the PDF where it begins, and its own text.

    `codes` are codes and beginnings of codes that it names, `ranges` pairs of them, `chapters` the numbers of the
    chapters that it names and of the one that it is about, each once in the order of the text.
    """

    number: str
    title: str
    page: int
    text: str
    codes: tuple[str, ...]
    ranges: tuple[tuple[str, str], ...]
    chapters: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the contents: the section's number and title, the letters with which it begins, and its page."""

    number: str
    title: str
    letters: str
    page: int


def read_guidelines(source: Source) -> Iterator[Guideline]:
    """The sections in their order. Raises SourceError, whose line is a page."""
    return sections_of(pages_of(source), source.name)


def pages_of(source: Source) -> list[str]:
    """The text of each page. Raises SourceError."""
    content = source.content()
    if len(content) > _MOST_BYTES:
        raise SourceError(source.name, 0, f"has more than {_MOST_BYTES // 1024**2} MB")
    pages: list[str] = []
    try:
        reader = PdfReader(io.BytesIO(content))
        if len(reader.pages) > _MOST_PAGES:
            raise SourceError(source.name, 0, f"has more than {_MOST_PAGES} pages")
        # Signs that a font does not name come out as NUL, which no database takes.
        pages.extend(page.extract_text().replace("\0", "") for page in reader.pages)
    except SourceError:
        raise
    # The library answers a damaged file with whatever exception the damage leads to.
    except Exception as error:
        raise SourceError(source.name, len(pages) + 1, f"is not a PDF that can be read: {error}") from error
    return pages


def sections_of(pages: list[str], file: str) -> Iterator[Guideline]:
    """The sections that `pages` hold, by the contents among them. Raises SourceError."""
    headings, first = _contents(pages)
    if not headings:
        raise SourceError(file, 1, "has no table of contents with sections")
    lines = [
        (number, line.strip())
        for number, page in enumerate(pages[first:], first + 1)
        for line in page.splitlines()
        if not _is_running_head(line.strip())
    ]
    starts: list[int] = []
    for heading in headings:
        start = _start_of(heading, lines, starts[-1] + 1 if starts else 0)
        if start is None:
            raise SourceError(file, heading.page, f"the section {heading.number} is not found near this page")
        starts.append(start)
    for heading, start, end in zip(headings, starts, [*starts[1:], len(lines)], strict=True):
        yield _guideline(heading, lines[start][0], [line for _, line in lines[start:end]])


def _start_of(heading: Heading, lines: list[tuple[int, str]], after: int) -> int | None:
    """Where the section begins: at its very words, else at those most like them, if they are like enough."""
    best, likeness = None, _LIKE_ENOUGH
    for place in range(after, len(lines)):
        number = lines[place][0]
        if number > heading.page + 1:
            break
        if number < heading.page - 1:
            continue
        letters = _letters(" ".join(line for _, line in lines[place : place + 3]))
        if letters.startswith(heading.letters):
            return place
        alike = ratio(letters[: len(heading.letters)], heading.letters)
        if alike > likeness and letters[:1] == heading.letters[:1]:
            best, likeness = place, alike
    return best


def _contents(pages: list[str]) -> tuple[list[Heading], int]:
    """The headings that the contents name, and how many pages stand before the text."""
    headings: list[Heading] = []
    marks: list[str] = []
    last, waiting = 0, ""
    for place, page in enumerate(pages):
        if len(re.findall(r"\.{5,}\s*[0-9]+\s*$", page, re.MULTILINE)) < 3:
            if headings:
                break
            continue
        last = place + 1
        for raw in page.splitlines():
            if _is_running_head(raw.strip()):
                continue
            # A long title takes two lines; only the second ends with the page.
            line = f"{waiting} {raw.strip()}".strip()
            end = _END_OF_ENTRY.search(line)
            # Where a title fills its line no dots are left; a number of a chapter is lower than the page reached.
            least = headings[-1].page if headings else 1
            if end is None or not least <= int(end["page"]) <= len(pages):
                waiting = line[-300:]
                continue
            waiting = ""
            told = line[: end.start()].strip()
            heading = _heading(told, int(end["page"]), marks)
            if heading is not None:
                headings.append(heading)
    return headings, last


def _heading(told: str, page: int, marks: list[str]) -> Heading | None:
    for level, shape in enumerate(_LEVELS):
        found = shape.fullmatch(told)
        if found is not None and level <= len(marks):
            marks[level:] = [found["mark"]]
            return Heading(".".join(marks), (found["title"] or told).strip(), _letters(told), page)
    return None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


def _is_running_head(line: str) -> bool:
    return not line or bool(
        re.fullmatch(
            r"ICD-10-CM Official Guidelines for Coding and Reporting|FY 20\d\d|Page \d+ of \d+", line
        )
    )


def _guideline(heading: Heading, page: int, lines: list[str]) -> Guideline:
    text = "\n".join(lines)
    codes: dict[str, None] = {}
    ranges: dict[tuple[str, str], None] = {}
    for found in _CITED.finditer(text):
        if found["last"]:
            ranges[found["first"], found["last"]] = None
        else:
            codes[found["first"]] = None
    named = [int(found["number"]) for found in _CHAPTER.finditer(text)]
    about = re.match(r"I\.C\.(\d+)", heading.number)
    if about:
        named.insert(0, int(about[1]))
    chapters = tuple(dict.fromkeys(number for number in named if 1 <= number <= _LAST_CHAPTER))
    return Guideline(heading.number, heading.title, page, text, tuple(codes), tuple(ranges), chapters)
