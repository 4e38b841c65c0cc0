"""The tabular list is read whole, seventh characters included, and a broken one is refused by name."""

from __future__ import annotations

import io
from collections import Counter

import pytest

from jobboard.codes.icd10cm_seventh import SeventhException, read_exception
from jobboard.codes.icd10cm_tabular import read_tabular
from jobboard.codes.records import CodeFileError, CodeRecord, EditionFile

NO_DEATHS_LATER = (
    "7th characters D and S do not apply to codes in category S06 with 6th character 7 - death due to brain "
    "injury prior to regaining consciousness, or 8 - death due to other cause prior to regaining consciousness."
)


@pytest.fixture(scope="session")
def shipped(shipped_edition: EditionFile) -> dict[str, CodeRecord]:
    return {record.code: record for record in shipped_edition.records}


def read(xml: str) -> EditionFile:
    return read_tabular(io.BytesIO(xml.encode()), "list.xml")


def chapter(inside: str) -> str:
    return (
        "<ICD10CM.tabular><version>2026</version><chapter><name>19</name><desc>Injury (S00-T88)</desc>"
        f"{inside}</chapter></ICD10CM.tabular>"
    )


def category(inside: str, code: str = "S06") -> str:
    return chapter(
        f"<section id='S00-S09'><desc>Head (S00-S09)</desc>"
        f"<diag><name>{code}</name><desc>Brain</desc>{inside}</diag></section>"
    )


def test_the_shipped_list_has_the_april_2026_edition_whole(shipped_edition: EditionFile) -> None:
    edition = shipped_edition
    assert (edition.system, edition.edition, edition.warnings) == ("icd10cm", "2026-04", ())
    assert Counter(record.kind for record in edition.records) == {
        "chapter": 22,
        "block": 297,
        "category": 1918,
        "code": 96268,
    }
    assert sum(record.billable for record in edition.records) == 74719
    assert [record.order for record in edition.records] == list(range(1, 98506))


def test_every_parent_stands_above_its_children(shipped_edition: EditionFile) -> None:
    seen: set[str | None] = {None}
    for record in shipped_edition.records:
        assert record.parent in seen, record
        seen.add(record.code)


@pytest.mark.parametrize("code", ["B20", "F99", "P84", "R99", "Z66"])
def test_a_block_of_one_category_takes_nothing_from_it(shipped: dict[str, CodeRecord], code: str) -> None:
    assert shipped[code].kind == "category"
    assert shipped[code].billable
    assert shipped[code].parent == f"{code}-{code}"
    assert shipped[f"{code}-{code}"].kind == "block"


@pytest.mark.parametrize(
    ("block", "parent"),
    [
        ("C00-C96", "C00-D49"),
        ("C00-C75", "C00-C96"),
        ("C00-C14", "C00-C75"),
        ("C76-C80", "C00-C96"),
        ("C7A-C7A", "C00-C96"),
        ("D37-D48", "C00-D49"),
        ("D3A-D3A", "C00-D49"),
        ("T20-T25", "T20-T32"),
        ("T33-T34", "T07-T88"),
        ("V10-V19", "V00-V99"),
        ("W00-W19", "W00-X58"),
        ("W00-X58", "V00-X58"),
        ("X71-X83", "V00-Y99"),
    ],
)
def test_blocks_stand_in_the_blocks_that_span_them(
    shipped: dict[str, CodeRecord], block: str, parent: str
) -> None:
    assert shipped[block].parent == parent


@pytest.mark.parametrize(
    ("code", "parent", "description"),
    [
        ("T14.8XXA", "T14.8", "Other injury of unspecified body region, initial encounter"),
        ("H40.10X1", "H40.10", "Unspecified open-angle glaucoma, mild stage"),
        ("S06.0X0D", "S06.0X0", "Concussion without loss of consciousness, subsequent encounter"),
        ("O31.00X5", "O31.00", "Papyraceous fetus, unspecified trimester, fetus 5"),
    ],
)
def test_seventh_characters_stand_seventh(
    shipped: dict[str, CodeRecord], code: str, parent: str, description: str
) -> None:
    record = shipped[code]
    assert (record.parent, record.long, record.billable) == (parent, description, True)
    assert not shipped[parent].billable


def test_the_nearest_definition_of_seventh_characters_counts(shipped: dict[str, CodeRecord]) -> None:
    below_s12_8 = [code for code, record in shipped.items() if record.parent == "S12.8"]
    assert below_s12_8 == ["S12.8XXA", "S12.8XXD", "S12.8XXS"]
    assert {code[-1] for code, record in shipped.items() if record.parent == "S12.000"} == set("ABDGKS")


