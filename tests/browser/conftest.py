"""A served board with its worker, a mail server that takes its letters, and a real browser in front of it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage

PATIENCE_SECONDS = 10.0
CHROMIUM_SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def eventually(look: Callable[[], Any], what: str = "it", patience: float = PATIENCE_SECONDS) -> Any:
    """Look again and again until something is there; fails after ten seconds."""
    end = time.monotonic() + patience
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not come within {patience:.0f} seconds")
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Postbox:
    """The letters that the local mail server was handed, in order."""

    letters: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[attr-defined]
        return "250 taken"

    def wait_for(self, address: str, words: str) -> str:
        """The plain text of the newest letter to `address` whose subject has `words`."""

        def look() -> str | None:
            for letter in reversed(self.letters):
                if letter["To"] and address in letter["To"] and words.lower() in letter["Subject"].lower():
                    return letter.get_body(("plain",)).get_content()
            return None

        return eventually(look, f"a letter to {address} about {words!r}", 20)

    def link_in(self, address: str, words: str, path: str) -> str:
        """The first address under `path` in that letter."""
        text = self.wait_for(address, words)
        found = re.search(rf"https?://\S+{re.escape(path)}\S*", text)
        assert found, f"no link to {path} in: {text}"
        return found[0]


@dataclass
class Board:
    """A board that serves at `url` from `folder`, and the command line that belongs to it."""

    url: str
    folder: Path
    environment: dict[str, str]
    postbox: Postbox

    def run(self, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "jobboard", *words],
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


def clean_environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith("JOBBOARD_")}


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, int]]:
    box, port = Postbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box, port
    finally:
        controller.stop()


@pytest.fixture
def board(tmp_path: Path, migrated_database: Path, postbox: tuple[Postbox, int]) -> Iterator[Board]:
    """`jobboard serve` in a folder of its own, from the first answer to SIGTERM."""
    box, mail_port = postbox
    port = free_port()
    folder = tmp_path / "served"
    folder.mkdir()
    shutil.copy(migrated_database, folder / "board.db")
    environment = {
        **clean_environment(),
        "JOBBOARD_DATA_DIR": str(folder),
        "JOBBOARD_SECRET_KEY": "a-key-for-the-served-board-0123456789",
        "JOBBOARD_MAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "JOBBOARD_BASE_URL": f"http://127.0.0.1:{port}",
    }
    one = Board(f"http://127.0.0.1:{port}", folder, environment, box)
    drained = one.run("index", "drain")
    assert drained.returncode == 0, drained.stderr
    server = subprocess.Popen(
        [sys.executable, "-m", "jobboard", "serve", "--bind", f"127.0.0.1:{port}"], env=environment
    )
    try:
        eventually(lambda: answers(one.url), "the board's first answer", 30)
        yield one
    finally:
        server.terminate()
        assert server.wait(timeout=30) == 0


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; its absence fails the test that wants it."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_SWITCHES)
        yield browser
        browser.close()
