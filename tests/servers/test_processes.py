"""A server's processes end when they are told to, and never outlive the tests."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.servers.processes import (
    ServerProcess,
    free_ports,
    hand_over,
    new_folder,
    server_environment,
    threads_not_stopped,
)
from tests.serving import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
# Two processes that write down their numbers, of which the first ignores a polite request to end.
STUBBORN = "trap '' TERM; sleep 600 & echo $$ $! > numbers; wait"
PARENT = """
import sys
from pathlib import Path
from tests.servers.processes import ServerProcess, server_environment
folder = Path(sys.argv[1])
server = ServerProcess(["/bin/sh", "-c", sys.argv[2]], folder, int(sys.argv[3]), server_environment(folder))
server.start()
sys.stdin.read()
"""


@contextmanager
def folder_of_a_server() -> Iterator[Path]:
    folder = new_folder("jobboard-process-")
    hand_over(folder)
    try:
        yield folder
    finally:
        subprocess.run(["rm", "-rf", folder], check=True)


@contextmanager
def server(script: str) -> Iterator[ServerProcess]:
    with folder_of_a_server() as folder:
        made = ServerProcess(["/bin/sh", "-c", script], folder, free_ports(1)[0], server_environment(folder))
        try:
            yield made
        finally:
            if made.is_running():
                made.kill()


def numbers_in(folder: Path) -> list[int]:
    """The process numbers that the script wrote down, once it has."""
    return eventually(lambda: [int(word) for word in read(folder / "numbers").split()], "the process numbers")


def read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def lives(number: int) -> bool:
    """Whether a process of that number is there and not just waiting to be buried."""
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.mark.parametrize("paused", [False, True], ids=["running", "paused"])
def test_a_killed_test_run_leaves_neither_process_nor_folder(paused: bool) -> None:
    with folder_of_a_server() as folder:
        parent = subprocess.Popen(
            [sys.executable, "-c", PARENT, str(folder), STUBBORN, str(free_ports(1)[0])],
            cwd=ROOT,
            stdin=subprocess.PIPE,
        )
        with parent:
            numbers = numbers_in(folder)
            assert len(numbers) == 2
            assert all(map(lives, numbers))
            if paused:
                os.killpg(numbers[0], signal.SIGSTOP)
            parent.kill()
        eventually(lambda: not any(map(lives, numbers)), "the end of the server's processes")
        eventually(lambda: not folder.exists(), "the end of the server's folder")


def test_a_server_has_a_process_group_of_its_own() -> None:
    with server(STUBBORN) as made:
        made.start()
        groups = {os.getpgid(number) for number in numbers_in(made.folder)}
        assert len(groups) == 1
        assert os.getpgrp() not in groups


def test_a_server_of_root_is_nobody_in_no_group_of_root_and_that_of_others_their_own() -> None:
    with server("id -un > who; id -G >> who; echo done >> who; sleep 600") as made:
        made.start()
        name, *groups = eventually(
            lambda: "done" in (text := read(made.folder / "who")) and text.split(), "it"
        )
        if os.geteuid() == 0:
            assert name == "nobody"
            assert "0" not in groups
        else:
            assert name == pwd.getpwuid(os.geteuid()).pw_name


def test_killing_ends_every_process_of_the_server_and_it_can_start_again() -> None:
    with server(STUBBORN) as made:
        made.start()
        numbers = numbers_in(made.folder)
        made.kill()
        eventually(lambda: not any(map(lives, numbers)), "their end")
        (made.folder / "numbers").unlink()
        made.start()
        assert all(map(lives, numbers_in(made.folder)))


def test_a_polite_stop_lets_the_server_put_its_things_in_order_even_when_paused() -> None:
    with server("trap 'echo tidied; exit' TERM; echo $$ > numbers; while :; do sleep 0.1; done") as made:
        made.start()
        numbers_in(made.folder)
        made.pause()
        made.stop()
        assert made.last_lines().endswith("tidied")
        assert not made.is_running()


def test_a_paused_server_does_nothing_until_it_is_resumed() -> None:
    counting = "echo $$ $! > numbers; while :; do i=$((i+1)); echo $i > count; done"
    with server(f"({counting.replace('count', 'other')}) & {counting}") as made:
        made.start()
        for name in ("count", "other"):
            eventually(lambda name=name: read(made.folder / name), "the counting")
        made.pause()
        assert not threads_not_stopped(numbers_in(made.folder)[0])
        before = [read(made.folder / name) for name in ("count", "other")]
        assert [read(made.folder / name) for name in ("count", "other")] == before
        made.resume()
        eventually(lambda: read(made.folder / "count").strip() not in {"", before[0].strip()}, "the counting")


def test_a_program_that_is_not_there_is_named() -> None:
    with folder_of_a_server() as folder:
        made = ServerProcess(["/no/such/program"], folder, free_ports(1)[0], server_environment(folder))
        with pytest.raises(RuntimeError, match="/no/such/program"):
            made.start()
        made.stop()


def test_what_has_ended_cannot_be_signalled_and_is_stopped_already() -> None:
    with server("exit 3") as made:
        made.start()
        eventually(lambda: not made.is_running(), "its end")
        with pytest.raises(RuntimeError, match="is not running"):
            made.signal(signal.SIGSTOP)
        made.stop()
