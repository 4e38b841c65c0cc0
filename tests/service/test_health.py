"""What machines are told: that the board lives, whether it is fit to serve, and which part is not."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, text

from jobboard import clock
from jobboard.database import db
from jobboard.mail import queries as mail
from jobboard.search import drain
from jobboard.search.index import openings_index
from jobboard.search.rebuild import ensure
from jobboard.service import readiness
from search_index import State, Unavailable
from tests.applications.openings import company_of, opened
from tests.serving import eventually

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

    from tests.conftest import Player


HANGING = 1.5


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that is busy with other tests answers late; where something hangs, a test shortens this."""
    monkeypatch.setattr(readiness, "PATIENCE_SECONDS", 30.0)


@pytest.fixture
def indexed(app: Flask) -> Iterator[Flask]:
    with openings_index().writing() as index:
        ensure(index)
    openings_index().rest(now=True)
    return app


def asked(player: Player) -> tuple[int, dict]:
    answer = player.get("/readyz")
    return answer.status_code, answer.get_json()


@pytest.fixture
def no_database(app: Flask) -> Callable[[], None]:
    """Call it, and from then on no connection is made, as to a server that is away."""

    def refuse(*_: object) -> None:
        raise app.extensions["sqlalchemy"].engine.dialect.dbapi.OperationalError(
            "no connection for password hush"
        )

    def lose() -> None:
        db.session.remove()
        db.engine.dispose()
        event.listen(db.engine, "do_connect", refuse)

    return lose


def test_alive_asks_nothing_and_gives_no_cookie(ana: Player, no_database: Callable[[], None]) -> None:
    no_database()
    answer = ana.get("/healthz")
    assert (answer.status_code, answer.get_data(as_text=True)) == (200, "ok\n")
    assert "Set-Cookie" not in answer.headers
    assert ana.get("/account").status_code >= 500


def test_ready_says_that_every_part_is(indexed: Flask, visitor: Player) -> None:
    assert asked(visitor) == (
        200,
        {
            "status": "ready",
            "database": "ready",
            "search": "ready",
            "outbox": {"queued": 0, "oldest_seconds": 0, "refused": 0},
            "letters": {"due": 0, "oldest_seconds": 0, "put_off": 0, "failed": 0},
        },
    )


def test_without_the_search_pages_are_served_and_the_answer_says_so(app: Flask, visitor: Player) -> None:
    assert asked(visitor)[1]["search"] == "missing"
    status, said = asked(visitor)
    assert (status, said["status"], said["database"]) == (200, "degraded", "ready")
    assert visitor.get("/jobs").status_code == 200


def test_an_engine_that_raises_is_away(
    indexed: Flask, visitor: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> State:
        raise Unavailable("https://elastic:secret@search.example.org does not answer")

    monkeypatch.setattr(openings_index().reader, "state", away)
    answer = visitor.get("/readyz")
    assert (answer.status_code, answer.get_json()["search"]) == (200, "away")
    assert "secret" not in answer.get_data(as_text=True)


def test_an_engine_that_hangs_is_waited_for_by_one_alone(
    indexed: Flask, visitor: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    release, asking = threading.Event(), []

    def hang() -> State:
        asking.append(threading.current_thread())
        release.wait(30)
        return State.READY

    def noticed() -> bool:
        status, said = asked(visitor)
        assert said["search"] == "no answer"
        return (status, said["status"]) == (200, "degraded")

    monkeypatch.setattr(openings_index().reader, "state", hang)
    with monkeypatch.context() as shorter:
        shorter.setattr(readiness, "PATIENCE_SECONDS", HANGING)
        try:
            for _ in range(2):
                eventually(noticed, "the database's answer beside a search that hangs")
            assert len(asking) == 1
        finally:
            release.set()
            asking[0].join(10)
    assert asked(visitor)[1]["search"] == "ready"


def test_without_the_database_nothing_should_be_sent_here(
    indexed: Flask, visitor: Player, no_database: Callable[[], None]
) -> None:
    no_database()
    answer = visitor.get("/readyz")
    said = answer.get_json()
    assert (answer.status_code, said["status"], said["database"]) == (503, "unavailable", "away")
    assert (said["search"], said["outbox"], said["letters"]) == ("ready", None, None)
    assert "hush" not in answer.get_data(as_text=True)


def test_a_database_that_hangs_is_not_waited_for(
    indexed: Flask, visitor: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one behind a wall that drops what is sent to it."""
    release, asking = threading.Event(), []

    def hang(*_: object) -> None:
        asking.append(threading.current_thread())
        release.wait(30)

    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "do_connect", hang)
    with monkeypatch.context() as shorter:
        shorter.setattr(readiness, "PATIENCE_SECONDS", HANGING)
        try:
            status, said = asked(visitor)
            assert (status, said["status"], said["database"]) == (503, "unavailable", "no answer")
            assert visitor.get("/healthz").status_code == 200
            assert len(asking) == 1
        finally:
            release.set()
            asking[0].join(10)
    assert asked(visitor)[1]["status"] == "ready"


def test_a_database_of_another_version_is_named(indexed: Flask, visitor: Player) -> None:
    db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    db.session.commit()
    status, said = asked(visitor)
    assert (status, said["database"], said["outbox"]) == (503, "not migrated", None)


def test_what_waits_is_counted(indexed: Flask, visitor: Player, eve: Player, mo: Player) -> None:
    opened(company_of(eve, "Mercy Hospital"), eve, mo)
    with clock.moved_by(timedelta(minutes=2)):
        letters = mail.letters_now()
        outbox = drain.outbox_now()
    said = asked(visitor)[1]
    assert said["outbox"]["queued"] == outbox.queued == 1
    assert said["letters"]["due"] == letters.due > 0
    assert 120 <= outbox.oldest_seconds < 600
    assert 120 <= letters.oldest_seconds < 600
