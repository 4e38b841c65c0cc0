"""`GET /api/v1/codes`: the look-up of codes for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, jsonify, request

from jobboard.access.audience import ANYONE, audience
from jobboard.access.limits import limited
from jobboard.access.row_numbers import row_number
from jobboard.api.problems import WrongParameter, wrong_parameter
from jobboard.codes.look_up_everywhere import look_up_everywhere
from jobboard.codes.lookup import LONGEST_QUERY, tidied
from jobboard.codes.systems import code_systems
from jobboard.mail.addresses import full_address

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.datastructures import MultiDict

PARAMETERS = ("q", "system", "size")
USUAL_SIZE = 20
LARGEST_SIZE = 100


@dataclass(frozen=True, slots=True)
class CodesRequest:
    """What a request asks for; `system` is None for all."""

    query: str
    system: str | None
    size: int


def register(app: Flask) -> None:
    """Add the view to `app`."""
    app.add_url_rule("/api/v1/codes", endpoint="api.codes", view_func=codes)


@audience(ANYONE)
@limited("codes", "120/minute", methods=("GET",))
def codes() -> Response:
    """The codes that `q` finds, best first."""
    try:
        asked = read_request(request.args)
    except WrongParameter as problem:
        return wrong_parameter(problem)
    results = look_up_everywhere(asked.query, asked.system, asked.size) if asked.query else []
    return jsonify(
        results=[
            {
                "system": found.system,
                "code": found.code,
                "description": found.description,
                "url": full_address("pages.code", system=found.system, code=found.code),
            }
            for found in results
        ]
    )


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
