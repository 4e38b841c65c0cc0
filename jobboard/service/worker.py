"""The worker: goes round the chores of all rooms until it is told to stop."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from typing import TYPE_CHECKING

from jobboard.chores import Chore, Postponed, chores_of
from jobboard.database import db
from jobboard.measures import MEASURES_FOLDER, clear_measures, measures, share_measures

if TYPE_CHECKING:
    from flask import Flask

log = logging.getLogger(__name__)
_LONGEST_PAUSE_SECONDS = 0.2
_LONGEST_BACK_OFF_SECONDS = 60.0
# What is away is looked for again this often at the least, so that work goes on soon after its return.
_LONGEST_POSTPONEMENT_SECONDS = 5.0
FALLBACK_ADDRESS = "http://127.0.0.1:8000"


class Worker:
    """Runs each chore when its time has come, each lane in a thread of its own.

    One that fails waits longer and longer, the others go on.
    """

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
        lanes: dict[str, list[Chore]] = {}
        for chore in chores_of(self._app):
            lanes.setdefault(chore.lane, []).append(chore)
        threads = [threading.Thread(target=self._go_round, args=(lanes[lane],), name=lane) for lane in lanes]
        for thread in threads:
            thread.start()
        while not self._stopping.wait(_LONGEST_PAUSE_SECONDS):
            if parent is not None and os.getppid() != parent:
                log.warning("the server that started this worker is gone; stopping")
                self.stop()
        for thread in threads:
            thread.join()

    def _go_round(self, chores: list[Chore]) -> None:
        pause = min(_LONGEST_PAUSE_SECONDS, *(chore.every.total_seconds() for chore in chores))
        while not self._stopping.is_set():
            for chore in chores:
                if not self._stopping.is_set() and self._due.get(chore.name, 0.0) <= time.monotonic():
                    self.do(chore)
            self._stopping.wait(pause)

    def do(self, chore: Chore) -> int:
        """Run one chore now; returns how much it did, 0 where it failed (the failure is logged)."""
        base = self._app.extensions["settings"].base_url or FALLBACK_ADDRESS
        done = 0
        counted = measures()
        counted.chore_runs.labels(chore.name).inc()
        pause = chore.every.total_seconds()
        # A request context, so that letters can name pages by their full address.
        with self._app.test_request_context("/", base_url=base):
            try:
                done = chore.do()
                counted.chore_done.labels(chore.name).inc(done)
                if self._failures.pop(chore.name, None):
                    log.info("the chore %r works again", chore.name)
            except Postponed as away:
                failures = self._failures[chore.name] = self._failures.get(chore.name, 0) + 1
                pause = min(max(pause, 0.25) * 2**failures, _LONGEST_POSTPONEMENT_SECONDS)
                if failures == 1:
                    log.warning("the chore %r waits: %s", chore.name, away)
            except Exception:
                counted.chore_failures.labels(chore.name).inc()
                failures = self._failures[chore.name] = self._failures.get(chore.name, 0) + 1
                pause = min(max(pause, 1.0) * 2**failures, _LONGEST_BACK_OFF_SECONDS)
                log.exception("the chore %r failed; it is tried again in %.0f seconds", chore.name, pause)
            finally:
                db.session.rollback()
                db.session.remove()
        self._due[chore.name] = time.monotonic() + pause
        return done


def run_until_signalled(app: Flask, *, parent: int | None = None) -> None:
    """Run a worker in this process until SIGTERM or SIGINT; its log says from when on these are heeded."""
    folder = app.extensions["settings"].data_dir / MEASURES_FOLDER
    if parent is None:
        clear_measures(folder)
    share_measures(folder)
    worker = Worker(app)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: worker.stop())
    log.info("the worker begins its chores")
    worker.run(parent=parent)
