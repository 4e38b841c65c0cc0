"""`/codes/<system>/<code>/notes`: where moderators attach crosswalks, modifiers and compliance notes to a code."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user

from jobboard import clock, unit_of_work
from jobboard.access.audience import MODERATORS, audience
from jobboard.access.limits import limited
from jobboard.codes.about.editor_notes import KINDS, editor_notes, systems_described
from jobboard.codes.article_models import CodeEditorNote
from jobboard.codes.code_forms import canonical
from jobboard.codes.day_sets import sets_on
from jobboard.codes.licence_use import shows
from jobboard.codes.note_actions import add_note, change_note, delete_note, version_of
from jobboard.codes.note_forms import DeletionForm, NoteForm
from jobboard.codes.systems import code_systems
from jobboard.codes.viewers import current_viewer
from jobboard.codes.views import blueprint
from jobboard.database import db

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from jobboard.vocabulary.terms import Term

RATE = "300/hour"


@blueprint.get("/codes/<system>/<code>/notes")
@audience(MODERATORS)
def notes(system: str, code: str) -> ResponseReturnValue:
    """What is attached to a code, and the form for one more."""
    return _page(_term(system, code), code, NoteForm(formdata=None, dated_on=clock.today()))


@blueprint.post("/codes/<system>/<code>/notes", endpoint="add_note")
@audience(MODERATORS)
@limited("code notes", RATE, per="account")
def add(system: str, code: str) -> ResponseReturnValue:
    """Attach a note."""
    term, form = _term(system, code), NoteForm()
    if not form.validate_on_submit():
        return _page(term, code, form), 422
    add_note(system, code, form.values, current_user.person_id)
    unit_of_work.commit()
    flash("The note is on the page of the code now.", "success")
    return redirect(url_for("codes.notes", system=system, code=code), 303)


@blueprint.get("/codes/<system>/<code>/notes/<int:note_id>", endpoint="note")
@audience(MODERATORS)
def edit(system: str, code: str, note_id: int) -> ResponseReturnValue:
    """One note in the form."""
    term, note = _term(system, code), _note(system, code, note_id)
    return _page(term, code, NoteForm(formdata=None, obj=note, seen=version_of(note)), note)


@blueprint.post("/codes/<system>/<code>/notes/<int:note_id>", endpoint="change_note")
@audience(MODERATORS)
@limited("code notes", RATE, per="account")
def change(system: str, code: str, note_id: int) -> ResponseReturnValue:
    """Store a note as it was typed, unless another changed it meanwhile."""
    term, note, form = _term(system, code), _note(system, code, note_id), NoteForm()
    if not form.validate_on_submit():
        return _page(term, code, form, note), 422
    try:
        change_note(note, form.values, current_user.person_id, form.seen.data or "")
        unit_of_work.commit()
    except unit_of_work.ChangedByAnother:
        unit_of_work.rollback()
        note = _note(system, code, note_id)
        form.seen.data = version_of(note)
        return _page(term, code, form, note, stored_elsewhere=True), 409
    flash("The note is changed.", "success")
    return redirect(url_for("codes.notes", system=system, code=code), 303)


@blueprint.post("/codes/<system>/<code>/notes/<int:note_id>/delete", endpoint="delete_note")
@audience(MODERATORS)
@limited("code notes", RATE, per="account")
def remove(system: str, code: str, note_id: int) -> ResponseReturnValue:
    """Delete a note."""
    _term(system, code)
    note, form = _note(system, code, note_id), DeletionForm()
    if not form.validate_on_submit():
        abort(400)
    delete_note(note.id)
    unit_of_work.commit()
    flash("The note is deleted.", "success")
    return redirect(url_for("codes.notes", system=system, code=code), 303)


def _term(system: str, code: str) -> Term:
    """The system of a code in its canonical form; 404 for what is no code."""
    term = code_systems().get(system)
    if term is None or canonical(system, code) != code:
        abort(404)
    return term


def _note(system: str, code: str, note_id: int) -> CodeEditorNote:
    """The note of that code; 404 where it has none of that number."""
    note = db.session.get(CodeEditorNote, note_id, populate_existing=True)
    if note is None or (note.system, note.code) != (system, code):
        abort(404)
    return note


def _page(
    term: Term,
    code: str,
    form: NoteForm,
    note: CodeEditorNote | None = None,
    *,
    stored_elsewhere: bool = False,
) -> str:
    sets = sets_on(clock.today(), current_viewer())
    found = editor_notes(term.slug, code, sets)
    shows(*(sets.of(each) for each in systems_described(chain(*found.values()))))
    return render_template(
        "codes/notes.html",
        term=term,
        code=code,
        form=form,
        note=note,
        stored_elsewhere=stored_elsewhere,
        kinds=KINDS,
        systems=code_systems(),
        found=found,
    )
