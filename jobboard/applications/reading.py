"""The company's side: the applications to a posting, one of them, and its next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from jobboard import unit_of_work
from jobboard.access.audience import SIGNED_IN, audience
from jobboard.access.limits import limited
from jobboard.access.page_numbers import asked_page
from jobboard.applications import actions, presentation, queries, rules
from jobboard.applications.forms import StatusForm
from jobboard.applications.models import Status
from jobboard.applications.rules import Side
from jobboard.database import db, writing
from jobboard.postings import queries as postings

if TYPE_CHECKING:
    from flask import Blueprint
    from werkzeug.wrappers import Response

    from jobboard.applications.models import Application


def add_to(blueprint: Blueprint) -> None:
    """Add the company's views to the room's blueprint."""
    blueprint.add_url_rule("/postings/<int:posting_id>/applications", view_func=received)
    blueprint.add_url_rule(
        "/applications/<int:application_id>/status", view_func=status, methods=["POST"], endpoint="status"
    )


@audience(SIGNED_IN)
def received(posting_id: int) -> str:
    """The applications to one posting, all or those in one status."""
    posting = postings.posting_of(current_user.person_id, posting_id)
    if posting is None or not queries.may_read_for_company(current_user.person_id, posting):
        abort(404)
    counts = queries.counts_by_status(posting_id)
    wanted = request.args.get("status", "")
    chosen = wanted if wanted in set(Status) else ""
    page = asked_page()
    applications, total = queries.applications_to(posting_id, status=chosen, page=page)
    return render_template(
        "applications/received.html",
        posting=posting,
        applications=applications,
        total=total,
        page=page,
        pages=-(-total // queries.PER_PAGE),
        chosen=chosen,
        counts=counts,
        all_count=sum(counts.values()),
        words=presentation.STATUS_WORDS,
        chip_kinds=presentation.CHIP_KINDS,
        when=lambda moment: presentation.when(moment, current_user.person),
    )


def page_for_company(application: Application, problem: str = "") -> str:
    """An application as the company's people see it; the first look is remembered."""
    if application.first_read_at is None and request.method == "GET":
        db.session.commit()
        with writing():
            actions.mark_read(application.id)
            unit_of_work.commit()
        db.session.refresh(application)
    open_to_them = rules.company_sees_what_was_sent(application)
    return render_template(
        "applications/read.html",
        application=application,
        posting=application.posting,
        candidate=application.person,
        message=application.message if open_to_them else "",
        document=application.document if open_to_them else None,
        withdrawn=not open_to_them,
        steps=presentation.timeline(application, current_user.person),
        status=presentation.STATUS_WORDS[Status(application.status)],
        chip_kind=presentation.CHIP_KINDS[Status(application.status)],
        arrows=rules.arrows_from(application.status, Side.COMPANY),
        size_words=presentation.size_words,
        sent_on=presentation.when(application.created_at, current_user.person),
        problem=problem,
    )


@audience(SIGNED_IN)
@limited("status", "600/hour", per="account")
def status(application_id: int) -> Response | tuple[str, int]:
    """The company takes an application a step on."""
    found = queries.application_for(current_user.person_id, application_id)
    if found is None or found[1] is not Side.COMPANY:
        abort(404)
    application = found[0]
    form = StatusForm()
    if not form.validate():
        return page_for_company(application, "Please choose one of the steps below."), 400
    try:
        actions.change_status(
            application, form.status.data, by=current_user.person, seen_version=form.version.data
        )
        unit_of_work.commit()
    except (actions.NotThatWay, unit_of_work.ChangedByAnother):
        unit_of_work.rollback()
        db.session.refresh(application)
        now = presentation.STATUS_WORDS[Status(application.status)]
        problem = (
            f"Nothing was changed: this application has moved on since you opened it. It now says “{now}”."
        )
        return page_for_company(application, problem), 409
    words = presentation.STATUS_WORDS[Status(application.status)]
    flash(f"{application.person.display_name} now stands at “{words}”. They are told by mail.", "success")
    return redirect(url_for("applications.show", application_id=application_id))
