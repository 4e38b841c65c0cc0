"""The page of the beginning of ICD-10-PCS codes, such as 0SR9: what it says so far, its codes and their openings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template

from jobboard.access.page_numbers import asked_page
from jobboard.codes.browsing import entries_beginning
from jobboard.codes.licence_use import shows
from jobboard.codes.pcs_parts import pcs_parts
from jobboard.codes.service_day import ServiceDay, dated_url, standing
from jobboard.codes.viewers import current_viewer
from jobboard.mail.addresses import full_address
from jobboard.pages.code_openings import openings_with

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from jobboard.codes.models import CodeEdition
    from jobboard.vocabulary.terms import Term

OPENINGS = 10
MOVED_FOR_GOOD = 301


def stem_page(
    term: Term, typed: str, code: str, edition: CodeEdition, day: ServiceDay
) -> str | Response | None:
    """The beginning `code`, as it was `typed` in the address; None where no code of `edition` begins with it."""
    listed = entries_beginning(term.slug, edition, code, asked_page())
    if not listed.total:
        return None
    if typed != code:
        return redirect(dated_url("pages.code", system=term.slug, code=code), MOVED_FOR_GOOD)
    shows(edition)
    return render_template(
        "codes/stem.html",
        term=term,
        code=code,
        listed=listed,
        pcs=pcs_parts(term.slug, code, edition, day.day, current_viewer()),
        openings=openings_with(term.slug, code, OPENINGS, family=True),
        day=day,
        edition=edition,
        standing=standing(edition, day.day),
        canonical=full_address("pages.code", system=term.slug, code=code),
    )
