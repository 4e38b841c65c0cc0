"""The sitemap, as sitemaps.org describes it: a file of pages, and files of openings and of codes by stretches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, url_for
from sqlalchemy import select

from jobboard.access.audience import ANYONE, audience
from jobboard.access.limits import limited
from jobboard.database import db
from jobboard.pages import code_sitemap, sitemap_xml
from jobboard.pages.landing_addresses import landing_paths
from jobboard.pages.sitemap_xml import MOST_STRETCHES, addresses, files, stretches
from jobboard.postings.addresses import company_path, posting_path_of
from jobboard.postings.models import Posting
from jobboard.postings.queries import listed
from jobboard.search.suggesting import known
from jobboard.site_documents import NAMES

if TYPE_CHECKING:
    from datetime import date

    from flask import Flask


def register(app: Flask) -> None:
    """Add the files to `app`."""
    app.add_url_rule("/sitemap.xml", endpoint="pages.sitemap", view_func=sitemap)
    app.add_url_rule("/sitemap/pages.xml", endpoint="pages.sitemap_of_pages", view_func=sitemap_of_pages)
    app.add_url_rule(
        "/sitemap/openings-<int:number>.xml",
        endpoint="pages.sitemap_of_openings",
        view_func=sitemap_of_openings,
    )
    code_sitemap.register(app)


@audience(ANYONE)
@limited("sitemap", "60/minute", methods=("GET",))
def sitemap() -> Response:
    """The list of the files."""
    # The highest id, found from the end of the key: asked for as the maximum, a database looks at all that is listed.
    most = db.session.scalar(select(Posting.id).where(listed()).order_by(Posting.id.desc()).limit(1)) or 0
    found: list[tuple[str, date | None]] = [(url_for("pages.sitemap_of_pages"), None)]
    found += [(url_for("pages.sitemap_of_openings", number=each), None) for each in stretches(most)]
    return files([*found, *code_sitemap.files_of_codes()])


@audience(ANYONE)
@limited("sitemap", "60/minute", methods=("GET",))
def sitemap_of_pages() -> Response:
    """Everything but openings and codes: lists, code systems, landing pages, companies, the site's texts."""
    carried = known().carried
    paths = [url_for(name) for name in ("pages.home", "search.jobs", "pages.browse", "pages.employers")]
    paths += [url_for("codes.index"), *code_sitemap.further_pages(), *landing_paths(carried)]
    paths += [company_path(slug) for slug, _ in carried.employers]
    paths += [url_for("pages.document", name=name) for name in NAMES]
    return addresses((path, None) for path in paths)


@audience(ANYONE)
@limited("sitemap", "60/minute", methods=("GET",))
def sitemap_of_openings(number: int) -> Response:
    """The listed postings of one stretch of numbers, counted from 1."""
    if not 0 < number <= MOST_STRETCHES:
        abort(404)
    stretch = sitemap_xml.STRETCH
    first = (number - 1) * stretch
    asked = select(Posting.id, Posting.title, Posting.changed_at).where(
        listed(), Posting.id > first, Posting.id <= first + stretch
    )
    rows = db.session.execute(asked.order_by(Posting.id)).all() or abort(404)
    return addresses((posting_path_of(one, title), changed.date()) for one, title, changed in rows)
