"""The web processes: gunicorn around the application, with the supervised worker beside it."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from jobboard.database import db
from jobboard.measures import MEASURES_FOLDER, clear_measures, forget_process, share_measures
from jobboard.service.supervisor import Supervisor

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from flask import Flask

THREADS_PER_PROCESS = 4


def default_processes() -> int:
    """As many web processes as there are processors, at least two and at most eight."""
    return max(2, min(os.cpu_count() or 2, 8))


def parse_bind(text: str) -> tuple[str, int]:
    """`HOST:PORT` as a pair; ValueError in words where it is none."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) <= 65535:
        raise ValueError(f"{text!r} is not HOST:PORT with a port from 1 to 65535")
    return host.strip("[]"), int(port)


def address_of(host: str, port: int) -> str:
    """The web address that reaches a server bound to `host` and `port` from this machine."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"


def refuse_a_used_port(host: str, port: int) -> None:
    """Raise `OSError` where another process listens on `port`, or this machine has no address `host`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # As the server itself binds: what a server that just ended left waiting is no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


def worker_environment(app: Flask) -> dict[str, str]:
    """The environment in which a worker process finds the same settings as `app`."""
    return {**os.environ, **app.extensions["settings"].environment()}


class _Arbiter(Arbiter):  # type: ignore[misc]
    """Forks web processes only while no worker is being started (see `Supervisor`)."""

    def __init__(self, server: _Server, starting: AbstractContextManager[Any]) -> None:
        self._starting = starting
        super().__init__(server)

    def spawn_worker(self) -> Any:
        with self._starting:
            return super().spawn_worker()


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, app: Flask, options: dict[str, Any], starting: AbstractContextManager[Any]) -> None:
        self._app = app
        self._options = options
        self._starting = starting
        super().__init__()

    def load_config(self) -> None:
        for key, value in self._options.items():
            self.cfg.set(key, value)

    def load(self) -> Flask:
        return self._app

    def run(self) -> None:
        try:
            _Arbiter(self, self._starting).run()
        except RuntimeError as problem:
            sys.exit(f"jobboard: {problem}")


def serve(app: Flask, host: str, port: int, *, processes: int, worker: bool) -> None:
    """Serve `app` until SIGTERM or SIGINT, with a supervised worker beside it unless `worker` is False."""
    settings = app.extensions["settings"]
    if not settings.base_url:
        app.extensions["settings"] = replace(settings, base_url=address_of(host, port))
    measured = settings.data_dir / MEASURES_FOLDER
    supervisor = Supervisor(worker_environment(app)) if worker else None

    def when_ready(_arbiter: Any) -> None:
        if supervisor:
            supervisor.start()

    def on_exit(_arbiter: Any) -> None:
        if supervisor:
            supervisor.stop()

    def post_fork(_arbiter: Any, _process: Any) -> None:
        # Connections are not shared between processes; each opens its own.
        with app.app_context():
            db.engine.dispose(close=False)
        share_measures(measured)

    def child_exit(_arbiter: Any, process: Any) -> None:
        forget_process(measured, process.pid)

    options = {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": processes,
        "worker_class": "gthread",
        "threads": THREADS_PER_PROCESS,
        "preload_app": True,
        "timeout": 60,
        "graceful_timeout": 15,
        "keepalive": 5,
        "loglevel": "warning",
        "control_socket_disable": True,
        "when_ready": when_ready,
        "on_exit": on_exit,
        "post_fork": post_fork,
        "child_exit": child_exit,
    }
    clear_measures(measured)
    _Server(app, options, supervisor.starting if supervisor else nullcontext()).run()
