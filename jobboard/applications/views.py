"""A candidate's own pages: what they applied to, one application, and the résumés they keep here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_login import current_user

from jobboard import unit_of_work
from jobboard.access.audience import SIGNED_IN, audience
from jobboard.access.limits import limited
from jobboard.access.page_numbers import asked_page
from jobboard.applications import actions, documents, presentation, queries, reading, rules
from jobboard.applications.files import attachment
from jobboard.applications.rules import Side
from jobboard.postings.presentation import from_snapshot

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from jobboard.applications.models import Application

blueprint = Blueprint("applications", __name__)


def load(application_id: int) -> tuple[Application, Side]:
    """The application with the side of whoever asks; a stranger gets 404."""
    found = queries.application_for(current_user.person_id, application_id)
    if found is None:
        abort(404)
    return found


@blueprint.get("/applications")
@audience(SIGNED_IN)
def mine() -> str:
    """What the person applied to here, and where they left to apply."""
    page = asked_page()
    applications, total = queries.applications_of(current_user.person_id, page=page)
    return render_template(
        "applications/mine.html",
        applications=applications,
        total=total,
        page=page,
        pages=-(-total // queries.PER_PAGE),
        departures=queries.departures_of(current_user.person_id) if page == 1 else [],
        words=presentation.CANDIDATE_WORDS,
        chip_kinds=presentation.CHIP_KINDS,
        when=lambda moment: presentation.when(moment, current_user.person),
    )


@blueprint.get("/applications/<int:application_id>")
@audience(SIGNED_IN)
def show(application_id: int) -> str:
    """One application, as its side sees it."""
    application, side = load(application_id)
    if side is Side.COMPANY:
        return reading.page_for_company(application)
    return page_for_candidate(application)


def page_for_candidate(application: Application) -> str:
    """An application as its candidate sees it, with the posting as it was."""
    return render_template(
        "applications/show.html",
        application=application,
        posting=application.posting,
        then=replace(from_snapshot(application.posting_then), posted_line="", note=""),
        steps=presentation.timeline(application, current_user.person),
        status=presentation.CANDIDATE_WORDS[application.status],
        chip_kind=presentation.CHIP_KINDS[application.status],
        may_withdraw=bool(rules.arrows_from(application.status, Side.CANDIDATE)),
        size_words=presentation.size_words,
        sent_on=presentation.when(application.created_at, current_user.person),
    )


@blueprint.post("/applications/<int:application_id>/withdraw")
@audience(SIGNED_IN)
@limited("withdraw", "30/hour", per="account")
def withdraw(application_id: int) -> Response:
    """The candidate takes an application back."""
    application, side = load(application_id)
    if side is not Side.CANDIDATE:
        abort(404)
    try:
        actions.withdraw(application)
    except actions.NotThatWay:
        flash("This application is not waiting any more, so there is nothing to withdraw.", "warning")
    else:
        unit_of_work.commit()
        flash("You withdrew your application. The company no longer sees your message or résumé.", "success")
    return redirect(url_for("applications.show", application_id=application_id))


@blueprint.get("/applications/<int:application_id>/resume")
@audience(SIGNED_IN)
def resume(application_id: int) -> Response:
    """The résumé of an application, to its candidate, and to the company until it is withdrawn."""
    application, side = load(application_id)
    if side is Side.COMPANY and not rules.company_sees_what_was_sent(application):
        abort(404)
    if application.document is None:
        abort(404)
    return attachment(application.document)


@blueprint.get("/applications/resumes")
@audience(SIGNED_IN)
def resumes() -> str:
    """The résumés that the person keeps here."""
    kept = queries.documents_of(current_user.person_id)
    statuses = queries.statuses_by_document(current_user.person_id)
    return render_template(
        "applications/resumes.html",
        documents=kept,
        removable={one.id for one in kept if rules.may_remove_document(statuses.get(one.id, ()))},
        most=documents.MOST_DOCUMENTS,
        most_size=presentation.size_words(documents.MOST_BYTES),
        used=presentation.size_words(sum(one.size for one in kept)) if kept else "0 kB",
        size_words=presentation.size_words,
        when=lambda moment: presentation.when(moment, current_user.person),
    )


@blueprint.get("/applications/resumes/<int:document_id>")
@audience(SIGNED_IN)
def own_resume(document_id: int) -> Response:
    """One of the person's own résumés."""
    document = queries.document_of(current_user.person_id, document_id)
    if document is None:
        abort(404)
    return attachment(document)


@blueprint.post("/applications/resumes/<int:document_id>/remove")
@audience(SIGNED_IN)
@limited("remove-resume", "60/hour", per="account")
def remove_resume(document_id: int) -> Response:
    """Remove a résumé that no company is still to read."""
    document = queries.document_of(current_user.person_id, document_id)
    if document is None:
        abort(404)
    if rules.may_remove_document(queries.statuses_with_document(document.id)):
        documents.remove(document)
        unit_of_work.commit()
        flash(f"{document.file_name} is removed.", "success")
    else:
        flash(
            "This résumé is part of an application that a company is still to answer. Withdraw that first.",
            "warning",
        )
    return redirect(url_for("applications.resumes"))
