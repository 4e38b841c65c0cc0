"""A database that is restarted, out of reach, or asked by many at once: nothing is lost, and it is said in words."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError

from jobboard import create_app
from jobboard.accounts.models import Person
from jobboard.database import db, passes
from jobboard.employers.models import Company
from jobboard.settings import default_settings
from tests.conftest import Player, browser, signed_in
from tests.databases import PostgreSQLDatabases, engines_put_away
from tests.servers import postgresql
from tests.serving import clean_environment, eventually

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask

    from jobboard.settings import Settings
    from tests.page_check import CheckedClient
    from tests.servers.postgresql import OwnServer

UNREACHABLE = "postgresql://board:hush@127.0.0.1:1/board"
WRITERS, EACH = 12, 5


@pytest.fixture
def own_server() -> Iterator[OwnServer]:
    with postgresql.own_server() as server:
        yield server


@pytest.fixture
def board(own_server: OwnServer, tmp_path: Path) -> Iterator[Flask]:
    """A board on a server that the test may stop, answering as in service."""
    url = PostgreSQLDatabases(own_server, tmp_path / "made").migrated(tmp_path)
    settings = default_settings(
        tmp_path, secret_key="x" * 40, database_url=url, rate_limits=False, base_url="http://localhost"
    )
    app = create_app(settings)
    app.testing = True
    with engines_put_away(), app.app_context():
        yield app
        db.session.remove()


def found_company(client: CheckedClient, token: str, name: str) -> int:
    """Send the form that makes a company; returns the status."""
    answer = client.post(
        "/employers/new", data={"name": name, "csrf_token": token}, headers={"Origin": "http://localhost"}
    )
    return answer.status_code


def test_a_restart_between_two_requests_is_not_noticed(board: Flask, own_server: OwnServer) -> None:
    ana = signed_in(board, "Ana")
    assert ana.get("/account").status_code == 200
    own_server.halt()
    own_server.start()
    assert ana.get("/account").status_code == 200


def test_while_it_is_away_a_page_says_so_and_afterwards_all_is_well(
    board: Flask, own_server: OwnServer
) -> None:
    client = browser(board)
    assert client.get("/jobs").status_code == 200
    own_server.halt()
    answer = client.get("/jobs")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    own_server.start()
    assert client.get("/jobs").status_code == 200


def test_what_was_answered_is_stored_however_often_the_database_restarts(
    board: Flask, own_server: OwnServer
) -> None:
    eve = signed_in(board, "Eve")
    token = eve.client.token()
    over, stored, statuses = threading.Event(), [], Counter()

    def write() -> None:
        number = 0
        while not over.is_set():
            number += 1
            status = found_company(eve.client, token, f"Clinic {number}")
            statuses[status] += 1
            if status == 303:
                stored.append(f"Clinic {number}")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(3):
            seen = len(stored)
            eventually(lambda seen=seen: len(stored) > seen + 3, "further companies")
            own_server.halt()
            own_server.start()
        seen = len(stored)
        eventually(lambda: len(stored) > seen, "a company after the last restart")
    finally:
        over.set()
        writer.join(30)
    assert set(statuses) <= {303, 503}
    names = set(db.session.scalars(select(Company.name)))
    assert set(stored) <= names


def test_many_who_write_at_once_all_succeed(board_settings: Callable[..., Settings]) -> None:
    """SQLite lets one write at a time: the others wait for it instead of being refused."""
    app = create_app(board_settings(rate_limits=False, base_url="http://localhost"))
    app.testing = True
    with app.app_context():
        players = [signed_in(app, f"Owner{number}") for number in range(WRITERS)]
        tokens = [player.client.token() for player in players]
        db.session.remove()
    together, statuses = threading.Barrier(WRITERS), []

    def write(number: int) -> None:
        together.wait()
        statuses.extend(
            found_company(players[number].client, tokens[number], f"Clinic {number} {each}")
            for each in range(EACH)
        )

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(statuses) == {303: WRITERS * EACH}
    with app.app_context():
        assert db.session.scalar(select(func.count(Company.id))) == WRITERS * EACH
        db.session.remove()


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize(
    ("statement", "over_in_a_moment"),
    [
        ("UPDATE person SET name = 'Bo'", True),
        ("SELECT pg_sleep(20)", True),
        ("SELECT pg_terminate_backend(pg_backend_pid())", True),
        ("SELECT wrong", False),
    ],
)
def test_what_is_over_in_a_moment_is_told_from_a_fault(
    statement: str, over_in_a_moment: bool, app: Flask, ana: Player
) -> None:
    with db.engine.begin() as holder, db.engine.connect() as connection:
        holder.execute(update(Person).values(name="Held"))
        connection.exec_driver_sql("SET lock_timeout = 50; SET statement_timeout = 200")
        with pytest.raises(DBAPIError) as told:
            connection.exec_driver_sql(statement)
        assert passes(told.value) is over_in_a_moment


@pytest.mark.only_on("postgresql")
def test_a_connection_waits_for_nothing_for_ever(app: Flask) -> None:
    with db.engine.connect() as connection:
        shown = [
            connection.exec_driver_sql(f"SHOW {name}").scalar()
            for name in ("lock_timeout", "statement_timeout")
        ]
    assert shown == ["15s", "1min"]


def test_two_who_choose_one_name_at_the_same_instant_get_an_answer(
    board_settings: Callable[..., Settings],
) -> None:
    app = create_app(board_settings(rate_limits=False, base_url="http://localhost"))
    app.testing = True
    with app.app_context():
        players = [signed_in(app, f"Owner{number}") for number in range(WRITERS)]
        tokens = [player.client.token() for player in players]
        db.session.remove()
    together, statuses = threading.Barrier(WRITERS), []

    def write(number: int) -> None:
        together.wait()
        statuses.append(found_company(players[number].client, tokens[number], "One Clinic"))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(statuses) == WRITERS
    assert set(statuses) <= {303, 409}
    with app.app_context():
        assert db.session.scalar(select(func.count(Company.id))) == statuses.count(303) > 0
        db.session.remove()


ADD_PEOPLE = """
import sys
from jobboard import create_app, unit_of_work
from jobboard.accounts import actions
from jobboard.database import writing
with create_app().app_context(), writing():
    for number in range(20):
        actions.add(f"{sys.argv[1]}-{number}@example.org", "", "!")
        unit_of_work.commit()
