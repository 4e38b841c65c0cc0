"""A person's private notes and the codes that they opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from jobboard import unit_of_work
from jobboard.access.audience import SIGNED_IN, audience
from jobboard.access.limits import limited
from jobboard.access.page_numbers import asked_page
from jobboard.codes.code_forms import canonical
from jobboard.codes.service_day import asked_day, dated_url
from jobboard.codes.viewers import current_viewer
from jobboard.my_codes import actions, queries
from jobboard.my_codes.forms import NoteForm
from jobboard.my_codes.listing import listed
from jobboard.my_codes.rules import NotKept, mark_of
from jobboard.my_codes.views import WRITES

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("my_notes", __name__, url_prefix="/my/codes")
PER_PAGE = 25
LONGEST_QUERY = 200


@blueprint.get("/notes")
@audience(SIGNED_IN)
def notes() -> str:
    """All notes, the latest first, or those that have certain words."""
    query = " ".join(request.args.get("q", "").split())[:LONGEST_QUERY]
    page = asked_page()
    rows, total = queries.notes_with(current_user.person_id, query, PER_PAGE, (page - 1) * PER_PAGE)
    codes = listed([(each.system, each.code) for each in rows], current_viewer())
    return render_template(
        "my_codes/notes.html",
        rows=list(zip(rows, codes, strict=True)),
        total=total,
        query=query,
        page=page,
        pages=-(-total // PER_PAGE),
    )


@blueprint.get("/notes/<system>/<code>")
@audience(SIGNED_IN)
def note(system: str, code: str) -> str:
    """The note on one code, to write or to change; the day of the page that leads here is kept for the way back."""
    wanted = _canonical(system, code)
    asked_day()
    text = queries.note_on(current_user.person_id, system, wanted)
    return _note_page(system, wanted, NoteForm(formdata=None, text=text, seen=mark_of(text)))


@blueprint.post("/notes/<system>/<code>")
@audience(SIGNED_IN)
@limited("my-codes", WRITES)
def write_note(system: str, code: str) -> Response | tuple[str, int]:
    """Store it; 409 with what was written where it was changed meanwhile, 400 where it is too long."""
    wanted = _canonical(system, code)
    asked_day()
    form = NoteForm()
    if not form.validate_on_submit():
        return _note_page(system, wanted, form), 400
    try:
        actions.write_note(current_user.person_id, system, wanted, form.text.data or "", form.seen.data or "")
    except NotKept as problem:
        form.text.errors = [str(problem)]
        return _note_page(system, wanted, form), 400
    except actions.NoteChanged as changed:
        # Who sends it again has seen what stands there.
        form.seen.data = form.seen.raw_data = None
        form.seen.process_data(mark_of(changed.stored))
        return _note_page(system, wanted, form, stored=changed.stored), 409
    unit_of_work.commit()
    flash("Your note is saved." if form.text.data else "Your note is deleted.", "success")
    return redirect(dated_url("pages.code", system=system, code=wanted, _anchor="mine"), 303)


@blueprint.get("/history")
@audience(SIGNED_IN)
def history() -> str:
    """The codes that the person opened, the latest first."""
    page = asked_page()
    person_id: int = current_user.person_id
    rows, total = queries.history_of(person_id, PER_PAGE, (page - 1) * PER_PAGE)
    codes = listed([(each.system, each.code) for each in rows], current_viewer())
    return render_template(
        "my_codes/history.html",
        rows=list(zip(rows, codes, strict=True)),
        total=total,
        page=page,
        pages=-(-total // PER_PAGE),
        keeps=queries.keeps_history(person_id),
    )


@blueprint.post("/history")
@audience(SIGNED_IN)
@limited("my-codes", WRITES)
def change_history() -> Response:
    """Switch it on or off (`keep` yes or no), or forget it (`clear`)."""
    person_id: int = current_user.person_id
    if "clear" in request.form:
        actions.clear_history(person_id)
        flash("Your history is cleared.", "success")
    elif request.form.get("keep") in ("yes", "no"):
        actions.switch_history(person_id, request.form["keep"] == "yes")
    else:
        abort(400, "keep is yes or no")
    unit_of_work.commit()
    return redirect(url_for("my_notes.history"), 303)


def _canonical(system: str, code: str) -> str:
    wanted = canonical(system, code)
    if wanted is None:
        abort(404)
    return wanted


def _note_page(system: str, code: str, form: NoteForm, stored: str | None = None) -> str:
    [each] = listed([(system, code)], current_viewer())
    return render_template("my_codes/note.html", each=each, form=form, stored=stored)
