"""The code reference in the sitemap: the pages that anybody may read, each at its address without a day.

Of each system it is the edition that its pages show today; one that not everybody may see is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Response, abort, url_for
from sqlalchemy import func, select

from jobboard.access.audience import ANYONE, audience
from jobboard.access.limits import limited
from jobboard.codes import queries
from jobboard.codes.edition_choice import LISTED_BY
from jobboard.codes.library import articles
from jobboard.codes.models import Code
from jobboard.codes.systems import code_systems
from jobboard.database import db
from jobboard.pages import sitemap_xml
from jobboard.pages.sitemap_xml import MOST_STRETCHES, addresses, stretches

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from flask import Flask

    from jobboard.codes.models import CodeEdition

BATCH: Final = 5_000


def register(app: Flask) -> None:
    """Add the files to `app`."""
    app.add_url_rule(
        "/sitemap/codes-<system>-<int:number>.xml",
        endpoint="pages.sitemap_of_codes",
        view_func=sitemap_of_codes,
    )


@audience(ANYONE)
@limited("sitemap", "60/minute", methods=("GET",))
def sitemap_of_codes(system: str, number: int) -> Response:
    """One stretch of a system in the order of its book, counted from 1; six statements of bounded size."""
    if not 0 < number <= MOST_STRETCHES:
        abort(404)
    edition = queries.edition_in_force(system) if code_systems().get(system) else None
    found = list(_pages_of(system, edition, number)) if edition else []
    return addresses(found or abort(404))


def files_of_codes() -> list[tuple[str, date]]:
    """The files of codes, each with the day on which its edition was loaded; two statements."""
    editions = queries.editions_in_force()
    shown = {
        term.slug: edition
        for term in code_systems()
        if (edition := editions.get(LISTED_BY.get(term.slug, term.slug))) is not None
    }
    # The ends of each, found from the ends of the key, and all of them in one question.
    ends = [
        select(end(Code.position))
        .where(Code.system == system, Code.edition_id == edition.id)
        .scalar_subquery()
        for system, edition in shown.items()
        for end in (func.min, func.max)
    ]
    found = list(db.session.execute(select(*ends)).one()) if ends else []
    return [
        (url_for("pages.sitemap_of_codes", system=system, number=number), edition.loaded_at.date())
        for (system, edition), first, last in zip(shown.items(), found[::2], found[1::2], strict=True)
        for number in (stretches(last)[(first - 1) // sitemap_xml.STRETCH :] if last else ())
    ]


def further_pages() -> list[str]:
    """The pages of the systems, and those of articles on codes that no file of codes has."""
    paths = [url_for("codes.system", system=term.slug) for term in code_systems()]
    written: dict[str, set[str]] = {}
    for system, code in articles():
        written.setdefault(system, set()).add(code)
    for system, codes in written.items():
        edition = queries.edition_in_force(system)
        listed = queries.existing(edition.id, codes) if edition else set()
        paths += [url_for("pages.code", system=system, code=code) for code in sorted(codes - listed)]
    return paths


def _pages_of(system: str, edition: CodeEdition, number: int) -> Iterator[tuple[str, date]]:
    base, loaded = url_for("codes.index"), edition.loaded_at.date()
    first = (number - 1) * sitemap_xml.STRETCH
    codes = select(Code.code).where(Code.system == system, Code.edition_id == edition.id)
    for start in range(first, first + sitemap_xml.STRETCH, BATCH):
        end = min(start + BATCH, first + sitemap_xml.STRETCH)
        batch = codes.where(Code.position > start, Code.position <= end).order_by(Code.position)
        for code in db.session.scalars(batch):
            yield f"{base}/{system}/{code}", loaded
