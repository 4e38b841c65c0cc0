from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

    from tests.conftest import Player

PACKED = {"Accept-Encoding": "gzip"}


def called_by_requests(app: Flask) -> Iterator[Callable]:
    yield from app.view_functions.values()
    for by_blueprint in (app.before_request_funcs, app.after_request_funcs, app.teardown_request_funcs):
        for functions in by_blueprint.values():
            yield from functions
    yield from app.teardown_appcontext_funcs
    for handlers in app.error_handler_spec.values():
        for by_class in handlers.values():
            yield from by_class.values()


def test_nothing_that_a_request_calls_is_a_coroutine(app: Flask) -> None:
    functions = list(called_by_requests(app))
    assert len(functions) > 100
    assert not [each for each in functions if inspect.iscoroutinefunction(each)]


def test_pages_are_compressed_and_what_fits_two_packets_is_not(app: Flask) -> None:
    client = app.test_client()
    with app.app_context():
        page = client.get("/", headers=PACKED)
    with app.app_context():
        small = client.get("/codes/suggest?q=nothing", headers=PACKED)
    assert page.headers["Content-Encoding"] == "gzip"
    assert len(page.data) == int(page.headers["Content-Length"])
    assert "Content-Encoding" not in small.headers
    assert set(page.headers["Vary"].split(", ")) == {"Accept-Encoding", "Cookie"}
    assert small.headers["Vary"] == "Cookie"


def test_an_answer_says_once_that_it_depends_on_the_cookie(ana: Player, visitor: Player) -> None:
    for player in (ana, visitor):
        for path in ("/", "/codes/suggest?q=a", "/api/v1/codes?q=a"):
            named = player.client.get(path).headers["Vary"].split(", ")
            assert len(named) == len(set(named))
            assert "Cookie" in named, path
