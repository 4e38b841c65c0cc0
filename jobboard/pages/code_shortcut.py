"""`/c/<code>`: from a code alone to its page, in whatever system has it; a browser's search by way of `/codes`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response as FlaskResponse
from flask import redirect, render_template
from sqlalchemy import and_, or_, select

from jobboard.access.audience import ANYONE, audience
from jobboard.access.limits import limited
from jobboard.codes.code_forms import canonical_forms
from jobboard.codes.edition_choice import LISTED_BY, readable_editions
from jobboard.codes.library import article_on
from jobboard.codes.licence_use import shows_some_of
from jobboard.codes.lookup import LONGEST_QUERY, tidied
from jobboard.codes.models import Code
from jobboard.codes.service_day import asked_day, dated_url
from jobboard.codes.systems import code_systems
from jobboard.codes.viewers import current_viewer
from jobboard.database import db
from jobboard.mail.addresses import full_address
from jobboard.postings.named_codes import is_named

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

    from jobboard.codes.rules import Viewer


def register(app: Flask) -> None:
    """Add the addresses to `app`."""
    app.add_url_rule("/c/<code>", endpoint="pages.code_shortcut", view_func=code_shortcut)
    app.add_url_rule("/codes/opensearch.xml", endpoint="pages.opensearch", view_func=opensearch)


@audience(ANYONE)
@limited("codes", "120/minute", methods=("GET",))
def code_shortcut(code: str) -> str | Response:
    """To the page of the code; a choice where several systems have it; a search for it where none has."""
    asked_day()
    found = systems_with(code, current_viewer())
    if not found:
        return redirect(dated_url("codes.index", q=tidied(code)[:LONGEST_QUERY]))
    if len(found) == 1:
        system, (canonical, _) = next(iter(found.items()))
        return redirect(dated_url("pages.code", system=system, code=canonical))
    return render_template("codes/choose.html", typed=tidied(code), found=found, systems=code_systems())


@audience(ANYONE)
def opensearch() -> FlaskResponse:
    """What a browser reads to search the codes from its address bar (OpenSearch 1.1)."""
    text = render_template(
        "codes/opensearch.xml",
        results=full_address("codes.index"),
        image=full_address("static", filename="brand/favicon.svg"),
    )
    return FlaskResponse(text, mimetype="application/opensearchdescription+xml")


def systems_with(typed: str, viewer: Viewer) -> dict[str, tuple[str, str]]:
    """By each system that has a page for the code `typed`, its canonical form and description ('' for none).

    In the order of the systems. It has one where an edition that `viewer` may see has or had the code, an article is
    about it, or a listed opening names it. It is for the answer to this request, which counts as showing them.
    """
    forms = canonical_forms(typed)
    listed = _in_editions(forms, viewer)
    found, shown = {}, set[int]()
    for term in code_systems():
        code = forms.get(term.slug)
        if code is None:
            continue
        article = article_on(term.slug, code)
        if term.slug in listed or article is not None or is_named(term.slug, code):
            words, edition_id = listed.get(term.slug, ("", 0))
            found[term.slug] = (code, words or (article.title if article else ""))
            shown.add(edition_id)
    shows_some_of(shown)
    return found


def _in_editions(forms: dict[str, str], viewer: Viewer) -> dict[str, tuple[str, int]]:
    """By system, the latest description of its form of the code, and the edition of which it is."""
    places = {}
    for system in forms:
        for edition in readable_editions(LISTED_BY.get(system, system), viewer):
            places[system, edition.id] = edition.effective_from
    if not places:
        return {}
    rows = db.session.execute(
        select(Code.system, Code.edition_id, Code.long).where(
            or_(
                *(
                    and_(Code.system == system, Code.edition_id == edition, Code.code == forms[system])
                    for system, edition in places
                )
            )
        )
    )
    found: dict[str, tuple[str, int]] = {}
    order = {place: number for number, place in enumerate(places)}
    for row in sorted(rows, key=lambda row: order[row.system, row.edition_id]):
        found[row.system] = (row.long, row.edition_id)
    return found
