"""A person's own pages of codes: folders, one folder, its CSV, and what new editions change. Only for their owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from jobboard import clock, unit_of_work
from jobboard.access.audience import SIGNED_IN, audience
from jobboard.access.limits import limited
from jobboard.access.row_numbers import row_number
from jobboard.accounts import letters
from jobboard.codes.code_forms import canonical
from jobboard.codes.licence_use import shows
from jobboard.codes.service_day import asked_day, dated_url
from jobboard.codes.viewers import current_viewer
from jobboard.my_codes import actions, queries
from jobboard.my_codes.change_letters import KIND
from jobboard.my_codes.folder_csv import folder_csv
from jobboard.my_codes.forms import FolderForm
from jobboard.my_codes.listing import favourites
from jobboard.my_codes.news import news_of
from jobboard.my_codes.rules import NotKept

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

    from jobboard.my_codes.models import CodeFavourite, CodeFolder

blueprint = Blueprint("my_codes", __name__, url_prefix="/my/codes")
WRITES = "120/minute"


@blueprint.get("")
@audience(SIGNED_IN)
def mine() -> str:
    """The folders with what is in them, and what the editions in force change among the codes."""
    return _page(FolderForm(formdata=None))


@blueprint.post("/folders")
@audience(SIGNED_IN)
@limited("my-codes", WRITES)
def make_folder() -> str | Answer | tuple[str, int]:
    """A new folder."""
    form = FolderForm()
    if not form.validate_on_submit():
        return _page(form), 400
    try:
        folder = actions.make_folder(current_user.person_id, form.name.data)
    except NotKept as problem:
        form.name.errors = [str(problem)]
        return _page(form), 400
    unit_of_work.commit()
    return redirect(url_for("my_codes.folder", folder_id=folder.id), 303)


@blueprint.get("/folders/<int:folder_id>")
@audience(SIGNED_IN)
def folder(folder_id: int) -> str:
    """One folder."""
    found = _own_folder(folder_id)
    return _folder_page(found, FolderForm(formdata=None, name=found.name))


@blueprint.get("/folders/<int:folder_id>/paper")
@audience(SIGNED_IN)
def folder_paper(folder_id: int) -> str:
    """The folder for paper."""
    found = _own_folder(folder_id)
    codes = favourites(queries.favourites_in(found), current_viewer())
    return render_template("my_codes/folder_paper.html", folder=found, codes=codes, today=clock.today())


@blueprint.get("/folders/<int:folder_id>.csv")
@audience(SIGNED_IN)
@limited("my-codes-file", "30/minute", methods=("GET",))
def folder_file(folder_id: int) -> Response:
    """The folder as CSV."""
    found = _own_folder(folder_id)
    codes = favourites(queries.favourites_in(found), current_viewer())
    answer = Response(folder_csv(codes), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"codes-{found.id}.csv")
    return answer


@blueprint.post("/folders/<int:folder_id>/rename")
@audience(SIGNED_IN)
@limited("my-codes", WRITES)
def rename_folder(folder_id: int) -> Answer | tuple[str, int]:
    """Give it another name."""
    found = _own_folder(folder_id)
    form = FolderForm()
    if not form.validate_on_submit():
        return _folder_page(found, form), 400
    try:
        actions.rename_folder(found, form.name.data)
    except NotKept as problem:
        form.name.errors = [str(problem)]
        return _folder_page(found, form), 400
    unit_of_work.commit()
    flash("The folder has its new name.", "success")
    return redirect(url_for("my_codes.folder", folder_id=folder_id), 303)


@blueprint.post("/folders/<int:folder_id>/delete")
@audience(SIGNED_IN)
@limited("my-codes", WRITES)
def delete_folder(folder_id: int) -> Answer:
    """Delete it with what is in it; notes stay."""
    found = _own_folder(folder_id)
    actions.delete_folder(found)
    unit_of_work.commit()
    flash(f"The folder “{found.name}” is deleted. Your notes on its codes stay.", "success")
    return redirect(url_for("my_codes.mine"), 303)


@blueprint.post("/folders/<int:folder_id>/codes")
@audience(SIGNED_IN)
@limited("my-codes", WRITES)
def change_folder(folder_id: int) -> Answer:
    """Take a code out (`remove`), move it up or down (`move`), or put it into another folder (`into`)."""
    found = _own_folder(folder_id)
    favourite = _favourite_in(found, request.form.get("favourite", ""))
    action = request.form.get("action", "")
    if action == "remove":
        actions.remove_favourites([favourite])
    elif action in ("up", "down"):
        actions.move_favourite(found, favourite, -1 if action == "up" else 1)
    elif action == "into":
        target = _own_folder(row_number(request.form.get("into", "")) or 0)
        try:
            actions.put_into(target, [favourite])
        except NotKept as problem:
            flash(str(problem), "warning")
            return redirect(url_for("my_codes.folder", folder_id=folder_id), 303)
    else:
        abort(400, "action is one of remove, up, down, into")
    unit_of_work.commit()
    return redirect(url_for("my_codes.folder", folder_id=folder_id), 303)


@blueprint.post("/keep/<system>/<code>")
@audience(SIGNED_IN)
@limited("my-codes", WRITES)
def keep(system: str, code: str) -> Answer:
    """Put a code into a folder, or take it out; without a folder into the first, which is made at first use.

    Leads back to the page of the code, as of the day of service that it was read for.
    """
    wanted = canonical(system, code)
    if wanted is None:
        abort(404)
    asked_day()
    number = row_number(request.form.get("folder", ""))
    folder = _own_folder(number) if number else None
    try:
        if folder is not None and "remove" in request.form:
            actions.let_go(folder, system, wanted)
            flash(f"{wanted} is no longer in “{folder.name}”.", "success")
        else:
            kept = actions.keep(current_user.person_id, system, wanted, folder)
            flash(f"{wanted} is in “{kept.name}”.", "success")
    except NotKept as problem:
        flash(str(problem), "warning")
    unit_of_work.commit()
    return redirect(dated_url("pages.code", system=system, code=wanted, _anchor="mine"), 303)


def _own_folder(folder_id: int) -> CodeFolder:
    found = queries.folder_of(current_user.person_id, folder_id)
    if found is None:
        abort(404)
    return found


def _favourite_in(folder: CodeFolder, typed: str) -> CodeFavourite:
    number = row_number(typed)
    found = next((each for each in queries.favourites_in(folder) if each.id == number), None)
    if found is None:
        abort(404)
    return found


def _page(form: FolderForm) -> str:
    person_id: int = current_user.person_id
    news = news_of(person_id, current_viewer())
    shows(*(each.edition for each in news if any(change.description for change in each.changes)))
    return render_template(
        "my_codes/mine.html",
        form=form,
        folders=queries.folders_of(person_id),
        notes=queries.number_of_notes(person_id),
        news=news,
        keeps_history=queries.keeps_history(person_id),
        gets_letters=letters.choice(person_id, KIND) != "off",
    )


def _folder_page(folder: CodeFolder, form: FolderForm) -> str:
    others = [each for each in queries.folder_rows(folder.person_id) if each.id != folder.id]
    codes = favourites(queries.favourites_in(folder), current_viewer())
    return render_template("my_codes/folder.html", folder=folder, form=form, codes=codes, others=others)
