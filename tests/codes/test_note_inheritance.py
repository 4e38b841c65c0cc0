"""Notes and seventh characters of every code, against a second reading of the tabular list that shares no line."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree

from jobboard.codes.note_inheritance import inherited_notes
from jobboard.codes.records import EditionFile

Notes = list[tuple[str, str]]
TAGS = {
    "includes": "includes",
    "excludes1": "excludes1",
    "excludes2": "excludes2",
    "codeFirst": "code_first",
    "useAdditionalCode": "use_additional",
    "codeAlso": "code_also",
    "notes": "note",
}


@pytest.fixture(scope="module")
def printed() -> dict[str, tuple[Notes, str]]:
    """For each printed category or code: what it inherits, nearest first, and the characters that apply to it."""
    package = importlib.util.find_spec("simple_icd_10_cm")
    assert package is not None
    assert package.submodule_search_locations
    (path,) = (Path(package.submodule_search_locations[0]) / "data").glob("*.xml")
    found: dict[str, tuple[Notes, str]] = {}
    for chapter in ElementTree.parse(path).getroot().iter("chapter"):
        holders = [each for each in chapter.findall("section") if each.find("diag") is None]
        for section in chapter.findall("section"):
            first, last = ends(section.get("id"))
            around = [each for each in holders if ends(each.get("id"))[0] <= first]
            around = [each for each in around if last <= ends(each.get("id"))[1] and each is not section]
            # The narrowest block is the nearest.
            around.sort(key=lambda each: ends(each.get("id"))[0], reverse=True)
            above = [note for one in (section, *around, chapter) for note in carried(one)]
            for entry in section.findall("diag"):
                for code, notes, characters in walked(entry, above, ""):
                    found[code] = (notes, characters)
    return found


def ends(span: str) -> tuple[str, str]:
    first, _, last = span.partition("-")
    return first, last or first


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def carried(entry: Any) -> Notes:
    """The notes that go down from `entry`, but for seventh characters."""
    return [
        (TAGS[part.tag], words(note))
        for part in entry
        if part.tag in TAGS
        for note in part.findall("note")
        if words(note)
    ]


def walked(entry: Any, above: Notes, characters: str) -> Iterator[tuple[str, Notes, str]]:
    own = "".join(part.get("char").strip() for part in entry.findall("sevenChrDef/extension"))
    characters = own or characters
    yield entry.findtext("name"), above, characters
    for below in entry.findall("diag"):
        yield from walked(below, carried(entry) + above, characters)


def test_every_code_inherits_what_stands_above_it(
    shipped_edition: EditionFile, printed: dict[str, tuple[Notes, str]]
) -> None:
    records = {each.code: each for each in shipped_edition.records}
    by_code = {each.code: each.notes for each in shipped_edition.records}
    checked, wrong = 0, []
    for record in shipped_edition.records:
        if record.kind not in ("category", "code"):
            continue
        above: list[str] = []
        parent = record.parent
        while parent is not None:
            above.append(parent)
            parent = records[parent].parent
        held = inherited_notes(record.code, above, by_code)
        ours = [(note.kind, note.text) for _, notes in held for note in notes]
        ours = [each for each in ours if each[0] != "seventh" and "visual acuity with best" not in each[1]]
        if record.code in printed:
            expected = printed[record.code][0]
        else:
            # A code that a seventh character makes stands below its printed base.
            base = record.parent or ""
            expected = [
                (note.kind, note.text)
                for note in by_code[base]
                if note.kind not in ("inclusion", "seventh") and "visual acuity" not in note.text
            ] + printed[base][0]
        checked += 1
        if ours != expected:
            wrong.append((record.code, ours, expected))
    assert wrong[:2] == []
    assert checked == 98186


def test_every_seventh_character_is_one_that_the_list_defines_above_the_code(
    shipped_edition: EditionFile, printed: dict[str, tuple[Notes, str]]
) -> None:
    made: dict[str, str] = {}
    for record in shipped_edition.records:
        if record.kind == "code" and record.code not in printed:
            assert len(record.code) == 8
            assert record.parent is not None
            assert record.code[:7] == record.parent.ljust(4, ".").ljust(7, "X")
            made[record.parent] = made.get(record.parent, "") + record.code[7]
    inner = {each.parent for each in shipped_edition.records if each.code in printed}
    final = {
        code: each[1] for code, each in printed.items() if each[1] and code not in inner and len(code) < 8
    }
    differing = {code for code in final.keys() | made.keys() if final.get(code) != made.get(code)}
    # The sentence under S06 takes D and S away where the patient died before regaining consciousness.
    assert {code[:3] for code in differing} == {"S06"}
    assert {(code[6], made[code]) for code in differing} == {("7", "A"), ("8", "A")}
    assert len(differing) == 38
