"""`/codes`: look-up over all code systems, and a page for each system. A single code's page lives in `pages`."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from jobboard.access.audience import ANYONE, audience
from jobboard.access.limits import limited
from jobboard.codes import queries
from jobboard.codes.code_forms import canonical
from jobboard.codes.library import NOTICES, articles
from jobboard.codes.look_up_everywhere import look_up_everywhere
from jobboard.codes.lookup import LONGEST_QUERY, tidied
from jobboard.codes.service_day import asked_day, dated_url, standing
from jobboard.codes.systems import code_systems
from jobboard.mail.addresses import full_address

blueprint = Blueprint("codes", __name__)
RESULTS = 50


@blueprint.get("/codes")
@audience(ANYONE)
@limited("codes", "120/minute", methods=("GET",))
def index() -> str:
    """The search box over all systems, with its results, or the systems themselves."""
    query = tidied(request.args.get("q", ""))[:LONGEST_QUERY]
    system = request.args.get("system", "")
    systems = code_systems()
    if system not in systems:
        system = ""
    results = look_up_everywhere(query, system or None, RESULTS) if query else []
    return render_template(
        "codes/index.html",
        query=query,
        system=system,
        systems=systems,
        results=results,
        most=RESULTS,
        editions=queries.editions_in_force(),
        articles=list(articles().values()),
        notices=NOTICES,
    )


@blueprint.get("/codes/<system>", endpoint="system")
@audience(ANYONE)
def system_page(system: str) -> str | Response:
    """One system: what it is, its edition with the chapters, its articles. A code typed here leads to its page."""
    term = code_systems().get(system)
    if term is None:
        abort(404)
    day = asked_day()
    typed = request.args.get("code", "").strip()
    code = canonical(system, typed) if typed else None
    if code is not None:
        return redirect(dated_url("pages.code", system=system, code=code))
    edition = queries.edition_in_force(system, day.day)
    return render_template(
        "codes/system.html",
        term=term,
        notice=NOTICES.get(system),
        edition=edition,
        chapters=queries.chapters(edition) if edition else [],
        counts=queries.number_of_codes(edition) if edition else (0, 0),
        articles=[article for article in articles().values() if article.system == system],
        day=day,
        standing=standing(edition, day.day) if edition else "",
        canonical=full_address("codes.system", system=system),
    )
