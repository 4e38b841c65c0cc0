"""A reader without an account: a random name in a signed cookie of the browser, for one month."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from flask import after_this_request, current_app, request
from itsdangerous import BadSignature, Signer

from jobboard.access.limits import network_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

COOKIE: Final = "code_guest"
_NAME: Final = re.compile(r"[0-9a-f]{32}")
_LONGEST: Final = 200
_SECONDS_OF_A_DAY: Final = 86_400


def guest_of_request() -> str | None:
    """The name of the guest whose browser this is; None where it has none, or one that we did not sign."""
    signed = request.cookies.get(COOKIE, "")
    if not signed or len(signed) > _LONGEST:
        return None
    try:
        name = _signer().unsign(signed).decode()
    except (BadSignature, UnicodeError):
        return None
    return name if _NAME.fullmatch(name) else None


def new_guest() -> str:
    """A name that nobody has."""
    return secrets.token_hex(16)


def remember_guest(name: str, today: date) -> None:
    """Have the answer to this request name the browser until the month of `today` is over."""
    days = (next_month(today) - today).days

    @after_this_request
    def name_it(response: Response) -> Response:
        response.set_cookie(
            COOKIE,
            _signer().sign(name).decode(),
            max_age=days * _SECONDS_OF_A_DAY,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure,
        )
        return response


def next_month(today: date) -> date:
    """The first day of the month after that of `today`."""
    return (today.replace(day=1) + timedelta(days=32)).replace(day=1)


def network_name(period: str) -> str:
    """A keyed hash of the network from which this request comes, another one in each period."""
    network = network_of(request.remote_addr or "")
    key = str(current_app.secret_key or "").encode()
    return hmac.new(key, f"code views {period} {network}".encode(), hashlib.sha256).hexdigest()


def _signer() -> Signer:
    return Signer(current_app.secret_key or "", salt="code guest")
