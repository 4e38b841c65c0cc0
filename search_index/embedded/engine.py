"""The embedded engine and its index."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import tantivy

from search_index.documents import Deletion, Document, Written
from search_index.embedded.folder import BuildFacts, IndexFolder, WriterLock
from search_index.embedded.mapping import first_epoch, register, tantivy_schema
from search_index.embedded.reading import Reader, guarded
from search_index.embedded.searching import answer
from search_index.embedded.wording import counts, words_like
from search_index.embedded.writing import BuildWriter
from search_index.engine import Build, State
from search_index.errors import MissingIndex, StaleSchema, Unavailable
from search_index.likeness import LikeWord
from search_index.query import Page, Query
from search_index.schema import Schema

_BUILD_COMMITS_EVERY = 100_000


class EmbeddedEngine:
    """Keeps each index in a folder of its own under one folder."""

    single_writer = True

    def __init__(self, folder: str, clock: Callable[[], float] = time.time) -> None:
        """Take the folder's absolute path. Raises `ValueError` for another."""
        if not os.path.isabs(folder):
            raise ValueError(
                f"search URL 'embedded:{folder}': an absolute folder is needed after 'embedded:'"
            )
        self.url = f"embedded:{folder}"
        self._folder = Path(folder)
        self._clock = clock

    def open(self, schema: Schema, *, write: bool = False) -> EmbeddedIndex:
        """Return the index of `schema`; see `Engine.open`."""
        return EmbeddedIndex(IndexFolder(self._folder, schema.name), schema, self._clock, write=write)


class EmbeddedIndex:
    """One index in a folder; see `Index` for what each method promises."""

    def __init__(
        self, folder: IndexFolder, schema: Schema, clock: Callable[[], float], *, write: bool
    ) -> None:
        """Take the lock where `write` is asked for; the index itself is opened when it is used."""
        self.schema = schema
        self._clock = clock
        self._folder = folder
        self._reader = Reader(folder, schema.fingerprint)
        self._lock = WriterLock(folder) if write else None
        self._owner = os.getpid()
        self._writer: BuildWriter | None = None

    def search(self, query: Query) -> Page:
        """Answer `query`."""
        snapshot = self._reader.snapshot()
        now = self._clock() if query.now is None else query.now
        return guarded(f"index {self.schema.name}", lambda: answer(self.schema, snapshot, query, now))

    def counts(self, texts: Sequence[str], query: Query) -> tuple[int, ...]:
        """Count the matches of each text."""
        snapshot = self._reader.snapshot()
        return guarded(f"index {self.schema.name}", lambda: counts(self.schema, snapshot, texts, query))

    def words_like(self, word: str, most: int = 5) -> tuple[LikeWord, ...]:
        """Look through all words."""
        snapshot = self._reader.snapshot()
        return guarded(f"index {self.schema.name}", lambda: words_like(snapshot, word, most))

    def state(self) -> State:
        """Look whether the index can be searched."""
        try:
            self._reader.snapshot()
        except MissingIndex:
            return State.MISSING
        except StaleSchema:
            return State.STALE
        except Unavailable:
            return State.BROKEN
        return State.READY

    def refresh(self) -> None:
        """See what others have committed."""
        self._reader.refresh()

    def count(self) -> int:
        """Return how many documents can be found."""
        snapshot = self._reader.snapshot()
        return guarded(f"index {self.schema.name}", lambda: snapshot.count(snapshot.live()))

    def ids_and_versions(self) -> Iterator[tuple[str, int]]:
        """Stream ids and versions."""
        return self._reader.snapshot().ids_and_versions()

    def write(self, documents: Iterable[Document] = (), deletions: Iterable[Deletion] = ()) -> list[Written]:
        """Write to the index that is searched."""
        return self._current_writer().write(documents, deletions)

    def commit(self) -> list[Written]:
        """Commit what was written to the index that is searched."""
        self._check_writer()
        return self._writer.commit() if self._writer is not None else []

    def _check_writer(self) -> None:
        if self._lock is None or self._owner != os.getpid():
            raise RuntimeError(f"index {self.schema.name} was not opened for writing in this process")

    def _current_writer(self) -> BuildWriter:
        self._check_writer()
        path = self._folder.current()
        if self._writer is None or self._writer.path != path:
            facts = self._folder.facts(path)
            if facts.fingerprint != self.schema.fingerprint:
                raise StaleSchema(f"index {self.schema.name} was built with another schema; rebuild it")
            self._writer = BuildWriter(self.schema, path, facts)
        return self._writer

    def begin_rebuild(self) -> Build:
        """Start a new index beside the one that is searched."""
        self._check_writer()
        facts = BuildFacts(self.schema.fingerprint, first_epoch(self.schema, self._clock()))
        path = self._folder.new_build(facts)

        def made() -> None:
            register(tantivy.Index(tantivy_schema(self.schema), path=str(path)))

        guarded(f"index {self.schema.name}: a new build cannot be made", made)
        return BuildWriter(self.schema, path, facts, commit_every=_BUILD_COMMITS_EVERY)

    def swap(self, build: Build) -> None:
        """Put `build` in the place of the index."""
        self._check_writer()
        assert isinstance(build, BuildWriter)
        build.finish()
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        build.close()
        self._folder.make_current(build.path)

    def abandon(self, build: Build) -> None:
        """Remove `build`."""
        self._check_writer()
        assert isinstance(build, BuildWriter)
        build.close()
        self._folder.remove_leftovers()

    def close(self) -> None:
        """Give the writer back."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        """Return the index itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()
