"""What stands around a code: above, below, beside it, and the notes that hold for it."""

from __future__ import annotations

import pytest
from flask import Flask

from jobboard.codes import queries
from jobboard.codes.code_forms import canonical
from jobboard.codes.models import Code
from jobboard.codes.note_words import HEADINGS, Piece, candidates, grouped, pieces
from jobboard.codes.records import EditionFile
from jobboard.codes.reference import LoadedEditions, reference_if_any


def code(text: str) -> Code:
    found = queries.code_in_force("icd10cm", text)
    assert found is not None
    return found


def names(codes: list[Code]) -> list[str]:
    return [each.code for each in codes]


def test_ancestors_run_from_the_chapter_down(loaded: EditionFile) -> None:
    assert names(queries.ancestors(code("E11.3211"))) == [
        "E00-E89",
        "E08-E13",
        "E11",
        "E11.3",
        "E11.32",
        "E11.321",
    ]
    assert queries.ancestors(code("E00-E89")) == []


def test_a_block_of_one_category_and_the_category_are_two_things(loaded: EditionFile) -> None:
    assert names(queries.ancestors(code("P84"))) == ["P00-P96", "P84-P84"]
    assert names(queries.children(code("P84-P84"))) == ["P84"]


def test_children_come_in_the_order_of_the_book(loaded: EditionFile) -> None:
    assert names(queries.children(code("E11")))[:3] == ["E11.0", "E11.1", "E11.2"]
    assert names(queries.children(code("E11.9"))) == []


@pytest.mark.parametrize(
    ("of", "before", "after"),
    [
        ("E11.9", "E11.8", "E11.A"),
        ("E11.A", "E11.9", "E13"),
        ("E11.65", "E11.649", "E11.69"),
        ("E11", "E10", "E13"),
        ("E08-E13", "E00-E07", "E15-E16"),
        ("E00-E89", None, "P00-P96"),
        ("R99", "R97", None),
    ],
)
def test_neighbours_are_of_the_same_kind(
    loaded: EditionFile, of: str, before: str | None, after: str | None
) -> None:
    found = queries.neighbours(code(of))
    assert [each.code if each else None for each in found] == [before, after]


def test_notes_are_inherited_from_the_nearest_down_to_the_chapter(loaded: EditionFile) -> None:
    this = code("E11.621")
    own, inherited = queries.notes(this, queries.ancestors(this))
    assert [(note.kind, note.text) for note in own] == [
        ("use_additional", "code to identify site of ulcer (L97.4-, L97.5-)")
    ]
    assert [each.origin.code for each in inherited] == ["E11", "E00-E89"]
    assert "use_additional" in {note.kind for note in inherited[0].notes}


def test_inclusion_terms_hold_for_their_own_entry_only(loaded: EditionFile) -> None:
    this = code("E11.00")
    above = queries.ancestors(this)
    parents = queries.notes(above[-1], above[:-1])[0]
    inherited = queries.notes(this, above)[1]
    assert "inclusion" not in {note.kind for each in inherited for note in each.notes}
    assert parents == []


def test_the_nearest_definition_of_seventh_characters_is_inherited(loaded: EditionFile) -> None:
    this = code("E11.3211")
    inherited = queries.notes(this, queries.ancestors(this))[1]
    holders = [each.origin.code for each in inherited if any(n.kind == "seventh" for n in each.notes)]
    assert holders == ["E11.32"]


def test_references_in_notes_become_links_to_what_exists() -> None:
    text = "diabetes (E08-E13), ulcer (L97.-), see B12 and S92.-with 7th character B, E10.1 to E10.9"
    existing = {"E08-E13", "L97", "S92", "E10.1"}
    assert [piece for piece in pieces(text, existing) if piece.code] == [
        Piece("E08-E13", "E08-E13"),
        Piece("L97.-", "L97"),
        Piece("S92.-", "S92"),
        Piece("E10.1", "E10.1"),
    ]
    assert "".join(piece.text for piece in pieces(text, existing)) == text


def test_a_range_that_is_no_entry_links_its_two_ends() -> None:
    assert pieces("ulcer (L97.1-L97.9)", {"L97.1", "L97.9"}) == [
        Piece("ulcer ("),
        Piece("L97.1", "L97.1"),
        Piece("-"),
        Piece("L97.9", "L97.9"),
        Piece(")"),
    ]


def test_notes_are_grouped_under_headings_in_a_fixed_order(loaded: EditionFile) -> None:
    this = code("E11")
    own, _ = queries.notes(this, queries.ancestors(this))
    groups = grouped(own, queries.existing(this.edition_id, candidates(own)))
    order = list(HEADINGS.values())
    assert [group.heading for group in groups] == sorted((g.heading for g in groups), key=order.index)
    links = {piece.code for group in groups for note in group.notes for piece in note if piece.code}
    assert {"E08", "E10", "E13"} <= links
    assert "O24" not in links  # its chapter is not loaded in this test


@pytest.mark.parametrize(
    ("system", "typed", "meant"),
    [
        ("icd10cm", " e119 ", "E11.9"),
        ("icd10cm", "E11.9", "E11.9"),
        ("icd10cm", "E11.-", "E11"),
        ("icd10cm", "i50.x", "I50"),
        ("icd10cm", "M54.5*", "M54.5"),
        ("icd10cm", "t14.8xxa", "T14.8XXA"),
        ("icd10cm", "qa0.0101", "QA0.0101"),
        ("icd10cm", "a00–b99", "A00-B99"),
        ("icd10cm", "diabetes", None),
        ("icd10cm", "E11.99999", None),
        ("icd10cm", "E" * 50, None),
        ("cpt", "77003", "77003"),
        ("cpt", "0075t", "0075T"),
        ("cpt", "7700", None),
        ("hcpcs", "j1885", "J1885"),
        ("hcpcs", "D0120", None),
        ("icd10pcs", "0dtj4zz", "0DTJ4ZZ"),
        ("msdrg", "87", "087"),
        ("nothing", "77003", None),
    ],
)
def test_a_code_is_understood_as_people_type_it(system: str, typed: str, meant: str | None) -> None:
    assert canonical(system, typed) == meant


def test_the_linker_learns_what_is_loaded(loaded: EditionFile) -> None:
    reference = LoadedEditions()
    assert reference.is_loaded("icd10cm")
    assert not reference.is_loaded("cpt")
    assert reference.contains("icd10cm", "E11.9", False)
    assert not reference.contains("icd10cm", "E11.99", False)
    assert reference.contains("icd10cm", "E11", True)
    assert reference.contains("icd10cm", "E11.32", True)
    assert not reference.contains("icd10cm", "E12", True)


def test_without_an_edition_nothing_is_loaded(app: Flask) -> None:
    assert not reference_if_any().is_loaded("icd10cm")
