"""The queue, the review of one posting, and the decisions about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from jobboard import unit_of_work
from jobboard.access.audience import MODERATORS, audience
from jobboard.access.limits import limited
from jobboard.access.page_numbers import asked_page
from jobboard.applications import queries as applications
from jobboard.codes.endings import endings
from jobboard.codes.systems import code_systems
from jobboard.database import db
from jobboard.moderation import actions, presentation, queries
from jobboard.moderation.forms import DecisionForm, RemovalForm, ReturnForm
from jobboard.postings import queries as postings
from jobboard.postings.models import State
from jobboard.postings.presentation import card, details
from jobboard.postings.revisions import changes
from jobboard.postings.rules import NotAllowed, may_moderate

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask_wtf import FlaskForm
    from werkzeug.wrappers import Response

    from jobboard.postings.models import Posting

    Answer = Response | str | tuple[str, int]

blueprint = Blueprint("moderation", __name__)


def load(posting_id: int) -> tuple[Posting, Answer | None]:
    """The posting for a moderator, and an answer in words where another one has to decide about it."""
    posting = postings.whole(posting_id)
    if posting is None or (posting.state == State.DRAFT and request.method == "GET"):
        abort(404)
    own = set(db.session.scalars(postings.companies_of_person(current_user.person_id)))
    if not may_moderate(posting, own):
        return posting, (render_template("moderation/own.html"), 403)
    if posting.state == State.DRAFT:
        return posting, (render_template("moderation/with_its_people.html"), 409)
    return posting, None


@blueprint.get("/moderation")
@audience(MODERATORS)
def queue() -> str:
    """What waits, the oldest first."""
    page = asked_page()
    waiting, total = queries.queue(current_user.person_id, page=page)
    return render_template(
        "moderation/queue.html",
        rows=[presentation.row(one, current_user.person) for one in waiting],
        total=total,
        page=page,
        pages=-(-total // queries.PER_PAGE),
        counts=queries.counts(current_user.person_id),
        hidden=queries.hidden_from(current_user.person_id),
        endings=endings(),
        systems=code_systems(),
    )


@blueprint.get("/moderation/postings/<int:posting_id>")
@audience(MODERATORS)
def review(posting_id: int) -> Answer:
    """One posting as it will look, what an edit changes, and what is known about who wrote it."""
    posting, refusal = load(posting_id)
    return refusal if refusal is not None else _page(posting)


def _page(posting: Posting, problem: str = "", form: FlaskForm | None = None) -> str:
    revision = postings.pending_revision(posting)
    reports = queries.open_reports_on(posting.id)
    return render_template(
        "moderation/review.html",
        posting=posting,
        job=card(posting),
        details=details(posting),
        row=presentation.row(queries.waiting(posting), current_user.person),
        waits=posting.state == State.IN_REVIEW or revision is not None,
        is_open=posting.state == State.OPEN,
        changes=changes(posting, revision) if revision is not None and posting.state == State.OPEN else None,
        reports=[presentation.report_line(one, current_user.person) for one in reports],
        last_report=max((one.id for one in reports), default=0),
        events=presentation.steps(postings.events_of(posting.id), current_user.person),
        applied=applications.counts_by_posting([posting.id]).get(posting.id, 0),
        problem=problem,
        return_form=form if isinstance(form, ReturnForm) else ReturnForm(formdata=None),
        removal_form=form if isinstance(form, RemovalForm) else RemovalForm(formdata=None),
    )


@blueprint.post("/moderation/postings/<int:posting_id>/approve")
@audience(MODERATORS)
@limited("moderate", "600/hour", per="account")
def approve(posting_id: int) -> Answer:
    """List what waits."""
    posting, refusal = load(posting_id)
    form = DecisionForm()
    if refusal is not None:
        return refusal
    if not form.validate():
        return _page(posting, "Please look at the posting once more, then decide."), 400
    return _decided(
        posting,
        lambda: actions.approve(posting, current_user.person, seen_version=form.version.data),
        f"Approved: {posting.title}",
    )


@blueprint.post("/moderation/postings/<int:posting_id>/return")
@audience(MODERATORS)
@limited("moderate", "600/hour", per="account")
def return_(posting_id: int) -> Answer:
    """Give what waits back with a reason."""
    posting, refusal = load(posting_id)
    form = ReturnForm()
    if refusal is not None:
        return refusal
    if not form.validate():
        return _page(posting, form=form), 422
    return _decided(
        posting,
        lambda: actions.return_(
            posting, current_user.person, form.reason.data, seen_version=form.version.data
        ),
        f"Returned with your reason: {posting.title}",
        form=form,
    )


@blueprint.post("/moderation/postings/<int:posting_id>/take-down")
@audience(MODERATORS)
@limited("moderate", "600/hour", per="account")
def take_down(posting_id: int) -> Answer:
    """Remove an open posting at once."""
    posting, refusal = load(posting_id)
    form = RemovalForm()
    if refusal is not None:
        return refusal
    if not form.validate():
        return _page(posting, form=form), 422
    return _decided(
        posting,
        lambda: actions.take_down(posting, current_user.person, form.reason.data),
        f"Taken down, and the company told why: {posting.title}",
        form=form,
    )


def _decided(
    posting: Posting, decide: Callable[[], None], done: str, form: FlaskForm | None = None
) -> Answer:
    """Take a decision and commit it; whoever was too late, or looked at something older, is told."""
    posting_id = posting.id
    try:
        decide()
        unit_of_work.commit()
    except (actions.ChangedMeanwhile, unit_of_work.ChangedByAnother):
        problem = (
            "Nothing was decided: the posting changed while you looked at it, by its people or by another "
            "moderator. This is how it is now."
        )
    except NotAllowed as refusal:
        problem = f"Nothing was decided. {refusal}"
    else:
        flash(done, "success")
        return redirect(url_for("moderation.queue"), 303)
    unit_of_work.rollback()
    fresh, _ = load(posting_id)
    return _page(fresh, problem, form), 409