"""


def test_processes_that_write_at_once_all_succeed(app: Flask, data_dir: Path, database_url: str) -> None:
    environment = {
        **clean_environment(),
        "JOBBOARD_DATA_DIR": str(data_dir),
        "JOBBOARD_DATABASE_URL": database_url,
    }
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", ADD_PEOPLE, f"writer{number}"], env=environment, stderr=subprocess.PIPE
        )
        for number in range(4)
    ]
    complaints = [writer.communicate(timeout=60)[1].decode() for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 4, complaints
    assert db.session.scalar(select(func.count(Person.id))) == 80


@pytest.mark.parametrize(
    "words", [("serve",), ("worker",), ("people", "list"), ("db", "upgrade")], ids=" ".join
)
def test_a_server_out_of_reach_is_said_in_words(words: tuple[str, ...], tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "jobboard", *words],
        env={
            **clean_environment(),
            "JOBBOARD_DATA_DIR": str(tmp_path),
            "JOBBOARD_DATABASE_URL": UNREACHABLE,
            "JOBBOARD_SECRET_KEY": "a-key-for-the-served-board-0123456789",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert said.returncode == 1
    assert "the database does not answer" in said.stderr
    assert "JOBBOARD_DATABASE_URL" in said.stderr
    assert "Traceback" not in said.stderr
    assert "hush" not in said.stdout + said.stderr
