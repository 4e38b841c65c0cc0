"""The sitemap, as sitemaps.org describes it: one file of pages, and one of openings for every stretch of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from flask import Response, abort, url_for
from sqlalchemy import select

from jobboard.access.audience import ANYONE, audience
from jobboard.access.limits import limited
from jobboard.database import db
from jobboard.mail.addresses import base_url
from jobboard.pages.landing_addresses import landing_paths
from jobboard.postings.addresses import company_path, posting_path_of
from jobboard.postings.models import Posting
from jobboard.postings.queries import listed
from jobboard.search.suggesting import known
from jobboard.site_documents import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from flask import Flask

# A file may have 50,000 addresses and 50 MB.
STRETCH = 25_000
_MOST_STRETCHES = 50_000
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"


def register(app: Flask) -> None:
    """Add the files to `app`."""
    app.add_url_rule("/sitemap.xml", endpoint="pages.sitemap", view_func=sitemap)
    app.add_url_rule("/sitemap/pages.xml", endpoint="pages.sitemap_of_pages", view_func=sitemap_of_pages)
    app.add_url_rule(
        "/sitemap/openings-<int:number>.xml",
        endpoint="pages.sitemap_of_openings",
        view_func=sitemap_of_openings,
    )


@audience(ANYONE)
@limited("sitemap", "60/minute", methods=("GET",))
def sitemap() -> Response:
    """The list of the files."""
    # The highest id, found from the end of the key: asked for as the maximum, a database looks at all that is listed.
    most = db.session.scalar(select(Posting.id).where(listed()).order_by(Posting.id.desc()).limit(1)) or 0
    stretches = range(1, -(-most // STRETCH) + 1)
    paths = [url_for("pages.sitemap_of_pages")]
    paths += [url_for("pages.sitemap_of_openings", number=number) for number in stretches]
    entries = "".join(f"<sitemap><loc>{escape(base_url() + path)}</loc></sitemap>" for path in paths)
    return _xml(f'<sitemapindex xmlns="{_SCHEMA}">{entries}</sitemapindex>')


@audience(ANYONE)
@limited("sitemap", "60/minute", methods=("GET",))
def sitemap_of_pages() -> Response:
    """Everything but openings and codes: lists, landing pages, companies, the site's texts."""
    carried = known().carried
    paths = [url_for(name) for name in ("pages.home", "search.jobs", "pages.browse", "pages.employers")]
    paths += [url_for("codes.index"), *landing_paths(carried)]
    paths += [company_path(slug) for slug, _ in carried.employers]
    paths += [url_for("pages.document", name=name) for name in NAMES]
    return _addresses((path, None) for path in paths)


@audience(ANYONE)
@limited("sitemap", "60/minute", methods=("GET",))
def sitemap_of_openings(number: int) -> Response:
    """The listed postings of one stretch of numbers, counted from 1."""
    if not 0 < number <= _MOST_STRETCHES:
        abort(404)
    first = (number - 1) * STRETCH
    asked = select(Posting.id, Posting.title, Posting.changed_at).where(
        listed(), Posting.id > first, Posting.id <= first + STRETCH
    )
    rows = db.session.execute(asked.order_by(Posting.id)).all() or abort(404)
    return _addresses((posting_path_of(one, title), changed) for one, title, changed in rows)


def _addresses(entries: Iterable[tuple[str, datetime | None]]) -> Response:
    board = base_url()
    found = "".join(
        f"<url><loc>{escape(board + path)}</loc>"
        + (f"<lastmod>{changed.date().isoformat()}</lastmod>" if changed else "")
        + "</url>"
        for path, changed in entries
    )
    return _xml(f'<urlset xmlns="{_SCHEMA}">{found}</urlset>')


def _xml(body: str) -> Response:
    return Response(f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n', mimetype="application/xml")
