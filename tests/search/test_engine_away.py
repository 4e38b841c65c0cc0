"""The search server dies under load: every page answers, every change is stored, and its return needs no restart."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from jobboard import create_app
from jobboard.database import db, writing
from jobboard.search.breaker import Breaker
from jobboard.settings import read_settings
from search_index import Query, Unavailable
from tests.search.conftest import a_company, a_posting
from tests.servers.search import GIVEN, SearchServer, new_server, session
from tests.servers.search_plugin import newest_servers
from tests.serving import Board, eventually, served_board

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.databases import Databases

LIMIT_SECONDS = 1.0


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "mortal" in metafunc.fixturenames:
        servers = newest_servers(metafunc.config)
        metafunc.parametrize("mortal", servers, indirect=True, scope="module")


@pytest.fixture(scope="module")
def mortal(request: pytest.FixtureRequest) -> Iterator[SearchServer]:
    """A server of these tests' own, which may be killed."""
    if session.given():
        pytest.skip(f"the servers named in {GIVEN} are not ours to kill")
    server = new_server(request.param)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture
def board(tmp_path: Path, databases_of: Callable[[str], Databases], mortal: SearchServer) -> Iterator[Board]:
    folder = tmp_path / "instance"
    more = {
        "JOBBOARD_SEARCH_URL": mortal.url,
        "JOBBOARD_SEARCH_TIMEOUT_SECONDS": str(LIMIT_SECONDS),
        "JOBBOARD_RATE_LIMITS": "off",
    }
    with served_board(folder, databases_of("postgresql").migrated(folder), **more) as board:
        yield board


@dataclass
class Crowd:
    """Visitors who ask for pages without a pause until they are called off; what they were answered."""

    board: Board
    statuses: list[int] = field(default_factory=list)
    leaving: threading.Event = field(default_factory=threading.Event)

    def visit(self, path: str) -> None:
        while not self.leaving.is_set():
            self.statuses.append(ask(self.board, path)[0])


def ask(board: Board, path: str) -> tuple[int, str]:
    """The status of a page, and its text."""
    try:
        with urllib.request.urlopen(board.url + path, timeout=30) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read().decode()


def found(board: Board, word: str) -> set[str] | None:
    """The ids that the interface finds, None while it says that the search is away."""
    status, text = ask(board, f"/api/v1/jobs?q={word}&size=100")
    assert status in {200, 503}
    return {one["id"] for one in json.loads(text)["results"]} if status == 200 else None


def stored(board: Board, words: list[str]) -> set[str]:
    """Store an opening for each word as the board's own pages would; their ids."""
    app = create_app(read_settings({k: v for k, v in board.environment.items() if k.startswith("JOBBOARD_")}))
    with app.app_context(), writing():
        company = a_company()
        ids = {str(a_posting(company, f"Coder {word}").id) for word in words}
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return ids


def test_a_server_that_dies_under_load_costs_no_page_and_no_change(
    board: Board, mortal: SearchServer
) -> None:
    first = stored(board, ["ankle"] * 5)
    eventually(lambda: found(board, "ankle") == first, "the first openings", 30)
    crowd = Crowd(board)
    paths = ("/jobs?q=ankle", "/jobs", "/", "/jobs?specialty=urology")
    visitors = [threading.Thread(target=crowd.visit, args=(path,)) for path in paths]
    for visitor in visitors:
        visitor.start()
    try:
        mortal.kill()
        eventually(lambda: "Only the newest openings" in ask(board, "/jobs?q=ankle")[1], "the notice", 30)
        while_away = stored(board, ["bladder"] * 3)
        page = ask(board, "/jobs?q=bladder")[1]
        assert all(f"/jobs/{one}-" in page for one in while_away), "the newest openings are shown"
        status = board.run("index", "status")
        told = json.loads(status.stdout)
        assert (status.returncode, told["state"], told["queued"]) == (1, "away", 3)
        mortal.start()
        answer = eventually(lambda: found(board, "ankle"), "the search", 60)
        assert answer == first, "the first search after its return is right"
        eventually(lambda: found(board, "bladder") == while_away, "what was stored meanwhile", 30)
    finally:
        crowd.leaving.set()
        for visitor in visitors:
            visitor.join()
    assert set(crowd.statuses) == {200}
    assert board.run("index", "verify").returncode == 0


def test_a_server_that_hangs_is_left_alone_until_it_answers(board: Board, mortal: SearchServer) -> None:
    first = stored(board, ["cornea"] * 2)
    eventually(lambda: found(board, "cornea") == first, "the first openings", 30)
    mortal.pause()
    try:
        for _ in range(8):
            status, text = ask(board, "/jobs?q=cornea")
            assert status == 200
            assert "Only the newest openings" in text
    finally:
        mortal.resume()
    answer = eventually(lambda: found(board, "cornea"), "the search", 30)
    assert answer == first


def test_an_engine_known_to_be_away_is_not_asked_by_pages() -> None:
    class Away:
        """A reader whose engine is away until it is said to be back."""

        back = False
        asked = 0

        def search(self, _query: Query) -> str:
            self.asked += 1
            if not self.back:
                raise Unavailable("away")
            return "a page"

    away = Away()
    breaker = Breaker(away, probe_seconds=0.01)  # type: ignore[arg-type]
    for _ in range(50):
        with pytest.raises(Unavailable, match="away"):
            breaker.search(Query("x"))
    assert breaker.is_open
    away.back = True
    eventually(lambda: not breaker.is_open, "the closing of the breaker")
    asked = away.asked
    assert breaker.search(Query("x")) == "a page"
    assert away.asked == asked + 1
