"""The front page: search, live counts by specialty, the newest openings."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import render_template

from jobboard.access.audience import ANYONE, audience
from jobboard.pages.front_counts import front_counts
from jobboard.postings import queries
from jobboard.postings.presentation import card
from jobboard.vocabulary import vocabularies

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue

NEWEST = 6


def register(app: Flask) -> None:
    """Add the page to `app`."""
    app.add_url_rule("/", endpoint="pages.home", view_func=home)


@audience(ANYONE)
def home() -> ResponseReturnValue:
    """Counted and listed from the database, so that it stands when the search does not."""
    specialties, counted = vocabularies()["specialty"], front_counts()
    counts = [
        (specialties.label(slug), count, f"/jobs?{urlencode({'specialty': slug})}")
        for slug, count in counted.specialties
    ]
    return render_template(
        "pages/home.html",
        specialties=counts,
        newest=[card(posting) for posting in queries.newest(NEWEST)],
        open_count=counted.openings,
        company_count=counted.companies,
    )
