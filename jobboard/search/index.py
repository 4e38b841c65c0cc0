"""An index as this process uses it: one reader always, the writer only while it is needed."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app

from jobboard.search.breaker import Breaker
from jobboard.search.connecting import engine_of
from jobboard.search.documents import schema
from jobboard.vocabulary import vocabularies
from search_index import Engine, Index, Locked, Schema, State, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from search_index import LikeWord, Page, Query

_EXTENSION = "openings_index"
# A writer that has nothing to do is given back, so that a command can rebuild or drain beside a running board.
IDLE_SECONDS = 2.0
PATIENCE_SECONDS = 30.0
# Looking whether a cluster's index is fit costs calls; a write notices by itself when it is not.
_FIT_SECONDS = 5.0


@dataclass
class ServedIndex:
    """The engine, a schema, a reader, and perhaps the writer."""

    engine: Engine
    schema: Schema
    reader: Index
    writer: Index | None = None
    used_at: float = 0.0

    def __post_init__(self) -> None:
        self._lock = threading.RLock()
        self._breaker = Breaker(self.reader)
        self._fit_until = 0.0
        self._was_fit = False

    def search(self, query: Query) -> Page:
        """Answer `query`; raises `Unavailable` at once while the engine is known to be away (see `Breaker`)."""
        return self._breaker.search(query)

    def counts(self, texts: Sequence[str], query: Query) -> tuple[int, ...]:
        """Count the matches of each text; raises as `search`."""
        return self._breaker.asked(lambda reader: reader.counts(texts, query))

    def words_like(self, word: str, most: int = 5) -> tuple[LikeWord, ...]:
        """The words of openings that `word` may be a slip for; raises as `search`."""
        return self._breaker.asked(lambda reader: reader.words_like(word, most))

    def is_known_fit(self) -> bool:
        """Whether the index was found searchable, with this schema, just now."""
        if self.engine.single_writer and self.reader.state() is State.READY:
            self._was_fit = True
            return True
        return time.monotonic() < self._fit_until

    def found_fit(self) -> None:
        """Remember for a few seconds that the index can be searched."""
        self._was_fit = True
        self._fit_until = 0.0 if self.engine.single_writer else time.monotonic() + _FIT_SECONDS

    def refuse_a_newer_schema(self) -> None:
        """Raise `Unavailable` where the index once fitted this process and now has another schema.

        Another version of the board, or one with other settings, has built it anew; building it back would set the
        two at each other without end.
        """
        if self._was_fit and self.reader.state() is State.STALE:
            raise Unavailable(
                "the index was built anew by another version of the board, or with other settings: "
                "restart this process, or run jobboard index rebuild"
            )

    def found_unfit(self) -> None:
        """Look again before the next write."""
        self._fit_until = 0.0

    @contextmanager
    def writing(self, patience: float = 0.0) -> Iterator[Index]:
        """The index with this process as its writer; waits up to `patience` seconds for another to finish.

        Raises `Locked` naming the other process where it does not.
        """
        with self._lock:
            if self.writer is None:
                self.writer = self._open(patience)
            try:
                yield self.writer
            finally:
                self.used_at = time.monotonic()

    def _open(self, patience: float) -> Index:
        end = time.monotonic() + patience
        while True:
            try:
                return self.engine.open(self.schema, write=True)
            except Locked:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def rest(self, *, now: bool = False) -> None:
        """Give the writer back if it has been idle for a while, or at once."""
        with self._lock:
            if self.writer is not None and (now or time.monotonic() - self.used_at > IDLE_SECONDS):
                self.writer.close()
                self.writer = None


def openings_index() -> ServedIndex:
    """The index of the running application; nothing is opened before it is used."""
    found: ServedIndex | None = current_app.extensions.get(_EXTENSION)
    if found is None:
        settings = current_app.extensions["settings"]
        engine = engine_of(settings)
        fields = schema(settings.relevance_half_life_days, vocabularies(), settings.hours_per_year)
        found = ServedIndex(engine, fields, engine.open(fields))
        current_app.extensions[_EXTENSION] = found
    return found
