"""`/codes/icd10cm/guidelines`: the official guidelines by section, and a page for each section."""

from __future__ import annotations

import re
from typing import Final

from flask import abort, render_template
from werkzeug.wrappers import Response

from jobboard.access.audience import ANYONE, audience
from jobboard.codes import queries
from jobboard.codes.about.guidelines import body, contents, section_of
from jobboard.codes.edition_choice import edition_or_first
from jobboard.codes.licence_use import shows
from jobboard.codes.models import CodeEdition
from jobboard.codes.service_day import asked_day
from jobboard.codes.systems import code_systems
from jobboard.codes.viewers import current_viewer
from jobboard.codes.views import blueprint
from jobboard.mail.addresses import full_address
from jobboard.vocabulary.terms import Term

LONGEST_NUMBER: Final = 30
# A line of the PDF that begins something: a numbered point, a list, an example.
_BEGINS: Final = re.compile(r"(?:\(?[a-zA-Z0-9]{1,3}[.)]|[•▪●○-]|Examples?\b|Note\b)\s*")
_SHORT_LINE: Final = 60


@blueprint.get("/codes/<system>/guidelines")
@audience(ANYONE)
def guidelines(system: str) -> str:
    """The sections with their pages, as the contents of the book list them."""
    term, edition = _book(system)
    return render_template(
        "codes/guidelines.html",
        term=term,
        edition=edition,
        entries=contents(edition),
        day=asked_day(),
        canonical=full_address("codes.guidelines", system=system),
    )


@blueprint.get("/codes/<system>/guidelines/<number>")
@audience(ANYONE)
def guideline(system: str, number: str) -> str | Response:
    """The whole text of a section, with what stands around it and the codes that it names."""
    term, edition = _book(system)
    found = section_of(edition, number) if len(number) <= LONGEST_NUMBER else None
    if found is None:
        abort(404)
    return render_template(
        "codes/guideline.html",
        term=term,
        edition=edition,
        found=found,
        existing=_existing(system, found.cited),
        paragraphs=paragraphs(body(found.section.text, found.section.title)),
        day=asked_day(),
        canonical=full_address("codes.guideline", system=system, number=number),
    )


def paragraphs(text: str) -> list[str]:
    """The lines of a page put together again: a new paragraph where one begins a point, or the last one ended short."""
    found: list[str] = []
    ended = True
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if ended or _BEGINS.match(line):
            found.append(line)
        else:
            found[-1] += f" {line}"
        # A short line that begins a point is its heading.
        ended = len(line) < _SHORT_LINE and (
            line.endswith((".", ":", "?")) or _BEGINS.match(line) is not None
        )
    return found


def _existing(system: str, cited: list[tuple[str, str]]) -> set[str]:
    """Those of the single codes that a section names which the edition of the day has."""
    edition = edition_or_first(system, asked_day().day, viewer=current_viewer())
    return queries.existing(edition.id, [start for start, end in cited if start == end]) if edition else set()


def _book(system: str) -> tuple[Term, CodeEdition]:
    """The system and the guidelines that count on the day that is asked for; 404 where none are loaded."""
    term = code_systems().get(system)
    edition = (
        edition_or_first(system, asked_day().day, "guidelines", viewer=current_viewer()) if term else None
    )
    if term is None or edition is None:
        abort(404)
    shows(edition)
    return term, edition
