"""The board on real search servers: the adapter against bare HTTP, indexing, visibility, a server that dies."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from threading import Event, Thread
from typing import Any

import orjson
import urllib3
from flask import Flask

from benchmarks.carrying import indexing, visibility
from benchmarks.corpus import KEY, board
from benchmarks.machine import figure
from benchmarks.searching import ADDRESS, FOLDER, best_query
from benchmarks.serving import served
from jobboard import create_app
from jobboard.database import db
from jobboard.search.index import openings_index
from jobboard.search.rebuild import ensure, rebuild
from jobboard.settings import default_settings
from search_index.cluster.link import Link
from tests.servers.search import available_servers, new_server, running, stop_all

LIMIT_SECONDS = 1.0


def figures(size: int) -> Iterator[dict[str, Any]]:
    """Every goal of the clusters, on the newest server of each family that this machine runs."""
    try:
        for name in newest():
            url = running(name).url
            large = on_server(url, size)
            yield adapter(large, size, name)
            yield indexing(large, size, name)
            yield visibility(on_server(url, 1_000), 1_000, name, environment(url, 1_000), 2)
            yield dying(name)
    finally:
        stop_all()


def newest() -> list[str]:
    """The newest server of each family."""
    return list({name.partition("-")[0]: name for name in sorted(available_servers())}.values())


def environment(url: str, size: int) -> dict[str, str]:
    """The settings of a served board of `size` postings whose index is at `url`."""
    return {"JOBBOARD_SEARCH_URL": url, "JOBBOARD_SEARCH_PREFIX": f"bench{size}-"}


def on_server(url: str, size: int) -> Flask:
    """The filled board of that size with its index, up to date, at `url`."""
    board(FOLDER / str(size), size)
    app = create_app(
        default_settings(
            FOLDER / str(size), secret_key=KEY, rate_limits=False, base_url="http://127.0.0.1",
            search_url=url, search_prefix=f"bench{size}-", search_timeout_seconds=30.0,
        )
    )  # fmt: skip
    with app.app_context():
        with openings_index().writing(30) as index:
            if ensure(index) is None:
                rebuild(index)
        openings_index().rest(now=True)
        db.session.remove()
    return app


def adapter(app: Flask, size: int, name: str) -> dict[str, Any]:
    """A search through the engine's adapter against the same body sent with urllib3 and orjson, turn by turn."""
    with app.app_context():
        index, query = openings_index().reader, best_query()
        sent: dict[str, Any] = {}
        with _overheard(sent):
            index.search(query)
        bare, address = urllib3.PoolManager(), app.extensions["settings"].search_url + sent["path"]
        through, raw = [], []
        for _ in range(120):
            began = time.perf_counter()
            index.search(query)
            through.append(time.perf_counter() - began)
            began = time.perf_counter()
            answer = bare.request(
                "POST", address, body=orjson.dumps(sent["body"]), fields=None,
                headers={"Content-Type": "application/json"},
            )  # fmt: skip
            orjson.loads(answer.data)
            raw.append(time.perf_counter() - began)
    mine, theirs = median(through[20:]) * 1000, median(raw[20:]) * 1000
    return figure(
        f"adapter : raw HTTP with orjson at {size:,}, {name}", mine / theirs, "ratio", "≤ 1.3", mine / theirs <= 1.3,
        adapter_ms=round(mine, 2), raw_ms=round(theirs, 2),
    )  # fmt: skip


@contextmanager
def _overheard(sent: dict[str, Any]) -> Iterator[None]:
    """Within the block, the last call to a cluster is kept in `sent`, with its parameters in the path."""
    call = Link.call

    def listening(self: Link, method: str, path: str, body: Any = None, **more: Any) -> Any:
        parameters = "&".join(f"{key}={value}" for key, value in more.items() if key != "seconds")
        sent.update(path=f"{path}?{parameters}", body=body)
        return call(self, method, path, body, **more)

    Link.call = listening  # type: ignore[method-assign]
    try:
        yield
    finally:
        Link.call = call  # type: ignore[method-assign]


@dataclass
class _Phase:
    """How long pages took, in milliseconds, and how many were no page at all."""

    taken: list[float]
    wrong: int = 0

    def shown(self, name: str) -> dict[str, Any]:
        cuts = quantiles(self.taken, n=100)
        return {
            f"{name}_pages": len(self.taken), f"{name}_errors": self.wrong, f"{name}_p50_ms": round(cuts[49], 1),
            f"{name}_p99_ms": round(cuts[98], 1), f"{name}_max_ms": round(max(self.taken), 1),
        }  # fmt: skip


def dying(name: str) -> dict[str, Any]:
    """Pages under load before the server is killed, while it is away, and after its return."""
    server = new_server(name)
    try:
        server.start()
        app = on_server(server.url, 1_000)
        more = environment(server.url, 1_000) | {"JOBBOARD_SEARCH_TIMEOUT_SECONDS": str(LIMIT_SECONDS)}
        with served(Path(app.extensions["settings"].data_dir), 2, settings=more) as port:
            phases = {"before": _Phase([])}
            current, leaving = [phases["before"]], Event()
            clients = [Thread(target=_visit, args=(port, current, leaving)) for _ in range(4)]
            for client in clients:
                client.start()
            time.sleep(5)
            current[0] = phases["away"] = _Phase([])
            server.kill()
            time.sleep(10)
            server.start()
            current[0] = phases["back"] = _Phase([])
            time.sleep(8)
            leaving.set()
            for client in clients:
                client.join()
    finally:
        server.remove()
    slowest = max(phases["away"].taken) / 1000
    errors = sum(phase.wrong for phase in phases.values())
    goal = f"no error, ≤ {LIMIT_SECONDS:g} s limit + page"
    shown: dict[str, Any] = {}
    for label, phase in phases.items():
        shown |= phase.shown(label)
    met = not errors and slowest <= 2 * LIMIT_SECONDS
    return figure(f"slowest page while the server is dead, {name}", slowest, "seconds", goal, met, **shown)


def _visit(port: int, current: list[_Phase], leaving: Event) -> None:
    pool = urllib3.PoolManager(retries=False, timeout=60.0)
    while not leaving.is_set():
        phase, began = current[0], time.perf_counter()
        status = pool.request("GET", f"http://127.0.0.1:{port}{ADDRESS}").status
        phase.taken.append((time.perf_counter() - began) * 1000)
        phase.wrong += status != 200
