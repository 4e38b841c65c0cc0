"""What machines ask: whether the board lives, whether it is fit to serve, and what it has counted."""

from __future__ import annotations

from dataclasses import asdict
from hmac import compare_digest
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, Response, abort, current_app, jsonify, request
from prometheus_client.exposition import choose_encoder

from jobboard.access.audience import ANYONE, audience
from jobboard.access.errors import ask_nobodys_name
from jobboard.measures import all_measures
from jobboard.service.backlog_measures import BacklogCollector
from jobboard.service.readiness import readiness

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("service", __name__)


@blueprint.url_value_preprocessor
def _of_a_machine(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # Before anything asks the database who is signed in: it may be away, which is what these addresses tell.
    ask_nobodys_name()


@blueprint.get("/healthz")
@audience(ANYONE)
def healthz() -> ResponseReturnValue:
    """200 while the process answers at all. Asks nothing and nobody: restarting it would mend no other part."""
    return _plain("ok\n")


@blueprint.get("/readyz")
@audience(ANYONE)
def readyz() -> ResponseReturnValue:
    """Whether requests should be sent here: 503 without the database, 200 otherwise, with what is wrong.

    Without the search engine (or while its index is being made) the answer is 200 and `degraded`: all pages still
    answer, the list of openings with the newest ones, and every machine uses the same engine. A load balancer that
    took them all out would turn a board without search into no board.
    """
    found = readiness(_app())
    said = {
        "status": found.status,
        "database": found.database,
        "search": found.search,
        "outbox": asdict(found.backlog.outbox) if found.backlog else None,
        "letters": asdict(found.backlog.letters) if found.backlog else None,
    }
    answer = jsonify(said)
    answer.status_code = 503 if found.status == "unavailable" else 200
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/metrics")
@audience(ANYONE)
def metrics() -> ResponseReturnValue:
    """What was counted, as Prometheus reads it, for who sends the token of the settings; 404 where none is set."""
    token: str = current_app.extensions["settings"].metrics_token
    if not token:
        abort(404)
    given = request.headers.get("Authorization", "")
    if not compare_digest(given.encode("latin-1", "replace"), f"Bearer {token}".encode("latin-1")):
        refused = _plain("a bearer token is needed\n", 401)
        refused.headers["WWW-Authenticate"] = "Bearer"
        return refused
    registry = all_measures()
    registry.register(BacklogCollector(readiness(_app())))
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return Response(encode(registry), content_type=content_type, headers={"Cache-Control": "no-store"})


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]


def _plain(words: str, status: int = 200) -> Response:
    return Response(
        words, status, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )
