"""A company's public page with its openings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, render_template, request, url_for
from flask_login import current_user

from jobboard.access.audience import ANYONE, audience
from jobboard.employers.queries import company_at, speaks_for
from jobboard.mail.addresses import base_url
from jobboard.places import state
from jobboard.postings import queries
from jobboard.postings.presentation import card
from jobboard.postings.text import extract, render
from jobboard.vocabulary import vocabularies

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue

ON_A_PAGE = 20


def register(app: Flask) -> None:
    """Add the page to `app`."""
    app.add_url_rule("/employers/<slug>", endpoint="pages.employer", view_func=employer_page)


@audience(ANYONE)
def employer_page(slug: str) -> ResponseReturnValue:
    """What a company says of itself, and its openings, the newest first."""
    company = company_at(slug) or abort(404)
    total = queries.count_of_company(company.id)
    pages = max(1, -(-total // ON_A_PAGE))
    page = request.args.get("page", 1, type=int)
    if not 1 <= page <= pages:
        abort(404)
    home = state(company.state) if company.state else None
    postings = queries.listed_of_company(company.id, ON_A_PAGE, (page - 1) * ON_A_PAGE)
    return render_template(
        "pages/employer.html",
        company=company,
        about=render(company.about),
        summary=extract(company.about),
        place=", ".join(filter(None, (company.city, home.name if home else company.state))),
        setting=vocabularies()["setting"].label(company.setting) if company.setting else "",
        jobs=[card(posting) for posting in postings],
        total=total,
        page=page,
        pages=pages,
        url_of=lambda number: url_for("pages.employer", slug=slug, page=number if number > 1 else None),
        canonical=base_url() + url_for("pages.employer", slug=slug),
        speaks=current_user.is_authenticated and speaks_for(current_user.person_id, company.id),
    )
