"""`/codes/<system>/changes`: what the edition of the day has new, revised or deleted, as a page and as a CSV."""

from __future__ import annotations

from flask import Response as FlaskResponse
from flask import abort, render_template, request

from jobboard.access.audience import ANYONE, audience
from jobboard.access.limits import limited
from jobboard.access.page_numbers import asked_page
from jobboard.codes import queries
from jobboard.codes.browsing import top_entries
from jobboard.codes.change_csv import lines_of
from jobboard.codes.change_form import WrongChoice, narrowing_of
from jobboard.codes.change_list import (
    KINDS,
    Narrowing,
    all_changes,
    below_headings,
    changes_page,
    compared_edition,
)
from jobboard.codes.edition_choice import readable_editions, withheld
from jobboard.codes.licence_use import shows
from jobboard.codes.models import CodeEdition
from jobboard.codes.service_day import ServiceDay, asked_day, standing
from jobboard.codes.systems import code_systems
from jobboard.codes.viewers import current_viewer
from jobboard.codes.views import blueprint
from jobboard.codes.wording import marked
from jobboard.mail.addresses import full_address
from jobboard.vocabulary.terms import Term


@blueprint.get("/codes/<system>/changes", endpoint="changes")
@audience(ANYONE)
@limited("codes", "120/minute", methods=("GET",))
def changes_of_system(system: str) -> str:
    """What the edition of the day changed, by kind, range and words; where it is compared with none, that."""
    term, day, narrowing = _asked(system)
    viewer = current_viewer()
    edition = queries.edition_in_force(system, day.day, viewer)
    previous = compared_edition(edition, viewer) if edition else None
    chapters = top_entries(system, edition).rows if edition else []
    found = changes_page(system, edition, narrowing, asked_page()) if edition and previous else None
    # A deleted code shows its words in the edition before, and the form the names of chapters.
    shows(edition, previous if found and found.rows else None)
    return render_template(
        "codes/changes.html",
        term=term,
        edition=edition,
        kept_back=edition is None and withheld(system, viewer) is not None,
        previous=previous,
        editions=[each for each in readable_editions(system, viewer) if compared_edition(each, viewer)],
        found=found,
        narrowing=narrowing,
        kinds=KINDS,
        chapters=[each for each in chapters if each.kind == "chapter" and not each.code.startswith("MDC-")],
        marked=marked,
        day=day,
        standing=standing(edition, day.day) if edition else "",
        canonical=full_address("codes.changes", system=system),
    )


@blueprint.get("/codes/<system>/changes.csv", endpoint="changes_file")
@audience(ANYONE)
@limited("codes", "30/minute", methods=("GET",))
def changes_file(system: str) -> FlaskResponse:
    """The same as a CSV, all pages in one; 404 where there is nothing to compare."""
    _, day, narrowing = _asked(system)
    edition, previous = _compared(system, day)
    shows(edition, previous)
    changes = list(all_changes(system, edition, narrowing))
    text = "".join(lines_of(changes, below_headings(edition, changes)))
    name = "".join(
        each if each.isalnum() or each in "-." else "-" for each in f"{system}-{edition.label}-changes"
    )
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return FlaskResponse(text, mimetype="text/csv", headers=headers)


def _asked(system: str) -> tuple[Term, ServiceDay, Narrowing]:
    term = code_systems().get(system)
    if term is None:
        abort(404)
    try:
        return term, asked_day(), narrowing_of(request.args)
    except WrongChoice as problem:
        abort(400, str(problem))


def _compared(system: str, day: ServiceDay) -> tuple[CodeEdition, CodeEdition]:
    viewer = current_viewer()
    edition = queries.edition_in_force(system, day.day, viewer)
    previous = compared_edition(edition, viewer) if edition else None
    if edition is None or previous is None:
        abort(404)
    return edition, previous
