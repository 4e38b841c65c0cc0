"""Anybody's word that a posting is not in order, and what moderators make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from jobboard import unit_of_work
from jobboard.access.audience import ANYONE, MODERATORS, audience
from jobboard.access.limits import limited
from jobboard.access.page_numbers import asked_page
from jobboard.moderation import actions, presentation, queries
from jobboard.moderation.forms import DismissForm, ReportForm
from jobboard.moderation.views import load
from jobboard.postings import queries as postings
from jobboard.postings.addresses import posting_path
from jobboard.postings.presentation import card
from jobboard.postings.queries import Sight
from jobboard.postings.rules import NotAllowed

if TYPE_CHECKING:
    from flask import Blueprint
    from werkzeug.wrappers import Response

    Answer = Response | str | tuple[str, int]


def add_to(blueprint: Blueprint) -> None:
    """Add the views of reporting to the room's blueprint."""
    blueprint.add_url_rule("/jobs/<int:posting_id>/report", view_func=report, methods=["GET", "POST"])
    blueprint.add_url_rule("/moderation/reports", view_func=reports)
    blueprint.add_url_rule(
        "/moderation/postings/<int:posting_id>/dismiss", view_func=dismiss, methods=["POST"]
    )


@audience(ANYONE)
@limited("report", "10/hour", per="address")
@limited("report", "10/hour", per="account")
def report(posting_id: int) -> Answer:
    """Say what is wrong with a listed posting."""
    seen = postings.visible(posting_id)
    if seen.sight is Sight.HIDDEN:
        abort(404)
    if seen.posting is None or seen.sight is not Sight.OPEN:
        abort(410)
    form = ReportForm()
    if not form.is_submitted() or not form.validate():
        page = render_template(
            "moderation/report.html", job=card(seen.posting), form=form, back=posting_path(seen.posting)
        )
        return (page, 422) if form.is_submitted() else page
    actions.report(
        seen.posting,
        form.kind.data,
        form.note.data,
        person_id=current_user.person_id if current_user.is_authenticated else None,
        address=request.remote_addr or "",
    )
    back = posting_path(seen.posting)
    unit_of_work.commit()
    flash("Thank you. A moderator will look at this opening.", "success")
    return redirect(back, 303)


@audience(MODERATORS)
def reports() -> str:
    """Postings with open reports, the longest waiting first."""
    page = asked_page()
    found, total = queries.reported(current_user.person_id, page=page)
    return render_template(
        "moderation/reports.html",
        found=[
            (
                posting,
                [presentation.report_line(one, current_user.person) for one in told],
                max(one.id for one in told),
            )
            for posting, told in found
        ],
        total=total,
        page=page,
        pages=-(-total // queries.PER_PAGE),
        counts=queries.counts(current_user.person_id),
    )


@audience(MODERATORS)
@limited("moderate", "600/hour", per="account")
def dismiss(posting_id: int) -> Answer:
    """Close the reports on a posting that is in order after all."""
    posting, refusal = load(posting_id)
    form = DismissForm()
    if refusal is not None:
        return refusal
    if not form.validate():
        abort(400)
    try:
        closed = actions.dismiss_reports(posting, current_user.person, up_to=form.up_to.data)
        unit_of_work.commit()
    except NotAllowed as problem:
        unit_of_work.rollback()
        flash(str(problem), "error")
        return redirect(url_for("moderation.reports"), 303)
    words = f"{closed} report{'' if closed == 1 else 's'} dismissed." if closed else "Somebody was faster."
    flash(words, "success" if closed else "info")
    return redirect(url_for("moderation.reports"), 303)
