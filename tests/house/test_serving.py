"""`jobboard serve`: what it refuses, how it ends, and what it survives."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jobboard.service.web import address_of, parse_bind
from tests.conftest import PASSWORD
from tests.serving import Board, answers, clean_environment, eventually, mail_server, unserved_board

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "a-key-for-the-served-board-0123456789"


@pytest.fixture
def board(data_dir: Path, database_url: str) -> Iterator[Board]:
    """A board that is ready to serve; whatever still runs at the end is ended."""
    with mail_server() as (box, mail_port):
        board = unserved_board(data_dir, database_url, box, mail_port)
        yield board
        if board.server is not None and board.server.poll() is None:
            board.server.kill()
            board.server.wait(timeout=10)


def jobboard(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command on a data folder that is not ready to serve."""
    given = {"JOBBOARD_DATA_DIR": str(folder), "JOBBOARD_SECRET_KEY": KEY, **settings}
    return subprocess.run(
        [sys.executable, "-m", "jobboard", *words],
        env={**clean_environment(), **given},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def children_of(process: int) -> list[int]:
    """Its child processes, whichever of its threads began them."""
    lists = [thread / "children" for thread in Path(f"/proc/{process}/task").iterdir()]
    return [int(name) for names in lists for name in names.read_text().split()]


def worker_of(process: int) -> int | None:
    """The process of the supervised worker, or None while there is none."""
    for child in children_of(process):
        words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
        if b"worker" in words:
            return child
    return None


def lives(process: int) -> bool:
    """Whether a process is there and not merely waiting to be collected."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def forget_password(board: Board, address: str) -> None:
    """Ask for a letter with a new password, as the form does."""
    jar = urllib.request.HTTPCookieProcessor()
    browser = urllib.request.build_opener(jar)
    with browser.open(f"{board.url}/forgotten", timeout=10) as page:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.read().decode())
    assert token
    typed = urllib.parse.urlencode({"csrf_token": token[1], "email": address}).encode()
    request = urllib.request.Request(f"{board.url}/forgotten", typed, {"Origin": board.url})
    with browser.open(request, timeout=10) as answer:
        assert answer.status == 200


@pytest.mark.parametrize("command", ["serve", "worker"])
@pytest.mark.parametrize(
    ("key", "said"),
    [("", "missing"), ("short", "weak"), ("a" * 64, "weak")],
    ids=["no key", "short", "all alike"],
)
def test_a_weak_key_is_refused(command: str, key: str, said: str, data_dir: Path) -> None:
    refused = jobboard(data_dir, command, JOBBOARD_SECRET_KEY=key)
    assert refused.returncode == 2
    assert f"JOBBOARD_SECRET_KEY is {said}" in refused.stderr


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_database_without_its_migrations_is_refused(command: str, tmp_path: Path) -> None:
    refused = jobboard(tmp_path / "new", command)
    assert refused.returncode == 1
    assert "jobboard db upgrade" in refused.stderr


def test_a_folder_with_a_demo_board_is_not_served(data_dir: Path) -> None:
    (data_dir / "demo.mark").write_text("", encoding="utf-8")
    refused = jobboard(data_dir, "serve")
    assert refused.returncode == 1
    assert "demo" in refused.stderr


def test_an_address_that_is_none_is_wrong_use(data_dir: Path) -> None:
    refused = jobboard(data_dir, "serve", "--bind", "127.0.0.1:http")
    assert refused.returncode == 2
    assert "HOST:PORT" in refused.stderr


@pytest.mark.parametrize("text", ["8000", "127.0.0.1:http", "127.0.0.1:70000", "127.0.0.1:0", ":8000", ""])
def test_what_is_no_host_and_port_is_told_apart(text: str) -> None:
    with pytest.raises(ValueError, match="HOST:PORT"):
        parse_bind(text)


@pytest.mark.parametrize(
    ("text", "read", "shown"),
    [
        ("127.0.0.1:8000", ("127.0.0.1", 8000), "http://127.0.0.1:8000"),
        ("0.0.0.0:80", ("0.0.0.0", 80), "http://127.0.0.1:80"),
        ("[::1]:8000", ("::1", 8000), "http://[::1]:8000"),
    ],
)
def test_host_and_port_are_read(text: str, read: tuple[str, int], shown: str) -> None:
    assert parse_bind(text) == read
    assert address_of(*read) == shown


def test_an_unknown_setting_is_wrong_use(data_dir: Path) -> None:
    refused = jobboard(data_dir, "people", "list", JOBBOARD_COLOUR="red")
    assert refused.returncode == 2
    assert "JOBBOARD_COLOUR" in refused.stderr


def test_serving_ends_cleanly_at_sigterm_and_takes_its_worker_along(board: Board) -> None:
    server = board.start()
    worker = eventually(lambda: worker_of(server.pid), "the worker")
    web = [child for child in children_of(server.pid) if child != worker]
    assert web
    taken = board.run("serve", "--bind", board.bind)
    assert taken.returncode == 1
    assert f"{board.bind} is in use" in taken.stderr
    assert answers(board.url)
    assert board.stop() == 0
    assert [process for process in (worker, *web) if lives(process)] == []
    assert not answers(board.url)


def test_without_a_worker_only_the_web_is_served(board: Board) -> None:
    server = board.start("--no-worker", "--processes", "1")
    assert worker_of(server.pid) is None
    assert len(children_of(server.pid)) == 1
    assert board.stop() == 0


def test_a_worker_that_is_killed_is_started_again_and_does_its_work(board: Board) -> None:
    server = board.start("--processes", "1")
    added = board.run("people", "add", "nia@example.org", "--password-stdin", typed=PASSWORD)
    assert added.returncode == 0, added.stderr
    first = eventually(lambda: worker_of(server.pid), "the worker")
    os.kill(first, signal.SIGKILL)
    forget_password(board, "nia@example.org")
    second = eventually(lambda: worker_of(server.pid), "the next worker")
    assert second != first
    assert "/reset/" in board.postbox.wait_for("nia@example.org", "password")
    assert board.stop() == 0


def test_web_processes_that_are_killed_are_started_again(board: Board) -> None:
    server = board.start("--no-worker", "--processes", "2")
    for process in children_of(server.pid):
        os.kill(process, signal.SIGKILL)
    eventually(lambda: answers(board.url), "the next answer")
    assert board.stop() == 0


def test_a_server_that_is_killed_leaves_nothing_behind(board: Board) -> None:
    server = board.start("--processes", "1")
    worker = eventually(lambda: worker_of(server.pid), "the worker")
    left = children_of(server.pid)
    server.kill()
    server.wait(timeout=10)
    eventually(lambda: not any(lives(process) for process in (worker, *left)), "their end", 20)
    assert board.start("--processes", "1").poll() is None
    assert board.stop() == 0
