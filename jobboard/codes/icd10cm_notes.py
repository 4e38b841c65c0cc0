"""Reads the notes that stand under one element of the ICD-10-CM tabular list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jobboard.codes.icd10cm_seventh import SeventhCharacter
from jobboard.codes.records import NoteKind, NoteRecord

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

KINDS: Final[dict[str, NoteKind]] = {
    "includes": "includes",
    "inclusionTerm": "inclusion",
    "excludes1": "excludes1",
    "excludes2": "excludes2",
    "codeFirst": "code_first",
    "useAdditionalCode": "use_additional",
    "codeAlso": "code_also",
    "sevenChrNote": "seventh",
    "notes": "note",
}


def notes_of(element: Element) -> tuple[NoteRecord, ...]:
    """The notes that `element` itself carries, in the order of the file; not those of its children."""
    notes: list[NoteRecord] = []
    for child in element:
        kind = KINDS.get(child.tag)
        if kind is not None:
            texts = (_joined(note) for note in child.findall("note"))
            notes.extend(NoteRecord(kind, text) for text in texts if text)
        elif child.tag == "sevenChrDef":
            notes.extend(NoteRecord("seventh", _definition(each)) for each in seventh_characters_of(element))
        elif child.tag == "visualImpairment":
            notes.extend(_visual_impairment(child))
    return tuple(notes)


def seventh_characters_of(element: Element) -> tuple[SeventhCharacter, ...]:
    """The seventh characters that `element` itself defines; a note inside explains the character above it."""
    characters: list[SeventhCharacter] = []
    for definition in element.findall("sevenChrDef"):
        for part in definition:
            if part.tag == "extension":
                characters.append(SeventhCharacter(part.get("char", "").strip(), _joined(part)))
            elif part.tag == "note" and characters:
                last = characters[-1]
                characters[-1] = SeventhCharacter(last.character, last.meaning, _joined(part))
    return tuple(characters)


def _definition(character: SeventhCharacter) -> str:
    told = f"{character.character} – {character.meaning}"
    return f"{told} ({character.note})" if character.note else told


def _visual_impairment(table: Element) -> list[NoteRecord]:
    """The table of categories of visual impairment (H54) as one sentence for each category."""
    notes = []
    for category in table.findall("visCategory"):
        number = _joined(category.find("value"))
        if not number:
            continue
        ranges = []
        for limits in category.findall("visRange"):
            most, least = _values(limits, "visMax"), _values(limits, "visMin")
            # "No light perception" is a state, not an upper bound.
            told = [f"less than {most}" if any(map(str.isdigit, most)) else most]
            told += [f"equal to or better than {least}"] if least else []
            ranges.append(", ".join(filter(None, told)))
        notes.append(
            NoteRecord(
                "note",
                f"Category {number} of visual impairment, visual acuity with best possible correction: "
                + "; ".join(each for each in ranges if each),
            )
        )
    return notes


def _values(limits: Element, tag: str) -> str:
    return ", ".join(filter(None, (_joined(value) for value in limits.iterfind(f"{tag}/value"))))


def _joined(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())
