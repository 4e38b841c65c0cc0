"""The page of a range of codes that is no block of its system: its codes, and the openings that work with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template

from jobboard.access.page_numbers import asked_page
from jobboard.codes.browsing import Entries, entries_between
from jobboard.codes.code_forms import shown
from jobboard.codes.edition_choice import withheld
from jobboard.codes.library import NOTICES
from jobboard.codes.licence_use import shows
from jobboard.codes.service_day import ServiceDay, dated_url, standing
from jobboard.codes.stand_ins import stand_ins
from jobboard.codes.viewers import current_viewer
from jobboard.mail.addresses import full_address
from jobboard.pages.code_missing import missing_page
from jobboard.pages.code_openings import openings_with

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from jobboard.codes.models import CodeEdition
    from jobboard.vocabulary.terms import Term

OPENINGS = 10
MOVED_FOR_GOOD = 301


def range_page(
    term: Term, typed: str, code: str, edition: CodeEdition | None, day: ServiceDay
) -> str | Response | tuple[str, int]:
    """The range `code` ("E10-E14", canonical) of the system `term`, as it was `typed` in the address.

    It exists where `edition` has a code in it, or a listed opening works with one; else a 404 says why.
    """
    page = asked_page()
    listed = entries_between(term.slug, edition, code, page) if edition else Entries([], 1, 1, 0)
    viewer = current_viewer()
    openings = openings_with(term.slug, code, OPENINGS)
    if not listed.total and not openings.total:
        return missing_page(term, typed, code, edition, day, viewer)
    if typed != code:
        return redirect(dated_url("pages.code", system=term.slug, code=code), MOVED_FOR_GOOD)
    shows(edition if listed.rows else None)
    return render_template(
        "codes/range.html",
        term=term,
        code=code,
        shown=shown(code),
        listed=listed,
        stand_ins=stand_ins(listed.rows, day.day, viewer),
        openings=openings,
        notice=NOTICES.get(term.slug),
        kept_back=edition is None and withheld(term.slug, viewer) is not None,
        day=day,
        edition=edition,
        standing=standing(edition, day.day) if edition else "",
        canonical=full_address("pages.code", system=term.slug, code=code),
    )
