"""Reads the ICD-10-CM tabular list, the XML that the CDC publishes with every edition.

The file prints chapters, sections (called blocks here), categories and the codes below them, with all notes. It
does not print codes that only a seventh character makes: those follow from the definitions above them
(`icd10cm_seventh`). Two things are easily lost and are kept here: a block of one category (B20, F99, P84, R99,
Z66 …) bears that category's name in the file, so blocks are coded as ranges ("B20-B20"); and blocks without
categories of their own (C00-C96, V00-X58 …) hold the blocks that their range spans.

What the April 2026 release (fiscal year 2026) yields, and how it compares:

- 22 chapters, 297 blocks, 46,881 printed entries (1,918 of them categories) and 51,305 entries made by 508
  definitions of seventh characters: 98,186 categories and codes, 74,719 of them billable.
- The official order file of fiscal year 2026 has the same 98,186 and 74,719, entry for entry and flag for flag.
  Expansion alone would give 76 more: one sentence under S06 says that the seventh characters D and S do not
  apply where the sixth (7 or 8) says that the patient died before regaining consciousness. It is read, so those
  38 codes come with A only.
- 151 descriptions differ from the order file by their accents (Ménière, Sjögren), which its plain ASCII leaves out.
- Fiscal year 2027's list has 98,403 rows: 238 that are not here and 21 fewer, by its addendum.
- The package that ships the file counts 98,466: the same entries with 280 of the 319 chapters and blocks, since
  it takes a block of one category for the category.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Final

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as SafeXml

from jobboard.codes.icd10cm_notes import notes_of, seventh_characters_of
from jobboard.codes.icd10cm_seventh import (
    BASE_LENGTH,
    SeventhCharacter,
    SeventhException,
    expand,
    read_exception,
    sounds_like_exception,
)
from jobboard.codes.records import CodeFileError, CodeRecord, EditionFile, Kind, NoteRecord

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SYSTEM: Final = "icd10cm"
ROOT_TAG: Final = "ICD10CM.tabular"

_CATEGORY = re.compile(r"[A-Z][0-9A-Z]{2}")
_CODE = re.compile(r"[A-Z][0-9A-Z]{2}(?:\.[0-9A-Z]{1,4})?")
_RANGE_AT_END = re.compile(r"\s*\((?P<first>[A-Z][0-9A-Z]{2})(?:-(?P<last>[A-Z][0-9A-Z]{2}))?\)\s*$")


def read_tabular(stream: IO[bytes], file: str, edition: str | None = None) -> EditionFile:
    """Read the tabular list in `stream`; `file` is its name for messages.

    `edition` is told by who knows the release ("2026-04"); without it the file's own fiscal year stands.
    Raises CodeFileError for anything that is not such a list, naming the record.
    """
    try:
        root = SafeXml.parse(stream).getroot()
    except SafeXml.ParseError as error:
        line, column = error.position
        raise CodeFileError(file, f"line {line}", f"not well-formed XML (column {column + 1})") from error
    except DefusedXmlException as error:
        raise CodeFileError(file, "", "entities and document types are not accepted in XML") from error
    except (LookupError, ValueError) as error:
        raise CodeFileError(file, "line 1", f"an encoding that XML cannot have: {error}") from error
    if root.tag != ROOT_TAG:
        raise CodeFileError(file, "root element", f"<{ROOT_TAG}> expected, <{root.tag}> found")
    year = _text(root, "version")
    if not re.fullmatch(r"\d{4}", year):
        raise CodeFileError(file, "<version>", f"a fiscal year such as 2026 expected, {year!r} found")
    if edition is not None and edition[:4] != year:
        raise CodeFileError(file, "<version>", f"says {year}, the edition asked for is {edition}")
    reading = _Reading(file)
    for number, chapter in enumerate(root.findall("chapter"), 1):
        reading.chapter(chapter, number)
    if not reading.records:
        raise CodeFileError(file, "", "holds no chapter")
    return EditionFile(SYSTEM, edition or year, file, tuple(reading.records), tuple(reading.warnings))


class _Reading:
    """The state of one pass over the file: records so far, their codes, warnings."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.records: list[CodeRecord] = []
        self.warnings: list[str] = []
        self._seen: set[str] = set()

    def chapter(self, chapter: Element, number: int) -> None:
        place = f"chapter {_text(chapter, 'name') or number}"
        title, code = self._ranged(_text(chapter, "desc"), place)
        self._add(code, None, "chapter", title, False, notes_of(chapter))
        open_blocks: list[str] = []
        for section in chapter.findall("section"):
            place = f"section {section.get('id', '?')}"
            title, block = self._ranged(_text(section, "desc"), place)
            categories = section.findall("diag")
            while open_blocks and not _within(block, open_blocks[-1]):
                open_blocks.pop()
            self._add(
                block, open_blocks[-1] if open_blocks else code, "block", title, False, notes_of(section)
            )
            if not categories:
                open_blocks.append(block)
            for category in categories:
                self._entry(category, block, (), ())

    def _entry(
        self,
        entry: Element,
        parent: str,
        characters: tuple[SeventhCharacter, ...],
        exceptions: tuple[SeventhException, ...],
    ) -> None:
        code, title = _text(entry, "name"), _text(entry, "desc")
        place = f"entry {code or '?'} under {parent}"
        is_category = "-" in parent
        if not (_CATEGORY if is_category else _CODE).fullmatch(code):
            raise CodeFileError(self.file, place, f"{code!r} is not a code of this system")
        if not is_category and not code.startswith(parent):
            raise CodeFileError(self.file, place, "the code does not continue that of the entry above it")
        if not title:
            raise CodeFileError(self.file, place, "has no description")
        own = seventh_characters_of(entry)
        if any(len(each.character) != 1 for each in own):
            raise CodeFileError(self.file, place, "a seventh character is not one character")
        characters = own or characters
        notes = notes_of(entry)
        exceptions += tuple(self._exceptions(notes, place))
        below = entry.findall("diag")
        undotted = code.replace(".", "")
        made = expand(undotted, characters, exceptions) if not below and len(undotted) <= BASE_LENGTH else []
        self._add(code, parent, "category" if is_category else "code", title, not below and not made, notes)
        for each in below:
            self._entry(each, code, characters, exceptions)
        for longer, character in made:
            described = f"{title}, {character.meaning}"
            self._add(f"{longer[:3]}.{longer[3:]}", code, "code", described, True, ())

    def _exceptions(self, notes: tuple[NoteRecord, ...], place: str) -> Iterator[SeventhException]:
        for note in notes:
            if note.kind == "note" and sounds_like_exception(note.text):
                exception = read_exception(note.text)
                if exception is not None:
                    yield exception
                else:
                    self.warnings.append(
                        f"{self.file}, {place}: this note may take seventh characters away and was not "
                        f"understood, so codes may have been loaded that do not exist: {note.text}"
                    )

    def _ranged(self, described: str, place: str) -> tuple[str, str]:
        """Split "Neoplasms (C00-D49)" into its title and its range; one category is a range to itself."""
        found = _RANGE_AT_END.search(described)
        if found is None or found.start() == 0:
            raise CodeFileError(
                self.file, place, f"a title with its range of categories expected, {described!r} found"
            )
        first = found["first"]
        return described[: found.start()], f"{first}-{found['last'] or first}"

    def _add(
        self,
        code: str,
        parent: str | None,
        kind: Kind,
        title: str,
        billable: bool,
        notes: tuple[NoteRecord, ...],
    ) -> None:
        if code in self._seen:
            raise CodeFileError(self.file, f"entry {code}", "stands in the file twice")
        self._seen.add(code)
        order = len(self.records) + 1
        self.records.append(CodeRecord(SYSTEM, code, parent, kind, "", title, billable, order, notes))


def _text(element: Element, tag: str) -> str:
    return " ".join((element.findtext(tag) or "").split())


def _within(inner: str, outer: str) -> bool:
    first, last = inner.split("-")
    outer_first, outer_last = outer.split("-")
    return outer_first <= first and last <= outer_last
