"""What every request passes: origin, audience, limits; and the headers every answer carries."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from flask import abort, current_app, g, request, session
from flask_login import current_user

from jobboard.access.audience import turn_away
from jobboard.access.errors import answer_errors
from jobboard.access.limits import enforce, forget_old_counts, network_of
from jobboard.access.write_lock import let_go_of_write_lock, take_write_lock
from jobboard.chores import add_chore
from jobboard.database import db

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from werkzeug.wrappers import Response

ViewT = TypeVar("ViewT", bound="Callable[..., Any]")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)


def guard(app: Flask) -> None:
    """Put the door in front of every view of `app`. Order matters: this is registered before all else."""
    app.before_request(_enter)
    app.teardown_request(_leave)
    app.after_request(_seal)
    answer_errors(app)
    add_chore(app, "forget old counts", timedelta(minutes=10), forget_old_counts)


def open_to_other_sites(view: ViewT) -> ViewT:
    """Label a view whose authority is a signed token in its address, so that other programs may send to it.

    It must use nothing of the session, and has to be exempted from the CSRF token by its room.
    """
    view.__open_to_other_sites__ = True  # type: ignore[attr-defined]
    return view


def _enter() -> Response | None:
    unsafe = request.method not in SAFE_METHODS
    view = current_app.view_functions.get(request.endpoint or "")
    if unsafe and not _same_origin() and not getattr(view, "__open_to_other_sites__", False):
        abort(403, "The form was sent from another site, or your browser does not say from where.")
    if request.endpoint is None or view is None or request.endpoint == "static":
        return None
    if limits := getattr(view, "__limits__", ()):
        enforce(view, "address", network_of(request.remote_addr or ""))
        if any(limit.per == "account" for limit in limits) and current_user.is_authenticated:
            db.session.commit()
            enforce(view, "account", str(current_user.person_id))
    answer = turn_away(current_app, request.endpoint)
    if answer is not None:
        return answer
    if unsafe:
        current_app.extensions["csrf"].protect(apply_exemptions=True)
        # Ends the reading transaction, so that the view's own takes the write lock when it begins.
        db.session.commit()
        take_write_lock()
    return None


def _leave(_problem: BaseException | None) -> None:
    let_go_of_write_lock()


def _same_origin() -> bool:
    """Whether an unsafe request comes from our own pages: browsers say so in one of three headers."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    try:
        return origin is not None and urlsplit(origin).netloc == request.host
    except ValueError:
        return False


def nonce() -> str:
    """The nonce of this response's scripts."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def let_forms_lead_to(address: str) -> None:
    """Let the forms of the page that is being made lead to another site: browsers hold redirects to the policy, too.

    `address` is an https address; anything else changes nothing.
    """
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname and not set(parts.netloc) & set(" ;,'\"@"):
        g.csp_form_target = f"https://{parts.netloc}"


def _seal(response: Response) -> Response:
    scripts = f"'self' 'nonce-{g.csp_nonce}'" if "csp_nonce" in g else "'self'"
    forms = f"'self' {g.csp_form_target}" if "csp_form_target" in g else "'self'"
    headers = response.headers
    policy = (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        f"connect-src 'self'; form-action {forms}; base-uri 'none'; frame-ancestors 'none'"
    )
    # Every answer passes here, and a look at a header that is missing costs as much as setting one.
    there = {name.lower() for name, _ in headers}
    if "content-security-policy" not in there:
        headers.add("Content-Security-Policy", policy)
    for name, value in _ALWAYS:
        if name.lower() not in there:
            headers.add(name, value)
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if session and request.endpoint not in {None, "static"} and current_user.is_authenticated:
        headers.setdefault("Cache-Control", "private, no-store")
    return response
