"""What takes long to make and may be a little old: kept in the process, and made anew beside the requests."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

log = logging.getLogger(__name__)
MadeT = TypeVar("MadeT")
FRESH_SECONDS = 60.0
# Making takes no more than this part of a process's time.
_SHARE = 1 / 50


class Kept(Generic[MadeT]):
    """What `make` makes: at the first question, and anew in a thread of its own, one at a time, once it is old.

    What took less than `quick_seconds` to make is not kept but made at every question.
    """

    def __init__(self, app: Flask, make: Callable[[], MadeT], *, quick_seconds: float = 0.0) -> None:
        """Take the application, in whose context `make` is called."""
        self._app, self._make, self._quick_seconds = app, make, quick_seconds
        self._lock = threading.Lock()
        self._made: MadeT | None = None
        self._is_quick = False
        self._until = 0.0
        self.making: threading.Thread | None = None

    def get(self) -> MadeT:
        """What is kept; the first question waits for it."""
        made = self._made
        if made is not None and self._is_quick:
            return self._make_now()
        if made is None:
            with self._lock:
                return self._made if self._made is not None else self._make_now()
        if time.monotonic() > self._until:
            self._begin()
        return made

    def get_within(self, seconds: float) -> MadeT | None:
        """What is kept, or None where the first making takes longer than `seconds`; it goes on meanwhile."""
        if self._made is None:
            self._begin()
            if self.making is not None:
                self.making.join(seconds)
        return self.get() if self._made is not None else None

    def _begin(self) -> None:
        """Make it beside the requests, unless that is being done."""
        if self._lock.acquire(blocking=False):
            self.making = threading.Thread(target=self._make_beside, name="keeping", daemon=True)
            self.making.start()

    def _make_now(self) -> MadeT:
        began = time.monotonic()
        made = self._made = self._make()
        taken = time.monotonic() - began
        self._is_quick = taken < self._quick_seconds
        self._until = began + max(FRESH_SECONDS, taken / _SHARE)
        return made

    def _make_beside(self) -> None:
        try:
            with self._app.app_context():
                self._make_now()
        except Exception:
            # What is kept stays good enough; the next question after a while tries again.
            self._until = time.monotonic() + FRESH_SECONDS
            log.exception("what is kept could not be made anew")
        finally:
            self._lock.release()
