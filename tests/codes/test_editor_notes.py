"""Moderators attach crosswalks, modifiers and notes to codes; nobody else does, and nothing wrong is stored."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from jobboard.codes.article_models import CodeEditorNote
from jobboard.codes.note_actions import add_note, version_of
from jobboard.codes.records import EditionFile
from jobboard.database import db
from tests.conftest import Player

NOTES = "/codes/icd10cm/E11.9/notes"
GOOD = {
    "kind": "crosswalk",
    "to_system": "icd10cm",
    "to_code": "e109",
    "text": "Often confused with it.",
    "source": "The tabular list",
    "dated_on": "2026-03-01",
}


def stored() -> list[tuple[str, str, str]]:
    db.session.rollback()
    rows = db.session.scalars(select(CodeEditorNote).order_by(CodeEditorNote.id))
    return [(each.kind, each.to_code, each.text) for each in rows]


@pytest.fixture
def note(loaded: EditionFile, mo: Player) -> CodeEditorNote:
    values = {"kind": "compliance", "text": "Name the type.", "source": "Own", "dated_on": date(2026, 3, 1)}
    made = add_note("icd10cm", "E11.9", values, mo.person_id or 0)
    db.session.commit()
    return made


def test_a_moderator_adds_a_note_and_it_is_on_the_page(
    loaded: EditionFile, mo: Player, visitor: Player
) -> None:
    assert mo.post(NOTES, data=GOOD).status_code == 303
    assert stored() == [("crosswalk", "E10.9", "Often confused with it.")]
    assert "Often confused with it." in visitor.get("/codes/icd10cm/E11.9").text
    assert "Often confused with it." in mo.get(NOTES).text


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"source": ""}, "Give the source."),
        ({"to_code": ""}, "Give the code that it leads to."),
        ({"to_code": "E1"}, "This is no code of that system."),
        ({"to_code": "E08-E13"}, "This is no code of that system."),
        ({"to_system": ""}, "Choose the code system of this code."),
        ({"kind": "modifier", "to_code": "LEFT"}, "This is no code of that system."),
        ({"kind": "compliance", "text": " "}, "Write the note."),
        ({"kind": "planted"}, "Not a valid choice."),
        ({"dated_on": "yesterday"}, "Not a valid date value."),
        ({"dated_on": "2999-01-01"}, "The date is in the future."),
        ({"text": "x" * 4001}, "Please keep it to 4,000 characters."),
    ],
)
def test_what_is_wrong_is_told_by_its_field_and_kept_in_the_form(
    loaded: EditionFile, mo: Player, change: dict[str, str], problem: str
) -> None:
    response = mo.post(NOTES, data={**GOOD, "source": "A source to keep", **change})
    assert response.status_code == 422
    assert problem in response.text
    assert stored() == []
    if "source" not in change:
        assert "A source to keep" in response.text


def test_a_modifier_needs_no_system_and_a_compliance_note_no_code(loaded: EditionFile, mo: Player) -> None:
    assert (
        mo.post(NOTES, data={**GOOD, "kind": "modifier", "to_system": "", "to_code": "lt"}).status_code == 303
    )
    assert mo.post(NOTES, data={**GOOD, "kind": "compliance"}).status_code == 303
    assert [each[:2] for each in stored()] == [("modifier", "LT"), ("compliance", "")]


def test_a_note_is_changed_and_deleted(note: CodeEditorNote, mo: Player) -> None:
    form = mo.get(f"{NOTES}/{note.id}").text
    assert version_of(note) in form
    typed = {**GOOD, "kind": "compliance", "text": "Name type and control.", "seen": version_of(note)}
    assert mo.post(f"{NOTES}/{note.id}", data=typed).status_code == 303
    assert stored() == [("compliance", "", "Name type and control.")]
    assert mo.post(f"{NOTES}/{note.id}/delete").status_code == 303
    assert stored() == []


def test_whoever_is_too_late_is_told_and_nothing_is_lost(note: CodeEditorNote, mo: Player) -> None:
    typed = {**GOOD, "kind": "compliance", "seen": version_of(note)}
    assert mo.post(f"{NOTES}/{note.id}", data={**typed, "text": "First."}).status_code == 303
    response = mo.post(f"{NOTES}/{note.id}", data={**typed, "text": "Second."})
    assert response.status_code == 409
    assert "Another moderator changed this note meanwhile" in response.text
    assert "First." in response.text
    assert "Second." in response.text
    assert stored() == [("compliance", "", "First.")]


def test_strangers_find_no_form_and_store_nothing(note: CodeEditorNote, visitor: Player, eve: Player) -> None:
    for player, status in ((visitor, 303), (eve, 404)):
        assert player.post(NOTES, data=GOOD).status_code == status
        assert player.post(f"{NOTES}/{note.id}", data=GOOD).status_code == status
        assert player.post(f"{NOTES}/{note.id}/delete").status_code == status
    assert stored() == [("compliance", "", "Name the type.")]


@pytest.mark.parametrize(
    "path", ["/codes/icd10cm/e119/notes", "/codes/none/E11.9/notes", "/codes/cpt/E11.9/notes"]
)
def test_only_codes_as_they_are_written_have_notes(loaded: EditionFile, mo: Player, path: str) -> None:
    assert mo.get(path).status_code == 404
    assert mo.post(path, data=GOOD).status_code == 404


def test_a_note_is_found_under_its_own_code_only(note: CodeEditorNote, mo: Player) -> None:
    assert mo.get(f"/codes/icd10cm/E10.9/notes/{note.id}").status_code == 404
    assert mo.post(f"/codes/icd10cm/E10.9/notes/{note.id}/delete").status_code == 404
    assert len(stored()) == 1
