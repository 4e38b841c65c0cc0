"""A code's page: its description and place in the system, its notes, an article, and the openings that need it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobboard.access.audience import ANYONE, audience
from jobboard.access.return_path import with_query
from jobboard.codes import queries
from jobboard.codes.change_list import history_of
from jobboard.codes.code_forms import page_form, range_ends, shown
from jobboard.codes.edition_choice import withheld
from jobboard.codes.free_links import PARAMETER
from jobboard.codes.library import NOTICES, article_on
from jobboard.codes.licence_use import shows
from jobboard.codes.pcs_parts import pcs_parts
from jobboard.codes.pcs_reading import SYSTEM
from jobboard.codes.reading import reading_of
from jobboard.codes.rules import awaits_acceptance
from jobboard.codes.service_day import asked_day, dated_url, standing
from jobboard.codes.stand_ins import OLD, stand_ins
from jobboard.codes.systems import code_systems, system_called
from jobboard.codes.viewers import current_viewer
from jobboard.codes.wording import marked
from jobboard.mail.addresses import full_address
from jobboard.my_codes.history import note_view
from jobboard.my_codes.panel import panel_of
from jobboard.pages.code_data import code_data
from jobboard.pages.code_markup import gate_markup
from jobboard.pages.code_missing import missing_page
from jobboard.pages.code_openings import openings_with
from jobboard.pages.code_place import place_of
from jobboard.pages.code_range_page import range_page
from jobboard.pages.code_sections import shown_sections
from jobboard.pages.pcs_stem_page import stem_page
from jobboard.postings.named_codes import is_named

if TYPE_CHECKING:
    from flask import Flask

OPENINGS = 10
MOVED_FOR_GOOD = 301


def register(app: Flask) -> None:
    """Add the page to `app`."""
    app.add_url_rule("/codes/<system>/<code>", endpoint="pages.code", view_func=code_page)


@audience(ANYONE)
def code_page(system: str, code: str) -> str | Response | tuple[str, int]:
    """The page of one code; any way to write it leads to its canonical address.

    It exists where an edition that the reader may see has the code, an article is about it, or a listed opening
    names it; else the answer is a 404 that says why.
    """
    term = code_systems().get(system)
    wanted = page_form(system, code)
    if term is None and (called := system_called(system)) is not None:
        return redirect(with_query(url_for("pages.code", system=called, code=code)), MOVED_FOR_GOOD)
    if term is None:
        abort(404)
    day = asked_day()
    viewer = current_viewer()
    edition = queries.edition_in_force(system, day.day, viewer)
    if wanted is None:
        return missing_page(term, code, None, edition, day, viewer)
    row = queries.code_of(edition, system, wanted) if edition else None
    article = article_on(system, wanted)
    if row is None and range_ends(system, wanted):
        return range_page(term, code, wanted, edition, day)
    history = history_of(system, wanted, edition, viewer)
    if row is None and history is not None:
        row = history.row
    if row is None and system == SYSTEM and edition and (page := stem_page(term, code, wanted, edition, day)):
        return page
    kept_back = withheld(system, viewer) if row is None else None
    kept_has_it = kept_back is not None and queries.code_of(kept_back, system, wanted) is not None
    if row is None and article is None and not kept_has_it and not is_named(system, wanted):
        return missing_page(term, code, wanted, edition, day, viewer)
    if wanted != code:
        free = request.args.get(PARAMETER, "")
        return redirect(
            dated_url("pages.code", system=system, code=wanted, **{PARAMETER: free}), MOVED_FOR_GOOD
        )
    place = place_of(row, history.held_by, day.day) if row and history else None
    counts = article is not None if row is None else row.kind not in ("chapter", "block")
    reading = reading_of(system, wanted, place.edition if place else None, counts=counts)
    sections = shown_sections(article, viewer, summary_only=not reading.open) if article else []
    data = code_data(system, wanted, row, viewer, day.day) if reading.open else None
    wordless = [each.code for each in data.similar if not each.words] if data and system == OLD else []
    shows(*(data.described if data else ()), *(each.edition for each in (history.events if history else ())))
    canonical = full_address("pages.code", system=system, code=wanted)
    if counts:
        note_view(system, wanted)
    return render_template(
        "pages/code.html",
        term=term,
        code=wanted,
        shown=shown(wanted),
        place=place,
        stand_ins=stand_ins([place.code, *place.below.rows], day.day, viewer, also=wordless) if place else {},
        kept_back=kept_back is not None and edition is None,
        withheld=kept_back if kept_has_it else None,
        awaits=kept_has_it and kept_back is not None and awaits_acceptance(kept_back, viewer, day.today),
        history=history,
        marked=marked,
        article=article,
        sections=sections,
        notice=NOTICES.get(system),
        openings=openings_with(system, wanted, OPENINGS, family=row is not None and row.kind == "chapter"),
        pcs=pcs_parts(system, wanted, edition, day.day, viewer) if row else None,
        data=data,
        systems=code_systems(),
        reading=reading,
        counts=counts,
        mine=panel_of(system, wanted) if counts else None,
        markup=gate_markup(
            f"{term.label} {shown(wanted)}",
            canonical,
            gated=any(each.gated for each in sections),
            metered=reading.metered and counts,
        ),
        day=day,
        edition=edition,
        standing=standing(edition, day.day) if edition else "",
        canonical=canonical,
    )
