"""Keeps an engine that is away from costing every page its time limit.

The first search that fails opens the breaker: from then on searches fail at once, while a thread of its own asks the
engine again and again with the smallest search there is. As soon as that is answered, searches go through again.
"""

from __future__ import annotations

import logging
import os
import threading
from typing import TYPE_CHECKING, TypeVar

from search_index import BadQuery, MissingIndex, Query, StaleSchema, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from search_index import Index, Page

Answer = TypeVar("Answer")
log = logging.getLogger(__name__)
PROBE_SECONDS = 0.5
_SMALLEST = Query(size=0)


class Breaker:
    """Searches one index, from any thread of one process; a forked process begins with a closed breaker."""

    def __init__(self, reader: Index, probe_seconds: float = PROBE_SECONDS) -> None:
        """Take the index opened for reading, and how often one that is away is asked again."""
        self._reader, self._probe_seconds = reader, probe_seconds
        self._lock = threading.Lock()
        self._problem: str | None = None
        self._process = os.getpid()

    def search(self, query: Query) -> Page:
        """Answer `query`. Raises what `Index.search` does; `Unavailable` at once while the engine is away."""
        return self.asked(lambda reader: reader.search(query))

    def asked(self, ask: Callable[[Index], Answer]) -> Answer:
        """Return what `ask` is answered by the index. Raises as `search`."""
        if self.is_open:
            raise Unavailable(self._problem or "")
        try:
            return ask(self._reader)
        except (MissingIndex, StaleSchema):
            # These are answers: the engine is there and costs no time.
            raise
        except Unavailable as away:
            self._open(str(away))
            raise

    @property
    def is_open(self) -> bool:
        """Whether searches fail at once for now."""
        return self._problem is not None and self._process == os.getpid()

    def _open(self, problem: str) -> None:
        with self._lock:
            if self.is_open:
                return
            self._problem, self._process = problem, os.getpid()
            log.warning("searches answer without the engine until it is back: %s", problem)
            # A daemon: it must never keep a process alive that was told to end.
            threading.Thread(target=self._probe, name="search-probe", daemon=True).start()

    def _probe(self) -> None:
        pause = threading.Event()
        while True:
            pause.wait(self._probe_seconds)
            try:
                self._reader.search(_SMALLEST)
            except (MissingIndex, StaleSchema, BadQuery):
                break
            except Unavailable as away:
                self._problem = str(away)
                continue
            break
        log.warning("the search engine is back")
        self._problem = None
