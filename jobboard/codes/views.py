"""`/codes`: look-up over all code systems, and a page for each system. A single code's page lives in `pages`."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from jobboard.access.audience import ANYONE, audience
from jobboard.access.limits import limited
from jobboard.access.page_numbers import asked_page
from jobboard.codes import queries
from jobboard.codes.browsing import counts_of, top_entries
from jobboard.codes.change_list import compared_edition
from jobboard.codes.code_forms import page_form
from jobboard.codes.edition_choice import readable_editions, withheld
from jobboard.codes.library import NOTICES, articles
from jobboard.codes.loading_help import commands_for
from jobboard.codes.look_up_everywhere import look_up_everywhere
from jobboard.codes.lookup import LONGEST_QUERY, tidied
from jobboard.codes.service_day import asked_day, dated_url, standing
from jobboard.codes.systems import code_systems
from jobboard.codes.viewers import current_viewer
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
    code = page_form(system, typed) if typed else None
    if code is not None:
        return redirect(dated_url("pages.code", system=system, code=code))
    viewer = current_viewer()
    edition = queries.edition_in_force(system, day.day, viewer)
    return render_template(
        "codes/system.html",
        term=term,
        notice=NOTICES.get(system),
        edition=edition,
        previous=compared_edition(edition, viewer) if edition else None,
        editions=readable_editions(system, viewer),
        top=top_entries(system, edition, asked_page()) if edition else None,
        counts=counts_of(system, edition) if edition else None,
        kept_back=edition is None and withheld(system, viewer) is not None,
        commands=commands_for(system) if edition is None and current_user.is_moderator else [],
        articles=[article for article in articles().values() if article.system == system],
        day=day,
        standing=standing(edition, day.day) if edition else "",
        canonical=full_address("codes.system", system=system),
    )
