"""Applying: the form for who is signed in, the way in for who is not, and the way out to an employer's own address."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask_login import current_user

from jobboard import unit_of_work
from jobboard.access.audience import ANYONE, audience
from jobboard.access.door import let_forms_lead_to
from jobboard.access.limits import limited
from jobboard.applications import actions, documents, drafts, presentation, queries
from jobboard.applications.forms import ApplyForm, MessageForm
from jobboard.applications.rules import Hindrance, hindrance
from jobboard.applications.store import NotStored
from jobboard.employers import queries as employers
from jobboard.employers.names import ascii_host
from jobboard.postings import queries as postings
from jobboard.postings.addresses import posting_path
from jobboard.postings.presentation import card
from jobboard.postings.queries import Sight

if TYPE_CHECKING:
    from flask import Blueprint
    from werkzeug.wrappers import Response

    from jobboard.postings.models import Posting

    Answer = Response | str | tuple[str, int]

_DRAFT = "application_draft"
_ANSWERS = {Hindrance.OVER: 410, Hindrance.OWN: 403, Hindrance.NOBODY_THERE: 409, Hindrance.ELSEWHERE: 409}


def add_to(blueprint: Blueprint) -> None:
    """Add the views of applying to the room's blueprint."""
    both = ["GET", "POST"]
    blueprint.add_url_rule("/jobs/<int:posting_id>/apply", view_func=apply, methods=both)
    blueprint.add_url_rule("/jobs/<int:posting_id>/leave", view_func=leave, methods=both)


@audience(ANYONE)
@limited("apply", "110/hour", per="account")
@limited("apply", "120/hour", per="address")
def apply(posting_id: int) -> Answer:
    """The form, and what it sends."""
    posting, refusal = _standing(posting_id)
    if posting is None:
        return refusal
    if not current_user.is_authenticated:
        return _visitor(posting)
    token = _draft_token(posting_id)
    form = ApplyForm(
        queries.documents_of(current_user.person_id), data={"message": drafts.message_of(posting_id, token)}
    )
    if not form.is_submitted():
        return _form(posting, form, token)
    if not form.validate():
        return _form(posting, form, token), 422
    # The disk is slow: nobody else waits for it with the write lock in our hand.
    unit_of_work.rollback()
    try:
        with documents.received(form.upload) as stored:
            posting, refusal = _standing(posting_id)
            if posting is None:
                raise _MeanwhileRefused
            application = actions.apply(
                current_user.person,
                posting,
                message=form.message.data,
                document=queries.document_of(current_user.person_id, form.document_id or 0),
                upload=form.upload,
                stored=stored,
            )
            drafts.forget(token)
            unit_of_work.commit()
    except _MeanwhileRefused:
        return refusal
    except actions.AlreadyApplied:
        return _already(posting_id)
    except NotStored:
        form.resume.errors = [
            "The board could not keep your file just now; nothing was sent. Please try again."
        ]
        return _form(_again(posting_id), form, token), 503
    except documents.ShareUsedUp:
        unit_of_work.rollback()
        form.resume.errors = [
            "You keep as many résumés here as one account may. Choose an earlier one, or remove one."
        ]
        return _form(_again(posting_id), form, token), 422
    session.pop(_DRAFT, None)
    flash("Your application was sent. A letter that says so is on its way to you.", "success")
    return redirect(url_for("applications.show", application_id=application.id), 303)


class _MeanwhileRefused(Exception):
    """The posting was closed while the file was stored."""


def _standing(posting_id: int) -> tuple[Posting, str] | tuple[None, Answer]:
    """The posting if one may apply to it here, else the answer that says why not."""
    if current_user.is_authenticated and queries.application_of(current_user.person_id, posting_id):
        return None, _already(posting_id)
    seen = postings.visible(posting_id)
    if seen.sight is Sight.HIDDEN:
        abort(404)
    if seen.posting is None:
        abort(410)
    posting = seen.posting
    own = employers.companies_of(current_user.person_id) if current_user.is_authenticated else []
    found = hindrance(
        posting,
        listed=seen.sight is Sight.OPEN,
        company_has_people=employers.has_people(posting.posting_company_id),
        speaks_for=[company.id for company in own],
    )
    if found is None:
        return posting, ""
    if found is Hindrance.ELSEWHERE and posting.apply_by == "address" and request.method == "GET":
        return None, redirect(url_for("applications.leave", posting_id=posting_id))
    page = render_template(
        "applications/not_here.html",
        posting=posting,
        job=card(posting),
        why=found.value,
        back=posting_path(posting),
    )
    return None, (page, _ANSWERS[found])


def _already(posting_id: int) -> tuple[str, int]:
    application = queries.application_of(current_user.person_id, posting_id)
    if application is None:
        abort(404)
    page = render_template(
        "applications/already.html",
        application=application,
        status=presentation.CANDIDATE_WORDS[application.status],
        sent_on=presentation.when(application.created_at, current_user.person),
    )
    return page, 409 if request.method == "POST" else 200


def _again(posting_id: int) -> Posting:
    posting = postings.whole(posting_id)
    if posting is None:
        abort(404)
    return posting


def _form(posting: Posting, form: ApplyForm, token: str) -> str:
    return render_template(
        "applications/apply.html",
        posting=posting,
        job=card(posting),
        form=form,
        back=posting_path(posting),
        action=url_for("applications.apply", posting_id=posting.id, draft=token or None),
    )


def _visitor(posting: Posting) -> Answer:
    """A visitor types first and joins, or signs in, afterwards; what they typed waits for them."""
    form = MessageForm(data={"message": drafts.message_of(posting.id, _draft_token(posting.id))})
    if not form.is_submitted() or not form.validate():
        page = render_template(
            "applications/apply_visitor.html",
            posting=posting,
            job=card(posting),
            form=form,
            back=posting_path(posting),
        )
        return (page, 422) if form.is_submitted() else page
    token = drafts.keep(posting.id, form.message.data) if form.message.data else ""
    unit_of_work.commit()
    if token:
        session[_DRAFT] = [posting.id, token]
    back = url_for("applications.apply", posting_id=posting.id, draft=token or None)
    door = "accounts.sign_in" if request.form.get("go") == "sign_in" else "accounts.join"
    return redirect(url_for(door, next=back), 303)


def _draft_token(posting_id: int) -> str:
    kept = session.get(_DRAFT)
    own = kept[1] if isinstance(kept, list) and kept[:1] == [posting_id] else ""
    return request.args.get("draft", "")[:64] or own


@audience(ANYONE)
@limited("leave", "120/hour", per="address")
def leave(posting_id: int) -> Answer:
    """Say where one goes before one leaves for the employer's own address, and remember it for a candidate."""
    seen = postings.visible(posting_id)
    if seen.sight is Sight.HIDDEN:
        abort(404)
    posting = seen.posting
    if posting is None or seen.sight is not Sight.OPEN:
        abort(410)
    host = ascii_host(posting.apply_url)
    if posting.apply_by != "address" or not host:
        abort(404)
    if request.method == "POST":
        if current_user.is_authenticated:
            actions.remember_leaving(current_user.person_id, posting_id)
            unit_of_work.commit()
        return redirect(posting.apply_url, 303)
    port = urlsplit(posting.apply_url).port
    let_forms_lead_to(f"https://{host}:{port}" if port else f"https://{host}")
    return render_template(
        "applications/leave.html",
        posting=posting,
        job=card(posting),
        host=host,
        back=posting_path(posting),
    )
