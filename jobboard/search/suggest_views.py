"""Suggestions for the search box, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from flask import jsonify, request

from jobboard.access.audience import ANYONE, audience
from jobboard.access.limits import limited
from jobboard.search.suggesting import known
from jobboard.search.views import blueprint

if TYPE_CHECKING:
    from flask import Response

_KEPT_SECONDS = 60


@blueprint.get("/jobs/suggest")
@limited("suggest", "300/minute", methods=("GET",))
@audience(ANYONE)
def suggest() -> Response:
    """`{"query": …, "suggestions": [{value, label, kind, openings, detail}, …]}` for what `q` begins.

    `value` is the new text of the box. The answer is the same for everybody and may be kept for a minute.
    """
    typed = request.args.get("q", "")
    answer = jsonify(query=typed, suggestions=[asdict(one) for one in known().suggester.suggest(typed)])
    answer.headers["Cache-Control"] = f"public, max-age={_KEPT_SECONDS}"
    return answer
