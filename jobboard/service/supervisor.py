"""Keeps one worker process alive beside the web processes."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

log = logging.getLogger(__name__)
_SHORTEST_LIFE_SECONDS = 5.0
_LONGEST_PAUSE_SECONDS = 30.0
_PATIENCE_SECONDS = 20.0
_MOMENT_SECONDS = 0.5


class Supervisor:
    """Starts `jobboard worker` and starts it again whenever it ends, until stopped.

    Whoever forks the process that watches holds `starting` meanwhile: a child forked while the worker is being started
    would keep open the pipe by which its start is told, and its end would not be noticed.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.starting = threading.Lock()
        self._environment = dict(environment)
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._watch, name="worker-supervisor", daemon=True)

    def start(self) -> None:
        """Begin watching, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """End the worker; it may finish what it is doing."""
        self._stopping.set()
        self._end()
        self._thread.join(timeout=_PATIENCE_SECONDS)
        if self._process is not None and self._process.poll() is None:
            self._process.kill()

    def _end(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def _watch(self) -> None:
        pause = 0.5
        command = [sys.executable, "-m", "jobboard", "worker", "--parent", str(os.getpid())]
        while not self._stopping.is_set():
            began = time.monotonic()
            with self.starting:
                self._process = subprocess.Popen(command, env=self._environment)  # noqa: S603 - our own command
            if self._stopping.is_set():
                # Told to stop while it was being started.
                self._end()
            self._process.wait()
            # A signal to the whole group (Ctrl-C) ends the worker a moment before it reaches us.
            if self._stopping.wait(_MOMENT_SECONDS):
                return
            lived = time.monotonic() - began
            pause = 0.5 if lived > _SHORTEST_LIFE_SECONDS else min(pause * 2, _LONGEST_PAUSE_SECONDS)
            log.warning("the worker ended after %.0f seconds; the next starts in %.1f", lived, pause)
            self._stopping.wait(pause)
