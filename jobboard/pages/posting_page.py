"""A posting's public page: open, closed for a month, gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, redirect, render_template, request, url_for
from flask_login import current_user

from jobboard.access.audience import ANYONE, audience
from jobboard.applications.queries import application_of
from jobboard.employers.queries import has_people
from jobboard.mail.addresses import base_url
from jobboard.pages.job_markup import job_markup
from jobboard.postings import queries
from jobboard.postings.addresses import posting_path
from jobboard.postings.presentation import details
from jobboard.postings.queries import Sight
from jobboard.postings.rules import takes_applications_here
from jobboard.postings.text import extract
from jobboard.search.similar import similar_openings

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue

MOVED_FOR_GOOD = 301


def register(app: Flask) -> None:
    """Add the page to `app`."""
    app.add_url_rule("/jobs/<int:posting_id>-<slug>", endpoint="pages.posting", view_func=posting_page)
    app.add_url_rule(
        "/jobs/<int:posting_id>", endpoint="pages.posting_by_number", view_func=posting_by_number
    )


@audience(ANYONE)
def posting_page(posting_id: int, slug: str) -> ResponseReturnValue:
    """One posting for everybody; its people and moderators are led on from one that is not public."""
    seen = queries.visible(posting_id)
    if seen.sight == Sight.GONE:
        abort(410)
    posting = seen.posting
    if posting is None:
        return _not_public(posting_id)
    path = posting_path(posting)
    if slug != path.partition("-")[2]:
        query = request.query_string.decode(errors="replace")
        return redirect(f"{path}?{query}" if query else path, MOVED_FOR_GOOD)
    applies_here = takes_applications_here(posting, has_people(posting.posting_company_id))
    listed = seen.sight == Sight.OPEN
    return render_template(
        "pages/posting.html",
        job=details(posting),
        posting=posting,
        company=None if posting.confidential else posting.company,
        agency=posting.posted_by_company,
        listed=listed,
        applies_here=applies_here,
        canonical=base_url() + path,
        summary=extract(posting.description),
        markup=job_markup(posting, base_url(), applies_here=applies_here) if listed else None,
        manages=current_user.is_authenticated
        and queries.posting_of(current_user.person_id, posting_id) is not None,
        applied=_own_application(posting_id),
        similar=similar_openings(posting),
    )


@audience(ANYONE)
def posting_by_number(posting_id: int) -> ResponseReturnValue:
    """The number alone leads to the page."""
    return posting_page(posting_id, "")


def _own_application(posting_id: int) -> str:
    """The address of the reader's application to the posting, or '' where there is none."""
    if not current_user.is_authenticated:
        return ""
    application = application_of(current_user.person_id, posting_id)
    return url_for("applications.show", application_id=application.id) if application else ""


def _not_public(posting_id: int) -> ResponseReturnValue:
    signed_in = current_user.is_authenticated
    if signed_in and queries.posting_of(current_user.person_id, posting_id) is not None:
        return redirect(url_for("postings.show", posting_id=posting_id))
    if not current_user.is_moderator or queries.whole(posting_id) is None:
        abort(404)
    return redirect(f"/moderation/postings/{posting_id}")
