"""Errors of the interface as problem details (RFC 9457)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import jsonify

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response


class WrongParameter(ValueError):
    """A parameter that is unknown or has a value it cannot have."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(words)
        self.name = name
        self.words = words


def wrong_parameter(wrong: WrongParameter) -> Response:
    """400 for one wrong parameter."""
    return problem(400, "A parameter is wrong", {wrong.name: wrong.words.removeprefix(f"{wrong.name} ")})


def problem(status: int, title: str, parameters: Mapping[str, str] | None = None) -> Response:
    """A problem+json answer; `parameters` maps what was wrong to why."""
    body: dict[str, object] = {"type": "about:blank", "title": title, "status": status}
    if parameters:
        body["detail"] = "; ".join(f"{name} {words}" for name, words in sorted(parameters.items()))
        body["invalid"] = [{"name": name, "reason": words} for name, words in sorted(parameters.items())]
    response = jsonify(body)
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response
