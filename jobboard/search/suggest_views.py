"""Suggestions for the search box, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from flask import jsonify, request

from jobboard.access.audience import ANYONE, audience
from jobboard.access.limits import limited
from jobboard.search.suggesting import known_within
from jobboard.search.views import blueprint

if TYPE_CHECKING:
    from flask import Response

_KEPT_SECONDS = 60
_PATIENCE_SECONDS = 0.5


@blueprint.get("/jobs/suggest")
@limited("suggest", "300/minute", methods=("GET",))
@audience(ANYONE)
def suggest() -> Response:
    """`{"query": …, "suggestions": [{value, label, kind, openings, detail}, …]}` for what `q` begins.

    `value` is the new text of the box. The answer is the same for everybody and may be kept for a minute. A process
    that has only begun to count what is carried suggests nothing for a moment.
    """
    typed = request.args.get("q", "")
    there = known_within(_PATIENCE_SECONDS)
    found = there.suggester.suggest(typed) if there is not None else ()
    answer = jsonify(query=typed, suggestions=[asdict(one) for one in found])
    answer.headers["Cache-Control"] = "no-store" if there is None else f"public, max-age={_KEPT_SECONDS}"
    return answer
