"""What the board counts about itself, and whom it tells."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import event

from jobboard import create_app
from jobboard.chores import Chore
from jobboard.database import db
from jobboard.mail.delivery import send_due
from jobboard.mail.models import Letter
from jobboard.measures import clear_measures, measures
from jobboard.search import finder
from jobboard.service.worker import Worker
from search_index import Unavailable
from tests.conftest import Player, browser
from tests.house.test_serving import children_of, worker_of
from tests.serving import Board, eventually, mail_server, unserved_board

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask

    from jobboard.settings import Settings

TOKEN = "a-token-for-the-measures-0123456789"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def measured(board_settings: Callable[..., Settings]) -> Iterator[Player]:
    """A visitor of a board whose measures may be read with `TOKEN`."""
    app = create_app(board_settings(rate_limits=False, metrics_token=TOKEN))
    app.testing = True
    with app.app_context():
        yield Player("Visitor", browser(app))
        db.session.remove()
        db.engine.dispose()


def parsed(text: str) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels."""
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def read(player: Player) -> dict[tuple[str, ...], float]:
    answer = player.get("/metrics", headers=BEARER)
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=")
    return parsed(answer.get_data(as_text=True))


def test_without_a_token_in_the_settings_there_is_no_such_page(app: Flask, mo: Player) -> None:
    for headers in ({}, {"Authorization": "Bearer "}, BEARER):
        assert mo.get("/metrics", headers=headers).status_code == 404


@pytest.mark.parametrize(
    "sent", ["", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN, "Bearer é"]
)
def test_only_who_sends_the_token_reads(sent: str, measured: Player) -> None:
    refused = measured.get("/metrics", headers={"Authorization": sent})
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == "Bearer"
    assert "jobboard_" not in refused.get_data(as_text=True)


def test_requests_are_counted_by_endpoint_and_never_by_address(measured: Player) -> None:
    before = read(measured)
    measured.get("/about")
    for number in range(3):
        measured.get(f"/no-such-page-{number}")
    measured.client.open("/about", method="BREW")
    after = read(measured)

    def more(*key: str) -> float:
        return after.get(key, 0) - before.get(key, 0)

    assert more("jobboard_requests_total", "pages.document", "GET", "2xx") == 1
    assert more("jobboard_requests_total", "none", "GET", "4xx") == 3
    assert more("jobboard_requests_total", "none", "other", "4xx") == 1
    assert more("jobboard_request_seconds_count", "pages.document") == 1
    assert not any("no-such-page" in word or word == "BREW" for key in after for word in key)


def test_searches_are_timed_and_those_without_an_answer_counted(
    measured: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise Unavailable("the engine is away")

    before = read(measured)
    monkeypatch.setattr(finder, "openings_index", away)
    assert measured.get("/jobs?q=coder").status_code == 200
    after = read(measured)
    for name in ("jobboard_search_seconds_count", "jobboard_searches_unanswered_total"):
        assert after[(name,)] - before.get((name,), 0) == 1


def test_what_becomes_of_letters_is_counted(measured: Player) -> None:
    before = read(measured)
    for address in ("ana@example.org", "ben@example.org"):
        db.session.add(Letter(kind="drill", to_address=address, subject="Hello", text="", html=""))
    db.session.commit()
    assert read(measured)[("jobboard_letters_due",)] == 2
    assert send_due() == 2
    after = read(measured)
    sent = ("jobboard_letters_total", "sent")
    assert after[sent] - before.get(sent, 0) == 2
    assert after[("jobboard_letters_due",)] == 0


def test_parts_and_backlog_are_read_when_asked(measured: Player) -> None:
    found = read(measured)
    assert (found[("jobboard_part_up", "database")], found[("jobboard_part_up", "search")]) == (1, 0)
    assert found[("jobboard_outbox_changes",)] == 0
    assert found[("jobboard_letters_due",)] == 0


def test_reading_asks_the_database_a_fixed_number_of_times(measured: Player, statements: list[str]) -> None:
    read(measured)
    assert 0 < len(statements) <= 6


@pytest.fixture
def statements(measured: Player) -> Iterator[list[str]]:
    """What the database was asked since."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield asked
    event.remove(db.engine, "before_cursor_execute", note)


def test_a_chore_that_fails_is_counted(app: Flask) -> None:
    def fail() -> int:
        raise RuntimeError("the mail server is away")

    read_now = measures().registry.get_sample_value
    chore = {"chore": "count me"}
    names = ("jobboard_chore_runs_total", "jobboard_chore_done_total", "jobboard_chore_failures_total")
    before = [read_now(name, chore) or 0 for name in names]
    worker = Worker(app)
    for do in (lambda: 3, fail):
        worker.do(Chore("count me", timedelta(seconds=1), do))
    assert [(read_now(name, chore) or 0) - was for name, was in zip(names, before, strict=True)] == [2, 3, 1]


def test_what_ended_processes_left_is_cleared_and_the_living_keep_theirs(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    machine = socket.gethostname().replace("_", "-")
    living = os.getppid()
    names = (
        f"counter_{machine}-{ended.pid}.db",
        f"counter_{machine}-{living}.db",
        "counter_elsewhere-1.db",
        "x.db",
    )
    for name in names:
        (tmp_path / name).touch()
    clear_measures(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(names[1:])


@pytest.fixture
def board(data_dir: Path, database_url: str) -> Iterator[Board]:
    with mail_server() as (box, mail_port):
        board = unserved_board(data_dir, database_url, box, mail_port)
        board.environment["JOBBOARD_METRICS_TOKEN"] = TOKEN
        yield board
        if board.server is not None and board.server.poll() is None:
            board.server.kill()
            board.server.wait(timeout=10)


def served(board: Board) -> dict[tuple[str, ...], float]:
    request = urllib.request.Request(f"{board.url}/metrics", headers=BEARER)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return parsed(answer.read().decode())


def test_the_measures_of_all_processes_are_added_up(board: Board) -> None:
    """Two web processes and the worker, whichever of them is asked; and none counts twice after its end."""
    board.start("--processes", "2")
    before = served(board).get(("jobboard_requests_total", "pages.document", "GET", "2xx"), 0)
    for _ in range(20):
        urllib.request.urlopen(f"{board.url}/about", timeout=10).close()
    counts = {served(board)[("jobboard_requests_total", "pages.document", "GET", "2xx")] for _ in range(10)}
    assert counts == {before + 20}
    eventually(
        lambda: served(board).get(("jobboard_chore_runs_total", "keep the index"), 0) > 2,
        "the worker's counts",
    )

    assert board.server is not None
    web = [child for child in children_of(board.server.pid) if child != worker_of(board.server.pid)]
    for process in web:
        os.kill(process, signal.SIGKILL)
    eventually(lambda: not set(web) & set(children_of(board.server.pid)), "their end")
    assert (
        eventually(lambda: _or_nothing(board), "the next answer")[
            ("jobboard_requests_total", "pages.document", "GET", "2xx")
        ]
        == before + 20
    )
    assert board.stop() == 0


def _or_nothing(board: Board) -> dict[tuple[str, ...], float] | None:
    try:
        return served(board)
    except (urllib.error.URLError, ConnectionError):
        return None


def test_a_folder_that_cannot_be_written_keeps_no_board_from_serving(board: Board) -> None:
    (board.folder / "measures").write_text("in the way")
    board.start("--processes", "1")
    urllib.request.urlopen(f"{board.url}/about", timeout=10).close()
    assert served(board)[("jobboard_requests_total", "pages.document", "GET", "2xx")] >= 1
    assert board.stop() == 0
