"""A page of results that stands already asks for its changing part only; everybody else gets the whole page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask.testing import FlaskClient

from tests.search.conftest import a_company, a_posting

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from jobboard.search.comparing import Comparison
    from tests.conftest import Player


def test_the_part_is_what_stands_in_the_whole_page(
    app: Flask, visitor: Player, drained: Callable[[], Comparison]
) -> None:
    a_posting(a_company(), "Urology coder")
    drained()
    whole = visitor.get("/jobs?q=urology")
    # A part is no page, so it is not looked at as one.
    part = FlaskClient(app).get("/jobs?q=urology", headers={"HX-Request": "true"})
    start = whole.text.index('<div id="search"')
    assert "<title>Openings for “urology” · CareerCenter</title>" in part.text
    assert "<html" not in part.text
    main = part.text[part.text.index('<div id="search"') :].strip()
    assert whole.text[start : start + len(main)] == main
    assert "Urology</mark> coder" in main
    for answer in (whole, part):
        assert "HX-Request" in answer.headers["Vary"]
    assert part.headers["Cache-Control"] == "private, no-store"


def test_a_step_back_gets_the_whole_page(visitor: Player, app: Flask) -> None:
    page = visitor.get("/jobs", headers={"HX-History-Restore-Request": "true"})
    assert "<html" in page.text
    assert "data-hx-history-elt" in page.text
