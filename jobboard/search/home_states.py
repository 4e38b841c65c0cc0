"""The states where somebody can be hired, remembered by the browser from one visit to the next.

They are remembered when chosen and only ever offered again: nothing is narrowed that the address does not say.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import current_app

from jobboard.places import state
from jobboard.search.request import NOT_STATED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response

    from jobboard.search.request import SearchRequest

COOKIE = "hires_in"
_A_YEAR = 365 * 86_400
# Who may be hired in more states than this needs no help with one.
_MOST = 5


def remembered(cookies: Mapping[str, str]) -> tuple[str, ...]:
    """The two-letter states that the browser remembers; what is none is left out."""
    codes = cookies.get(COOKIE, "")[:40].split(".")
    found = (home.code for code in codes if len(code) == 2 and (home := state(code)))
    return tuple(dict.fromkeys(found))[:_MOST]


def remember(answer: Response, asked: SearchRequest, known: tuple[str, ...]) -> None:
    """Have the browser remember the states of this search, if it names some and they are others than it knows."""
    chosen = tuple(code for code in asked.facets.get("hires_in", ()) if code != NOT_STATED)[:_MOST]
    if not chosen or chosen == known:
        return
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    answer.set_cookie(
        COOKIE, ".".join(chosen), max_age=_A_YEAR, path="/jobs", httponly=True, samesite="Lax", secure=secure
    )


def forget(answer: Response) -> None:
    """Have the browser remember nothing."""
    answer.delete_cookie(COOKIE, path="/jobs", httponly=True, samesite="Lax")


def with_states(asked: SearchRequest, states: tuple[str, ...]) -> SearchRequest:
    """The same search, narrowed to remote work that may be done in these states."""
    return replace(asked, facets={**asked.facets, "hires_in": states}, page=1)
