"""`GET /api/v1/codes`: the search of codes for programs; one code is in `code_detail`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Response, request

from jobboard.access.audience import ANYONE, audience
from jobboard.access.limits import limited
from jobboard.access.row_numbers import row_number
from jobboard.api import code_detail
from jobboard.api.problems import WrongParameter, wrong_parameter
from jobboard.code_search.finder import find
from jobboard.code_search.request import CodeSearch
from jobboard.codes.licence_use import shows_some_of
from jobboard.codes.lookup import LONGEST_QUERY, tidied
from jobboard.codes.systems import code_systems
from jobboard.codes.viewers import current_viewer
from jobboard.mail.addresses import full_address

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.datastructures import MultiDict

PARAMETERS = ("q", "system", "size")
USUAL_SIZE = 10
LARGEST_SIZE = 100


@dataclass(frozen=True, slots=True)
class CodesRequest:
    """What a request asks for; `system` is None for all."""

    query: str
    system: str | None
    size: int


def register(app: Flask) -> None:
    """Add the views to `app`."""
    app.add_url_rule("/api/v1/codes", endpoint="api.codes", view_func=codes)
    app.add_url_rule("/api/v1/codes/<system>/<code>", endpoint="api.code", view_func=code_detail.code)


@audience(ANYONE)
@limited("codes", "120/minute", methods=("GET",))
def codes() -> Response:
    """The codes that `q` finds, best first."""
    try:
        asked = read_request(request.args)
    except WrongParameter as problem:
        return wrong_parameter(problem)
    search = CodeSearch(asked.query, asked.system or "", size=asked.size, counts=False)
    hits = find(search, current_viewer()).hits if asked.query else ()
    shows_some_of({hit.edition_id for hit in hits})
    base = full_address("codes.index")
    results = [
        {
            "system": hit.system,
            "code": hit.code,
            "description": hit.description,
            "url": f"{base}/{hit.system}/{quote(hit.code)}",
        }
        for hit in hits
    ]
    return Response(json.dumps({"results": results}), mimetype="application/json")


def read_request(arguments: MultiDict[str, str]) -> CodesRequest:
    """Read the parameters; raises WrongParameter naming the first that is wrong."""
    for name in arguments:
        if name not in PARAMETERS:
            raise WrongParameter(name, f"{name} is not a parameter; there are {', '.join(PARAMETERS)}")
        if len(arguments.getlist(name)) > 1:
            raise WrongParameter(name, f"{name} is given more than once")
    query = tidied(arguments.get("q", ""))
    if len(query) > LONGEST_QUERY:
        raise WrongParameter("q", f"q is longer than {LONGEST_QUERY} characters")
    system = arguments.get("system") or None
    known = code_systems().slugs
    if system is not None and system not in known:
        raise WrongParameter("system", f"system is none of {', '.join(known)}")
    size = arguments.get("size", str(USUAL_SIZE))
    number = row_number(size)
    if number is None or not 1 <= number <= LARGEST_SIZE:
        raise WrongParameter("size", f"size is a whole number from 1 to {LARGEST_SIZE}")
    return CodesRequest(query, system, number)
