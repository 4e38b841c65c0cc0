"""A code's page: its description and place in the system, its notes, an article, and the openings that need it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import abort, redirect, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response

from jobboard.access.audience import ANYONE, audience
from jobboard.access.page_numbers import asked_page
from jobboard.codes import queries
from jobboard.codes.browsing import Entries, entries_below
from jobboard.codes.change_list import history_of
from jobboard.codes.code_forms import page_form, range_ends, shown
from jobboard.codes.library import NOTICES, article_on
from jobboard.codes.models import Code
from jobboard.codes.note_words import NoteGroup, candidates, grouped
from jobboard.codes.pcs_parts import pcs_parts
from jobboard.codes.pcs_reading import SYSTEM
from jobboard.codes.service_day import asked_day, dated_url, standing
from jobboard.codes.systems import code_systems
from jobboard.codes.viewers import current_viewer
from jobboard.codes.wording import marked
from jobboard.database import db
from jobboard.mail.addresses import full_address
from jobboard.pages.code_data import code_data
from jobboard.pages.code_openings import openings_with
from jobboard.pages.code_range_page import range_page
from jobboard.pages.pcs_stem_page import stem_page
from jobboard.postings.named_codes import is_named
from jobboard.postings.text import render

if TYPE_CHECKING:
    from datetime import date

    from flask import Flask

    from jobboard.codes.models import CodeEdition

OPENINGS = 10
MOVED_FOR_GOOD = 301


@dataclass(frozen=True, slots=True)
class Inherited:
    """The notes that hold because `origin`, an entry above, carries them."""

    origin: Code
    groups: list[NoteGroup]


@dataclass(frozen=True, slots=True)
class Place:
    """A loaded code with everything around it."""

    code: Code
    edition: CodeEdition | None
    notes_of: CodeEdition | None
    above: list[Code]
    below: Entries
    before: Code | None
    after: Code | None
    own: list[NoteGroup]
    inherited: list[Inherited]


def register(app: Flask) -> None:
    """Add the page to `app`."""
    app.add_url_rule("/codes/<system>/<code>", endpoint="pages.code", view_func=code_page)


@audience(ANYONE)
def code_page(system: str, code: str) -> str | Response:
    """The page of one code; any way to write it leads to its canonical address.

    It exists where the edition in force has the code, an article is about it, or a listed opening names it.
    """
    term = code_systems().get(system)
    wanted = page_form(system, code)
    if term is None or wanted is None:
        abort(404)
    day = asked_day()
    viewer = current_viewer()
    edition = queries.edition_in_force(system, day.day, viewer)
    row = db.session.get(Code, (system, edition.id, wanted)) if edition else None
    article = article_on(system, wanted)
    if row is None and range_ends(system, wanted):
        return range_page(term, code, wanted, edition, day)
    history = history_of(system, wanted, edition, viewer)
    if row is None and history is not None:
        row = history.row
    if row is None and system == SYSTEM and edition and (page := stem_page(term, code, wanted, edition, day)):
        return page
    if row is None and article is None and not is_named(system, wanted):
        abort(404)
    if wanted != code:
        return redirect(dated_url("pages.code", system=system, code=wanted), MOVED_FOR_GOOD)
    return render_template(
        "pages/code.html",
        term=term,
        code=wanted,
        shown=shown(wanted),
        place=_place(row, history.held_by, day.day) if row and history else None,
        history=history,
        marked=marked,
        article=article,
        article_html=render(article.body, 3) if article else Markup(),
        notice=NOTICES.get(system),
        openings=openings_with(system, wanted, OPENINGS, family=row is not None and row.kind == "chapter"),
        pcs=pcs_parts(system, wanted, edition, day.day, viewer) if row else None,
        data=code_data(system, wanted, row, viewer, day.day),
        systems=code_systems(),
        day=day,
        edition=edition,
        standing=standing(edition, day.day) if edition else "",
        canonical=full_address("pages.code", system=system, code=wanted),
    )


def _place(code: Code, edition: CodeEdition | None, day: date) -> Place:
    above = queries.ancestors(code)
    notes_of = queries.notes_in_force(code.system, day)
    own, inherited = queries.notes(code, above, notes_of)
    every = [*own, *(note for each in inherited for note in each.notes)]
    existing = queries.existing(code.edition_id, candidates(every))
    before, after = queries.neighbours(code)
    return Place(
        code=code,
        edition=edition,
        notes_of=notes_of,
        above=above,
        below=entries_below(code, asked_page()),
        before=before,
        after=after,
        own=grouped(own, existing),
        inherited=[Inherited(each.origin, grouped(each.notes, existing)) for each in inherited],
    )
