"""`/codes/<system>/<code>/…`: what a code's page shows the first of, all of it, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import abort, redirect, render_template

from jobboard.access.audience import ANYONE, audience
from jobboard.access.limits import limited
from jobboard.access.page_numbers import asked_page
from jobboard.codes import queries
from jobboard.codes.about.edits import edits_of
from jobboard.codes.about.index_terms import index_lines
from jobboard.codes.about.relations import leading_to
from jobboard.codes.code_forms import canonical
from jobboard.codes.day_sets import DaySets, sets_on
from jobboard.codes.licence_use import shows
from jobboard.codes.reading import reading_of
from jobboard.codes.service_day import asked_day, dated_url
from jobboard.codes.systems import code_systems
from jobboard.codes.viewers import current_viewer

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

PER_PAGE: Final = 100
LISTS: Final = {
    "index-terms": "Lines of the index that lead to",
    "edits": "NCCI edits with",
    "diagnoses": "Diagnoses that lead to",
}


def register(app: Flask) -> None:
    """Add the pages to `app`."""
    kinds = ",".join(f"'{each}'" for each in LISTS)
    app.add_url_rule(
        f"/codes/<system>/<code>/<any({kinds}):what>", endpoint="pages.code_list", view_func=code_list
    )


@audience(ANYONE)
@limited("codes", "120/minute", methods=("GET",))
def code_list(system: str, code: str, what: str) -> str | Response:
    """One page of a list, for a code of the day that has such a list; else 404.

    Whoever may not read the code's page any more this month is led there, where it says why.
    """
    term, wanted = code_systems().get(system), canonical(system, code)
    day, viewer, page = asked_day(), current_viewer(), asked_page()
    edition = queries.edition_in_force(system, day.day, viewer) if term and wanted == code else None
    row = queries.code_of(edition, system, code) if edition else None
    if row is None:
        abort(404)
    if not reading_of(system, code, edition, counts=True).open:
        return redirect(dated_url("pages.code", system=system, code=code))
    sets = sets_on(day.day, viewer)
    shown, total = _part(system, code, what, sets, (page - 1) * PER_PAGE)
    if not total:
        abort(404)
    shows(sets.of("icd10cm") if what == "diagnoses" else None)
    return render_template(
        "pages/code_list.html",
        term=term,
        code=code,
        row=row,
        what=what,
        heading=f"{LISTS[what]} {code}",
        total=total,
        page=page,
        pages=-(-total // PER_PAGE),
        day=day,
        **shown,
    )


def _part(system: str, code: str, what: str, sets: DaySets, offset: int) -> tuple[dict[str, Any], int]:
    """What the template shows, and how long the list is: of several indexes the longest."""
    if what == "index-terms":
        found = index_lines(system, code, sets, PER_PAGE, offset)
        return {"index": [each for each in found if each.lines]}, max(
            (each.total for each in found), default=0
        )
    if what == "edits" and system == "hcpcs":
        edits = edits_of(system, code, sets, PER_PAGE, offset)
        return {"edits": edits.edits, "edition": sets.of("hcpcs", "ncci-ptp")}, edits.total
    if what == "diagnoses" and system == "hcc":
        diagnoses, total = leading_to(code, sets, PER_PAGE, offset)
        return {"diagnoses": diagnoses, "edition": sets.of("icd10cm", "hcc")}, total
    return {}, 0