def test_who_died_unconscious_has_no_later_encounter(shipped: dict[str, CodeRecord]) -> None:
    assert "S06.1X7A" in shipped
    assert shipped.keys().isdisjoint({"S06.1X7D", "S06.1X7S", "S06.898D"})
    assert "S06.1X6D" in shipped


def test_notes_of_every_kind_are_kept_in_order(shipped: dict[str, CodeRecord]) -> None:
    notes = [(note.kind, note.text) for note in shipped["S06"].notes]
    assert notes[:2] == [("includes", "traumatic brain injury"), ("code_also", "any associated:")]
    assert ("excludes1", "head injury NOS (S09.90)") in notes
    assert ("seventh", "S – sequela") in notes
    assert notes[-1] == ("note", NO_DEATHS_LATER)
    kinds = {note.kind for record in shipped.values() for note in record.notes}
    assert kinds == {
        "includes", "inclusion", "excludes1", "excludes2", "code_first",
        "use_additional", "code_also", "seventh", "note",
    }  # fmt: skip


def test_a_note_within_a_definition_explains_the_character_above_it(shipped: dict[str, CodeRecord]) -> None:
    told = [note.text for note in shipped["H34.81"].notes if note.kind == "seventh"]
    assert told[-1] == "2 – stable (Old central retinal vein occlusion)"


def test_the_table_of_visual_impairment_becomes_notes(shipped: dict[str, CodeRecord]) -> None:
    told = [note.text for note in shipped["H54.8"].notes if note.text.startswith("Category")]
    assert [text[9] for text in told] == ["1", "2", "3", "4", "5", "9"]
    assert told[1].endswith("less than 20/200, equal to or better than 20/400")
    assert told[3].endswith("less than 5/300")
    assert ", equal to or better than Light perception;" in told[3]
    assert told[4].endswith(": No light perception")


def test_the_exception_is_read_from_its_sentence() -> None:
    assert read_exception(NO_DEATHS_LATER) == SeventhException("S06", frozenset("78"), frozenset("DS"))
    assert read_exception("aftercare for injury- code the injury with 7th character D") is None


def test_an_exception_in_unknown_words_is_said() -> None:
    unclear = "<notes><note>The 7th character S does not apply here in winter.</note></notes>"
    edition = read(category(f"{unclear}<diag><name>S06.1</name><desc>Swelling</desc></diag>"))
    assert len(edition.warnings) == 1
    assert "S06" in edition.warnings[0]
    assert "in winter" in edition.warnings[0]


@pytest.mark.parametrize(
    ("xml", "place", "problem"),
    [
        ("<ICD10CM.tabular>\n<version>", "line 2", "not well-formed"),
        ("<html/>", "root element", "<html> found"),
        ("<ICD10CM.tabular><version>soon</version></ICD10CM.tabular>", "<version>", "'soon' found"),
        ("<ICD10CM.tabular><version>2026</version></ICD10CM.tabular>", "", "holds no chapter"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><ICD10CM.tabular>&b;</ICD10CM.tabular>", "", "entities"),
        (chapter("<section id='S00'><desc>Head</desc></section>"), "section S00", "range of categories"),
        (category("", code="S0"), "entry S0 under S00-S09", "not a code"),
        (
            category("<diag><name>T06.1</name><desc>x</desc></diag>"),
            "entry T06.1 under S06",
            "does not continue",
        ),
        (category("<diag><name>S06.1</name></diag>"), "entry S06.1 under S06", "no description"),
        (category(2 * "<diag><name>S06.1</name><desc>x</desc></diag>"), "entry S06.1", "twice"),
        (
            category("<sevenChrDef><extension char='AB'>x</extension></sevenChrDef>"),
            "entry S06",
            "one character",
        ),
    ],
)
def test_a_broken_list_is_refused_by_record(xml: str, place: str, problem: str) -> None:
    with pytest.raises(CodeFileError) as refused:
        read(xml)
    assert refused.value.file == "list.xml"
    assert refused.value.place.startswith(place)
    assert problem in refused.value.problem


def test_an_edition_asked_for_must_be_the_one_in_the_file() -> None:
    with pytest.raises(CodeFileError, match="says 2026, the edition asked for is 2027"):
        read_tabular(io.BytesIO(category("").encode()), "list.xml", "2027")
