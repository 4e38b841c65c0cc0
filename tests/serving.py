"""A served board for tests: `jobboard serve` with its worker in a folder of its own, and a mail server beside it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage

PATIENCE_SECONDS = 60.0
START_SECONDS = 30.0


def eventually(
    look: Callable[[], Any], what: str | Callable[[], str] = "it", patience: float = PATIENCE_SECONDS
) -> Any:
    """Look again and again until something is there; fails after `patience` seconds, saying `what` did not come."""
    end = time.monotonic() + patience
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > end:
            missed = what if isinstance(what, str) else what()
            raise AssertionError(f"{missed} did not come within {patience:.0f} seconds")
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    """Whether a page is there."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def clean_environment() -> dict[str, str]:
    """This process's environment without what would set up another board."""
    return {key: value for key, value in os.environ.items() if not key.startswith("JOBBOARD_")}


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

        return eventually(
            look, lambda: f"a letter to {address} about {words!r} (there are {self.subjects()})", 20
        )

    def subjects(self) -> list[str]:
        """To whom and about what, for the words of a failure."""
        return [f"{letter['To']}: {letter['Subject']}" for letter in self.letters]

    def link_in(self, address: str, words: str, path: str) -> str:
        """The first address under `path` in that letter."""
        text = self.wait_for(address, words)
        found = re.search(rf"https?://\S+{re.escape(path)}\S*", text)
        assert found, f"no link to {path} in: {text}"
        return found[0]


@contextmanager
def mail_server() -> Iterator[tuple[Postbox, int]]:
    """A mail server on a port of this machine, and the box it puts letters into."""
    box, port = Postbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box, port
    finally:
        controller.stop()


@dataclass
class Board:
    """A board in `folder` that serves at `url`, and the command line that belongs to it."""

    url: str
    folder: Path
    environment: dict[str, str]
    postbox: Postbox
    server: subprocess.Popen[bytes] | None = None

    def run(self, *words: str, typed: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
        """Run `jobboard` with these words to its end."""
        return subprocess.run(
            [sys.executable, "-m", "jobboard", *words],
            env={**self.environment, **settings},
            input=typed,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    @property
    def bind(self) -> str:
        return self.url.removeprefix("http://")

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Begin to serve; returns at the first answer."""
        command = [sys.executable, "-m", "jobboard", "serve", "--bind", self.bind, *words]
        self.server = subprocess.Popen(command, env=self.environment)
        eventually(lambda: answers(self.url), "the board's first answer", START_SECONDS)
        return self.server

    def stop(self) -> int:
        """End serving as a service manager does; returns the exit code, 0 where it was not serving."""
        server, self.server = self.server, None
        if server is None:
            return 0
        server.send_signal(signal.SIGTERM)
        return server.wait(timeout=START_SECONDS)


def unserved_board(folder: Path, database_url: str, postbox: Postbox, mail_port: int, **more: str) -> Board:
    """A board on that database, with an index, that does not serve yet; `more` goes into its environment."""
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    environment = {
        **clean_environment(),
        "JOBBOARD_DATA_DIR": str(folder),
        "JOBBOARD_DATABASE_URL": database_url,
        "JOBBOARD_SECRET_KEY": "a-key-for-the-served-board-0123456789",
        "JOBBOARD_MAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "JOBBOARD_BASE_URL": f"http://127.0.0.1:{port}",
        **more,
    }
    board = Board(f"http://127.0.0.1:{port}", folder, environment, postbox)
    drained = board.run("index", "drain")
    assert drained.returncode == 0, drained.stderr
    return board


@contextmanager
def served_board(folder: Path, database_url: str, **more: str) -> Iterator[Board]:
    """`jobboard serve` from its first answer to SIGTERM, with its mail server; `more` goes into its environment."""
    with mail_server() as (box, mail_port):
        board = unserved_board(folder, database_url, box, mail_port, **more)
        try:
            board.start()
            yield board
        finally:
            ended = board.stop()
        assert ended == 0
