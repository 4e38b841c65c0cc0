"""`/codes/<system>`: a page for each code system. The search is in `code_search`, a single code's page in `pages`."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from jobboard.access.audience import ANYONE, audience
from jobboard.access.page_numbers import asked_page
from jobboard.access.return_path import with_query
from jobboard.codes import queries
from jobboard.codes.browsing import counts_of, top_entries
from jobboard.codes.change_list import compared_edition
from jobboard.codes.code_forms import page_form
from jobboard.codes.edition_choice import readable_editions, withheld
from jobboard.codes.library import NOTICES, articles_together
from jobboard.codes.licence_use import shows
from jobboard.codes.loading_help import commands_for
from jobboard.codes.rules import awaits_acceptance
from jobboard.codes.service_day import asked_day, dated_url, standing
from jobboard.codes.stand_ins import stand_ins
from jobboard.codes.systems import code_systems, system_called
from jobboard.codes.viewers import current_viewer
from jobboard.mail.addresses import full_address

blueprint = Blueprint("codes", __name__)
MOVED_FOR_GOOD = 301


@blueprint.get("/codes/<system>", endpoint="system")
@audience(ANYONE)
def system_page(system: str) -> str | Response:
    """One system: what it is, its edition with the chapters, its articles. A code typed here leads to its page.

    Other names of the system lead to it.
    """
    term = code_systems().get(system)
    if term is None:
        called = system_called(system) or abort(404)
        return redirect(with_query(url_for("codes.system", system=called)), MOVED_FOR_GOOD)
    day = asked_day()
    typed = request.args.get("code", "").strip()
    code = page_form(system, typed) if typed else None
    if code is not None:
        return redirect(dated_url("pages.code", system=system, code=code))
    viewer = current_viewer()
    edition = queries.edition_in_force(system, day.day, viewer)
    kept_back = withheld(system, viewer) if edition is None else None
    top = top_entries(system, edition, asked_page()) if edition else None
    shows(edition if top and top.rows else None)
    return render_template(
        "codes/system.html",
        term=term,
        notice=NOTICES.get(system),
        edition=edition,
        previous=compared_edition(edition, viewer) if edition else None,
        editions=readable_editions(system, viewer),
        top=top,
        stand_ins=stand_ins(top.rows, day.day, viewer) if top else {},
        counts=counts_of(system, edition) if edition else None,
        kept_back=kept_back,
        awaits=kept_back is not None and awaits_acceptance(kept_back, viewer, day.today),
        commands=commands_for(system) if edition is None and current_user.is_moderator else [],
        articles=articles_together(system),
        day=day,
        standing=standing(edition, day.day) if edition else "",
        canonical=full_address("codes.system", system=system),
    )
