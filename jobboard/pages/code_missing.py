"""What is answered where a code has no page: that it is not here, why, and where to go on; always with 404."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import render_template

from jobboard.codes.code_forms import shown
from jobboard.codes.edition_choice import withheld
from jobboard.codes.library import NOTICES
from jobboard.codes.licence_use import shows
from jobboard.codes.lookup import tidied
from jobboard.codes.queries import nearest_above
from jobboard.codes.rules import awaits_acceptance

if TYPE_CHECKING:
    from jobboard.codes.models import CodeEdition
    from jobboard.codes.rules import Viewer
    from jobboard.codes.service_day import ServiceDay
    from jobboard.vocabulary.terms import Term

NOT_FOUND: Final = 404
# What is shown of an address that nobody would type.
LONGEST_SHOWN: Final = 40
# A code that each system has had for years; of CDT and CPT the number alone.
EXAMPLES: Final = {
    "icd10cm": "E11.9",
    "icd10pcs": "0DTJ4ZZ",
    "hcpcs": "J1100",
    "cpt": "99213",
    "cdt": "D0120",
    "msdrg": "291",
    "apc": "5012",
    "hcc": "38",
    "icd9cm": "250.00",
    "modifier": "LT",
}


def missing_page(
    term: Term, typed: str, code: str | None, edition: CodeEdition | None, day: ServiceDay, viewer: Viewer
) -> tuple[str, int]:
    """The page for `typed`, of which no edition, article or listed opening of the system `term` knows.

    `code` is its canonical form, None where it has not the form of a code; `edition` the one of `day` that `viewer`
    may see. Of an edition that is kept from the reader nothing is told but for whom it is.
    """
    kept_back = withheld(term.slug, viewer) if edition is None else None
    above = nearest_above(edition, term.slug, code) if edition and code else None
    shows(edition if above else None)
    page = render_template(
        "pages/code_missing.html",
        term=term,
        typed=tidied(typed)[:LONGEST_SHOWN] or "?",
        code=code,
        shown=shown(code) if code else "",
        example=EXAMPLES.get(term.slug, ""),
        above=above,
        edition=edition,
        kept_back=kept_back,
        awaits=kept_back is not None and awaits_acceptance(kept_back, viewer, day.today),
        notice=NOTICES.get(term.slug),
        day=day,
    )
    return page, NOT_FOUND
