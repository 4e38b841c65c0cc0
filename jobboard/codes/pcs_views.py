"""`/codes/icd10pcs/compose`: a code of ICD-10-PCS put together character by character, with links alone."""

from __future__ import annotations

import re
from typing import Final

from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response

from jobboard.access.audience import ANYONE, audience
from jobboard.access.limits import limited
from jobboard.codes import queries
from jobboard.codes.licence_use import shows
from jobboard.codes.pcs_composing import compose
from jobboard.codes.pcs_reading import SYSTEM, WHOLE_LENGTH
from jobboard.codes.service_day import asked_day, dated_url, standing
from jobboard.codes.systems import code_systems
from jobboard.codes.viewers import current_viewer
from jobboard.codes.views import blueprint
from jobboard.mail.addresses import full_address

_SHAPE: Final = re.compile(r"[0-9A-HJ-NP-Z]{0,7}")


@blueprint.get("/codes/icd10pcs/compose", endpoint="compose")
@audience(ANYONE)
@limited("codes", "120/minute", methods=("GET",))
def compose_page() -> str | Response:
    """The characters chosen so far (`code`), and the values of the next axis; a whole code leads to its page."""
    typed = "".join(request.args.get("code", "").split()).upper()
    if not _SHAPE.fullmatch(typed):
        abort(
            400,
            "“code” is the beginning of a code of ICD-10-PCS: up to seven digits and capital letters, without I and O.",
        )
    day, viewer = asked_day(), current_viewer()
    edition = queries.edition_in_force(SYSTEM, day.day, viewer)
    composition = compose(typed, edition, day.day, viewer) if edition else None
    if composition and len(composition.stem) == WHOLE_LENGTH:
        return redirect(dated_url("pages.code", system=SYSTEM, code=composition.stem))
    shows(edition if composition else None)
    return render_template(
        "codes/compose.html",
        term=code_systems()[SYSTEM],
        typed=typed,
        composition=composition,
        day=day,
        edition=edition,
        standing=standing(edition, day.day) if edition else "",
        canonical=full_address("codes.compose"),
    )
