"""The worker: goes round the chores of all rooms until it is told to stop."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from typing import TYPE_CHECKING

from jobboard.chores import Chore, chores_of
from jobboard.database import db

if TYPE_CHECKING:
    from flask import Flask

log = logging.getLogger(__name__)
_LONGEST_PAUSE_SECONDS = 0.2
_LONGEST_BACK_OFF_SECONDS = 60.0
FALLBACK_ADDRESS = "http://127.0.0.1:8000"


class Worker:
    """Runs each chore when its time has come; one that fails waits longer and longer, the others go on."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._stopping = threading.Event()
        self._due: dict[str, float] = {}
        self._failures: dict[str, int] = {}

    def stop(self) -> None:
        """Let the current chore end, then return from `run`."""
        self._stopping.set()

    def run(self, *, parent: int | None = None) -> None:
        """Go round until stopped; also when the process `parent`, if given, is no longer our parent."""
        while not self._stopping.is_set():
            if parent is not None and os.getppid() != parent:
                log.warning("the server that started this worker is gone; stopping")
                return
            for chore in chores_of(self._app):
                if self._stopping.is_set():
                    return
                if self._due.get(chore.name, 0.0) <= time.monotonic():
                    self.do(chore)
            self._stopping.wait(_LONGEST_PAUSE_SECONDS)

    def do(self, chore: Chore) -> int:
        """Run one chore now; returns how much it did, 0 where it failed (the failure is logged)."""
        base = self._app.extensions["settings"].base_url or FALLBACK_ADDRESS
        done = 0
        pause = chore.every.total_seconds()
        # A request context, so that letters can name pages by their full address.
        with self._app.test_request_context("/", base_url=base):
            try:
                done = chore.do()
                self._failures.pop(chore.name, None)
            except Exception:
                failures = self._failures[chore.name] = self._failures.get(chore.name, 0) + 1
                pause = min(max(pause, 1.0) * 2**failures, _LONGEST_BACK_OFF_SECONDS)
                log.exception("the chore %r failed; it is tried again in %.0f seconds", chore.name, pause)
            finally:
                db.session.rollback()
                db.session.remove()
        self._due[chore.name] = time.monotonic() + pause
        return done


def run_until_signalled(app: Flask, *, parent: int | None = None) -> None:
    """Run a worker in this process until SIGTERM or SIGINT."""
    worker = Worker(app)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: worker.stop())
    worker.run(parent=parent)
