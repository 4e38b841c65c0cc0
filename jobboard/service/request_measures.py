"""Counts and times every request, from its arrival to its finished answer."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any

from flask import g, request, request_finished, request_started

from jobboard.measures import measures

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

# Anybody may send any word as a method; only these get a series of their own.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def measure_requests(app: Flask) -> None:
    """Have every request of `app` counted, the failed and the refused included."""
    request_started.connect(_begin, app)
    request_finished.connect(_end, app)


def _begin(_app: Flask, **_facts: Any) -> None:
    g.began_at = perf_counter()


def _end(_app: Flask, response: Response, **_facts: Any) -> None:
    endpoint = request.endpoint or "none"
    method = request.method if request.method in _METHODS else "other"
    measures().answered(endpoint, method, f"{response.status_code // 100}xx", perf_counter() - g.began_at)
