"""A board served as it is in use, asked over HTTP with connections kept open."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from pathlib import Path
from statistics import median, quantiles
from threading import Thread

from benchmarks.asking import Asking
from benchmarks.corpus import KEY

EMPTY_ROUTE = """from flask import Flask
app = Flask("empty")
@app.get("/")
def empty():
    return "<!doctype html><title>empty</title>"
"""


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def clean_environment(more: Mapping[str, str]) -> dict[str, str]:
    """This process's environment without another board's settings, and `more`."""
    return {key: value for key, value in os.environ.items() if not key.startswith("JOBBOARD_")} | dict(more)


@contextmanager
def served(
    folder: Path, processes: int, *, worker: bool = False, settings: Mapping[str, str] | None = None
) -> Iterator[int]:
    """Serve the board in `folder`, with more `settings` in its environment; yields the port."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "jobboard",
        "serve",
        "--bind",
        f"127.0.0.1:{port}",
        "--processes",
        str(processes),
    ]
    environment = clean_environment(
        {
            "JOBBOARD_DATA_DIR": str(folder),
            "JOBBOARD_SECRET_KEY": KEY,
            "JOBBOARD_RATE_LIMITS": "off",
            **(settings or {}),
        }
    )
    yield from _running(command if worker else [*command, "--no-worker"], environment, port)


@contextmanager
def empty_route(folder: Path, processes: int) -> Iterator[int]:
    """Serve a plain Flask page that does nothing, in the same way."""
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "empty_route.py").write_text(EMPTY_ROUTE, encoding="utf-8")
    command = [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(processes), "--preload",
        "--worker-class", "gthread", "--threads", "4", "--log-level", "error", "--chdir", str(folder),
        "empty_route:app",
    ]  # fmt: skip
    yield from _running(command, dict(os.environ), port)


def _running(command: list[str], environment: dict[str, str], port: int) -> Iterator[int]:
    server = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def milliseconds(port: int, path: str, times: int, warm: int = 10) -> tuple[float, float]:
    """(p50, p99) of `times` requests for `path` over one connection, after `warm` more."""
    return milliseconds_of_all(port, [path] * (times + warm), warm)


def milliseconds_of_all(port: int, paths: Sequence[str], warm: int) -> tuple[float, float]:
    """(p50, p99) of requests for `paths`, one after the other over one connection; the first `warm` do not count."""
    taken = []
    with Asking(port) as connection:
        for number, path in enumerate(paths):
            began = time.perf_counter()
            status = connection.get(path)
            if status != 200:
                raise RuntimeError(f"{path} answered {status}")
            if number >= warm:
                taken.append((time.perf_counter() - began) * 1000)
    cuts = quantiles(taken, n=100)
    return cuts[49], cuts[98]


def in_turns(
    asked: Mapping[str, tuple[int, Sequence[str]]],
    turns: int = 10,
    warm: int = 20,
    strangers: Collection[str] = (),
) -> dict[str, float]:
    """The median time in milliseconds of each of the named lists of paths, asked for at their ports.

    All are asked in turns, so that a machine that grows slower or quicker meanwhile does so for each of them. The
    first `warm` paths of each do not count. The lists named in `strangers` are asked for by one (see `Asking`).
    """
    taken: dict[str, list[float]] = {name: [] for name in asked}
    with ExitStack() as stack:
        connections = {
            name: stack.enter_context(Asking(port, stranger=name in strangers))
            for name, (port, _) in asked.items()
        }
        for turn in range(turns):
            for name, (_, paths) in asked.items():
                size = -(-len(paths) // turns)
                for path in paths[turn * size : (turn + 1) * size]:
                    began = time.perf_counter()
                    status = connections[name].get(path)
                    taken[name].append((time.perf_counter() - began) * 1000)
                    if status != HTTPStatus.OK:
                        raise RuntimeError(f"{path} answered {status}")
    return {name: median(times[warm:]) for name, times in taken.items()}


def rate(port: int, path: str, clients: int, seconds: float) -> float:
    """Pages a second that `clients`, with a connection for each page, together are answered for `seconds`."""
    done = [0] * clients
    end = time.perf_counter() + seconds

    def ask(number: int) -> None:
        with Asking(port, kept=False) as connection:
            while time.perf_counter() < end:
                connection.get(path)
                done[number] += 1

    threads = [Thread(target=ask, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / seconds
