"""The notice that a licensed edition asks its readers to accept, and their word that they do."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobboard import clock, unit_of_work
from jobboard.access.audience import SIGNED_IN, audience
from jobboard.access.limits import limited
from jobboard.access.return_path import local_path
from jobboard.codes import licences
from jobboard.codes.models import CodeEdition
from jobboard.codes.rules import Viewer, is_open_to
from jobboard.codes.systems import code_systems
from jobboard.codes.viewers import current_viewer, forget_viewer
from jobboard.codes.views import blueprint


@blueprint.get("/codes/licence/<int:edition_id>")
@audience(SIGNED_IN)
def licence(edition_id: int) -> str:
    """The notice of an edition, for those who may read it once they have accepted."""
    viewer = current_viewer()
    edition = _edition(edition_id, viewer)
    return render_template(
        "codes/licence.html",
        edition=edition,
        term=code_systems()[edition.system],
        accepted_at=licences.accepted_at(edition, viewer),
        next=_back(edition),
    )


@blueprint.post("/codes/licence/<int:edition_id>")
@audience(SIGNED_IN)
@limited("accept a notice", "60/hour", per="account")
def accept_licence(edition_id: int) -> Response:
    """Note that the reader accepts the notice, once, and lead back to where they came from."""
    viewer = current_viewer()
    edition = _edition(edition_id, viewer)
    licences.accept(edition, viewer)
    unit_of_work.commit()
    forget_viewer()
    flash("You accepted the notice. The official descriptions are open to you now.", "success")
    return redirect(_back(edition), 303)


def _edition(edition_id: int, viewer: Viewer) -> CodeEdition:
    edition = licences.edition_with_notice(edition_id)
    if edition is None or not is_open_to(edition, viewer, clock.today()):
        abort(404)
    return edition


def _back(edition: CodeEdition) -> str:
    return local_path(request.values.get("next"), url_for("codes.system", system=edition.system))
