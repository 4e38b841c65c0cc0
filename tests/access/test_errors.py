from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from flask import Blueprint, abort
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from jobboard import create_app, unit_of_work
from jobboard.access.audience import ANYONE, audience
from jobboard.accounts.models import Person
from jobboard.database import db
from tests.conftest import CheckedClient, Player, browser

if TYPE_CHECKING:
    from flask import Flask

    from jobboard.settings import Settings

broken = Blueprint("broken", __name__)


@broken.route("/broken/<how>", methods=["GET", "POST"])
@broken.route("/api/broken/<how>", endpoint="api")
@audience(ANYONE)
def breaks(how: str) -> str:
    db.session.add(Person(email="half@example.org", email_key="half@example.org", password_hash="!"))
    db.session.flush()
    match how:
        case "locked":
            raise OperationalError("INSERT", {}, Exception("database is locked"))
        case "stale":
            raise unit_of_work.ChangedByAnother
        case "fault":
            raise RuntimeError("the secret reason")
        case "words":
            abort(403, "Nobody moderates a posting of their own company.")
    abort(int(how))


@pytest.fixture
def client(board_settings: Callable[..., Settings]) -> Iterator[CheckedClient]:
    """A visitor at a board with views that fail, answering as in service."""
    board = create_app(board_settings())
    board.register_blueprint(broken)
    board.config["PROPAGATE_EXCEPTIONS"] = False
    with board.app_context():
        yield browser(board)
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(
    ("how", "code"),
    [
        *((str(code), code) for code in (400, 403, 404, 405, 409, 410, 413, 415, 418, 429, 500, 503)),
        ("locked", 503),
        ("stale", 409),
        ("fault", 500),
    ],
)
def test_every_failure_has_a_page_and_a_problem_and_stores_nothing(
    client: CheckedClient, how: str, code: int
) -> None:
    page = client.get(f"/broken/{how}")
    assert (page.status_code, page.mimetype) == (code, "text/html")
    assert 'name="robots" content="noindex"' in page.text
    problem = client.get(f"/api/broken/{how}")
    assert (problem.status_code, problem.mimetype) == (code, "application/problem+json")
    assert problem.json["status"] == code
    for text in (page.text, problem.text):
        assert "secret reason" not in text
        assert "Traceback" not in text
    posted = client.post_form(f"/broken/{how}", {})
    assert posted.status_code == code
    assert db.session.query(Person).count() == 0


def test_the_words_of_a_view_are_shown(client: CheckedClient) -> None:
    assert "Nobody moderates a posting of their own company." in client.get("/broken/words").text
    detail = client.get("/api/broken/words").json["detail"]
    assert detail == "Nobody moderates a posting of their own company."


def test_a_fault_names_a_reference_that_stands_in_the_log(
    client: CheckedClient, caplog: pytest.LogCaptureFixture
) -> None:
    reference = client.get("/api/broken/fault").json["reference"]
    assert any(f"reference {reference}" in record.getMessage() for record in caplog.records)


def test_who_must_wait_is_told_how_long(client: CheckedClient) -> None:
    assert client.get("/broken/locked").headers["Retry-After"] == "5"


def test_an_address_that_is_not_there_is_answered_in_kind(client: CheckedClient) -> None:
    assert "This page is not here" in client.get("/nowhere").text
    assert client.get("/api/v9/nothing").mimetype == "application/problem+json"


@pytest.mark.parametrize(
    ("words", "code"), [("database is locked", 503), ("unable to open database file", 500)]
)
def test_who_is_signed_in_sees_a_page_though_the_database_answers_nothing(
    app: Flask, ana: Player, words: str, code: int
) -> None:
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def fail(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception(words))

    event.listen(db.engine, "before_cursor_execute", fail)
    try:
        with app.app_context():
            page = FlaskClient.open(ana.client, "/account")
    finally:
        event.remove(db.engine, "before_cursor_execute", fail)
    assert page.status_code == code
    assert "<h1" in page.text
    assert ana.get("/account").status_code == 200
