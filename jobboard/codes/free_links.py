"""Links to code pages that cost no view: those from a posting. They hold for a week or so, and for one code.

The token is the last day on which it holds and a signature, so that all links made on one day are alike.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from urllib.parse import unquote

from flask import current_app, request
from itsdangerous import BadSignature, Signer

from jobboard import clock
from jobboard.codes.allowance import is_metered

PARAMETER: Final = "from"
HOLDS: Final = timedelta(days=7)
_LONGEST: Final = 100


def free_token(system: str, code: str) -> str:
    """A token for the page of the canonical `code`, made today."""
    until = (clock.today() + HOLDS).isoformat()
    return f"{until}.{_signer().get_signature(f'{system}/{code}/{until}').decode()}"


def link_of_posting(path: str) -> str:
    """The address of a code's page as a posting links it: with a token, where views are counted at all."""
    parts = path.split("/")
    if len(parts) != 4 or parts[1] != "codes" or "?" in path or not is_metered():
        return path
    return f"{path}?{PARAMETER}={free_token(parts[2], unquote(parts[3]))}"


def comes_free(system: str, code: str) -> bool:
    """Whether the address of this request carries a token for `code` that still holds."""
    token = request.args.get(PARAMETER, "")
    until, dot, signature = token.partition(".")
    if not dot or len(token) > _LONGEST or not token.isascii():
        return False
    try:
        if date.fromisoformat(until) < clock.today():
            return False
        return _signer().verify_signature(f"{system}/{code}/{until}", signature)
    except (ValueError, BadSignature):
        return False


def _signer() -> Signer:
    return Signer(current_app.secret_key or "", salt="code link of a posting")
