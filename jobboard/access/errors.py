"""What somebody sees when a request goes wrong: a page that says how to go on, or problem+json for the API."""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from flask import current_app, g, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException, InternalServerError, NotFound, ServiceUnavailable

from jobboard import unit_of_work
from jobboard.access.write_lock import let_go_of_write_lock
from jobboard.database import passes

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response

_WITH_A_PAGE = frozenset({400, 403, 404, 405, 409, 410, 413, 429, 500, 503})
_BUSY_SECONDS = 5
# A row that must be unique is there already; a row that is spoken of is gone.
_LOST_RACES = frozenset({"23505", "23503"})
_SECRET = ("password", "csrf_token")

log = logging.getLogger(__name__)


def answer_errors(app: Flask) -> None:
    """Answer every failed request of `app` in the house's own words."""
    app.register_error_handler(CSRFError, _token_is_over)
    app.register_error_handler(HTTPException, _went_wrong)
    app.register_error_handler(unit_of_work.ChangedByAnother, _changed_by_another)
    app.register_error_handler(OperationalError, _database_is_away)
    app.register_error_handler(NoConnection, _database_is_away)
    app.register_error_handler(IntegrityError, _two_at_once)
    app.register_error_handler(DataError, _cannot_be_held)


def _went_wrong(problem: HTTPException) -> Response:
    """The answer to any HTTP error; a redirect or an answer that a view made itself stays what it is."""
    if problem.code is None or problem.code < 400 or problem.response is not None:
        return problem.get_response(request.environ)
    _forget()
    code = problem.code
    retry_after = getattr(problem, "retry_after", None)
    reference = ""
    if isinstance(problem, InternalServerError):
        if isinstance(problem.original_exception, DBAPIError):
            ask_nobodys_name()
        reference = secrets.token_hex(4)
        log.error("reference %s: %s %s", reference, request.method, request.path)
    said = problem.description if problem.description != type(problem).description else ""
    if request.path.startswith("/api/"):
        answer: Response = _problem(code, problem.name, said or "", reference)
    else:
        page = code if code in _WITH_A_PAGE else (500 if code >= 500 else 400)
        facts: dict[str, Any] = {"message": said, "retry_after": retry_after, "reference": reference}
        answer = make_response(render_template(f"errors/{page}.html", **facts), code)
    for name, value in problem.get_headers(request.environ):
        if name not in {"Content-Type", "Content-Length"}:
            answer.headers.set(name, value)
    return answer


def _changed_by_another(_stale: Exception) -> ResponseReturnValue:
    _forget()
    if request.path.startswith("/api/"):
        return _problem(409, "Conflict", "Somebody else changed this first.", "")
    return render_template("errors/409.html"), 409


def _two_at_once(problem: IntegrityError) -> ResponseReturnValue:
    """Where the database lets two write side by side, both may look before either has written; one is told."""
    if getattr(problem.orig, "sqlstate", None) not in _LOST_RACES:
        raise problem
    # Without the statement: its values are people's.
    log.warning("two at once: %s %s", request.method, request.path)
    return _changed_by_another(problem)


def _cannot_be_held(problem: DataError) -> ResponseReturnValue:
    """A NUL in an address is no fault of the board: PostgreSQL holds none in text, and so has nothing under it."""
    if "\0" not in unquote(request.full_path):
        raise problem
    return _went_wrong(NotFound())


def _database_is_away(problem: Exception) -> ResponseReturnValue:
    """A database that is locked, closing or full of connections is away for a moment; anything else is a fault."""
    if not isinstance(problem, NoConnection) and not passes(problem):
        raise problem
    log.error("the database is away: %s", getattr(problem, "orig", problem))
    ask_nobodys_name()
    return _went_wrong(ServiceUnavailable(retry_after=_BUSY_SECONDS))


def _token_is_over(problem: CSRFError) -> ResponseReturnValue:
    """Show again what was typed, to be sent with a fresh token.

    Forms of other sites were refused before this, by their origin; so what stands here came from our own pages.
    """
    _forget()
    if request.path.startswith("/api/"):
        return _problem(400, "Bad Request", problem.description or "", "")
    kept, left_out = [], []
    for name, values in request.form.lists():
        if name != "csrf_token":
            if any(word in name for word in _SECRET):
                left_out.append("the password")
            else:
                kept += [(name, value) for value in values]
    if any(file.filename for file in request.files.values()):
        left_out.append("the file")
    action = request.full_path.rstrip("?")
    return render_template("errors/token.html", kept=kept, left_out=left_out, action=action), 400


def _problem(code: int, title: str, detail: str, reference: str) -> Response:
    """An error of the API as RFC 9457 has it."""
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": code}
    if detail:
        body["detail"] = detail
    if reference:
        body["reference"] = reference
    answer = jsonify(body)
    answer.status_code = code
    answer.mimetype = "application/problem+json"
    return answer


def ask_nobodys_name() -> None:
    """Answer as to a stranger: who is signed in, only the database could say, and it may be away."""
    g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]


def _forget() -> None:
    """Drop what the failed request left half done, so that its page neither stores it nor holds the lock."""
    let_go_of_write_lock()
    try:
        unit_of_work.rollback()
    except Exception:
        log.exception("the unit of work could not be rolled back")
