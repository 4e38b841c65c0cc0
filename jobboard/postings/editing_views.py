"""Writing and editing a posting. Nothing that was typed is ever lost: every answer but success shows the form again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from jobboard import unit_of_work
from jobboard.access.audience import SIGNED_IN, audience
from jobboard.access.limits import limited
from jobboard.access.row_numbers import row_number
from jobboard.database import db
from jobboard.employers.queries import companies_of
from jobboard.postings import actions, queries
from jobboard.postings.form_parts import MOST_PLACES, MOST_WORKLOADS
from jobboard.postings.forms import PostingForm
from jobboard.postings.models import Posting, State
from jobboard.postings.preview import preview_of
from jobboard.postings.requirement_words import sentences
from jobboard.postings.requirements import from_json
from jobboard.postings.rules import may_edit
from jobboard.postings.submission import content_from, differences, form_data
from jobboard.postings.views import blueprint, mine_or_404
from jobboard.unit_of_work import ChangedByAnother

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from jobboard.employers.models import Company
    from jobboard.postings.models import PostingRevision


@blueprint.route("/postings/new", methods=["GET", "POST"])
@audience(SIGNED_IN)
@limited("posting", "40/hour", per="account")
def new() -> ResponseReturnValue:
    """Begin a posting."""
    companies = _companies()
    if not companies:
        return redirect(url_for("employers.found", next=url_for("postings.new")), 303)
    chosen = row_number(request.args.get("company"))
    form = PostingForm(companies, data={"company": chosen or companies[0].id})
    do = request.form.get("do", "")
    if not form.is_submitted():
        return _page(form, None)
    if (other := _other_answer(form, None, do)) is not None:
        return other
    company = form.manager or abort(400)
    posting = actions.draft(company, content_from(form), person_id=current_user.person_id)
    return _store(posting, do)


@blueprint.route("/postings/<int:posting_id>/edit", methods=["GET", "POST"])
@audience(SIGNED_IN)
@limited("edit posting", "200/hour", per="account")
def edit(posting_id: int) -> ResponseReturnValue:
    """Change a posting; of an open one, what was reviewed waits for review again."""
    posting = mine_or_404(posting_id)
    if not may_edit(posting):
        return _closed(posting)
    revision = queries.unfinished_revision(posting)
    form = PostingForm(_companies(posting), data=form_data(posting, revision.values if revision else None))
    do = request.form.get("do", "")
    if not form.is_submitted():
        return _page(form, posting, revision=revision)
    if (other := _other_answer(form, posting, do, revision)) is not None:
        return other
    try:
        content = content_from(form, posting)
        waits = actions.change(
            posting, content, person_id=current_user.person_id, version=form.seen_version or -1
        )
        return _store(posting, do, waits=waits)
    except ChangedByAnother:
        unit_of_work.rollback()
        db.session.expire_all()
        return _somebody_was_faster(form, posting_id)


def _store(posting: Posting, do: str, *, waits: bool = False) -> ResponseReturnValue:
    submits = do == "submit" and posting.state == State.DRAFT
    if submits:
        actions.submit(posting, person_id=current_user.person_id)
    unit_of_work.commit()
    if submits:
        flash("Handed in. A moderator looks at it, and you get a letter.", "success")
    elif waits:
        flash("Saved. The change to what was reviewed waits for a moderator; all else is live.", "success")
    else:
        flash("Saved.", "success")
    return redirect(url_for("postings.show", posting_id=posting.id), 303)


def _other_answer(
    form: PostingForm, posting: Posting | None, do: str, revision: PostingRevision | None = None
) -> ResponseReturnValue | None:
    """Every answer to a sent form that stores nothing, or None where it is in order and to be stored."""
    if do == "add_place" and len(form.places) < MOST_PLACES:
        form.add_row(form.places)
        return _page(form, posting, revision=revision)
    if do == "add_workload" and len(form.workloads) < MOST_WORKLOADS:
        form.add_row(form.workloads)
        return _page(form, posting, revision=revision)
    listed = do == "submit" or (posting is not None and posting.state != State.DRAFT)
    valid = form.validate()
    if (listed and not form.demand_listing()) or not valid:
        return _page(form, posting, 400, revision=revision)
    if do == "preview":
        return _page(form, posting, revision=revision, looks=preview_of(form, posting))
    return None


def _somebody_was_faster(form: PostingForm, posting_id: int) -> ResponseReturnValue:
    stored = mine_or_404(posting_id)
    if not may_edit(stored):
        return _closed(stored)
    revision = queries.unfinished_revision(stored)
    theirs = differences(form, stored, revision.values if revision else None)
    form.version.data = str(stored.version)
    # The sent value would win over the new one when the field is drawn.
    form.version.raw_data = None
    return _page(form, stored, 409, theirs=theirs)


def _closed(posting: Posting) -> ResponseReturnValue:
    if request.method == "POST":
        # It was closed while somebody was typing: the text is shown again, to be taken into a copy.
        return _page(PostingForm(_companies(posting), data=form_data(posting)), posting, 409, closed=True)
    flash("A closed posting is not edited any more. Copy it into a new one.", "info")
    return redirect(url_for("postings.show", posting_id=posting.id))


def _page(form: PostingForm, posting: Posting | None, status: int = 200, **more: Any) -> ResponseReturnValue:
    kept = sentences(from_json(posting.credential_requirement)) if posting is not None else ()
    page = render_template("postings/edit.html", form=form, posting=posting, kept_requirement=kept, **more)
    return page, status


def _companies(posting: Posting | None = None) -> Sequence[Company]:
    own = posting.posting_company_id if posting is not None else None
    return [
        company
        for company in companies_of(current_user.person_id)
        if company.suspended_at is None or company.id == own
    ]
