"""Writes one build: versions are compared before a document replaces another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

import tantivy

from search_index.documents import Deletion, Document, Outcome, Written, key_error
from search_index.embedded.folder import BuildFacts
from search_index.embedded.mapping import deletion, tantivy_document
from search_index.embedded.reading import Snapshot, guarded, open_build
from search_index.errors import Unavailable
from search_index.schema import Schema

_BATCH = 500
_HEAP = 100_000_000

Change = Document | Deletion


def _batches(changes: Iterable[Change]) -> Iterator[list[Change]]:
    remaining = iter(changes)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


class BuildWriter:
    """Takes documents for one build; the one tantivy writer stays open between commits."""

    def __init__(
        self, schema: Schema, path: Path, facts: BuildFacts, *, commit_every: int | None = None
    ) -> None:
        """Open nothing yet. With `commit_every`, commits by itself after so many writes (nobody sees a build)."""
        self.path = path
        self._schema, self._facts, self._commit_every = schema, facts, commit_every
        self._index: tantivy.Index | None = None
        self._writer: tantivy.IndexWriter | None = None
        self._pending: dict[str, int] = {}
        self._lock = threading.RLock()
        self._closed = False

    def write(self, documents: Iterable[Document] = (), deletions: Iterable[Deletion] = ()) -> list[Written]:
        """Write documents, then deletions, as `Target.write` promises."""
        results: list[Written] = []
        with self._lock:
            for batch in _batches(chain(documents, deletions)):
                results += self._write(batch)
                if self._commit_every and len(self._pending) >= self._commit_every:
                    self.commit()
        return results

    def _write(self, batch: Sequence[Change]) -> list[Written]:
        held = self._versions([one.id for one in batch if not key_error(one) and one.id not in self._pending])
        results: list[Written] = []
        for change in batch:
            if error := key_error(change):
                results.append(Written(str(change.id), change.version, Outcome.REFUSED, error))
                continue
            current = self._pending.get(change.id, held.get(change.id, -1))
            if current > change.version:
                results.append(Written(change.id, change.version, Outcome.OLDER))
                continue
            try:
                made = self._made(change)
            except (ValueError, OverflowError) as refusal:
                results.append(Written(change.id, change.version, Outcome.REFUSED, str(refusal)))
                continue
            self._put(change.id, made, replaces=current >= 0)
            self._pending[change.id] = change.version
            results.append(Written(change.id, change.version, Outcome.WRITTEN))
        return results

    def _made(self, change: Change) -> tantivy.Document:
        if isinstance(change, Deletion):
            return deletion(change.id, change.version)
        return tantivy_document(self._schema, self._facts.epoch, change)

    def _put(self, identity: str, made: tantivy.Document, *, replaces: bool) -> None:
        writer = self._opened()

        def put() -> None:
            if replaces:
                writer.delete_documents_by_term("_id", identity)
            writer.add_document(made)

        self._careful("a document cannot be written", put)

    def _careful(self, what: str, work: Callable[[], object]) -> None:
        try:
            guarded(what, work)
        except Unavailable:
            self._lose()
            raise

    def _lose(self) -> None:
        """Forget everything since the last commit."""
        self._index, self._writer = None, None
        self._pending.clear()

    def _opened(self) -> tantivy.IndexWriter:
        if self._closed:
            raise RuntimeError("the writer is closed")
        if self._index is None:
            self._index = open_build(self.path)
        if self._writer is None:
            index = self._index
            self._writer = guarded("the writer cannot be opened", lambda: index.writer(_HEAP, 1))
        return self._writer

    def snapshot(self) -> Snapshot:
        """Return the state of the last commit."""
        with self._lock:
            if self._index is None:
                self._index = open_build(self.path)
            guarded("the build cannot be read", self._index.reload)
            return Snapshot(self._index.searcher(), self._index.schema, self._facts.epoch)

    def _versions(self, ids: Sequence[str]) -> dict[str, int]:
        """Return the committed versions of `ids`, those of deletions included."""
        self._opened()
        assert self._index is not None
        searcher, schema = self._index.searcher(), self._index.schema
        if not ids or not searcher.num_docs:
            return {}

        def looked_up() -> dict[str, int]:
            wanted = tantivy.Query.term_set_query(schema, "_id", list(ids))
            hits = [hit for _, hit in searcher.search(wanted, len(ids), count=False).hits]
            found = Snapshot(searcher, schema, self._facts.epoch)
            versions = found.numbers("_version", hits)
            return {name: int(version or 0) for name, version in zip(found.ids(hits), versions, strict=True)}

        return guarded("versions cannot be read", looked_up)

    def commit(self) -> list[Written]:
        """Make everything written durable; nothing comes out otherwise than `write` said.

        Raises `Unavailable`; then it is all to be written again.
        """
        with self._lock:
            if not self._pending or self._writer is None or self._index is None:
                return []
            writer, index = self._writer, self._index

            def commit() -> None:
                writer.commit()
                index.reload()

            self._careful("the commit failed", commit)
            self._pending.clear()
            return []

    def finish(self) -> None:
        """Commit and wait until merges have ended, so that searches start on few segments."""
        with self._lock:
            self.commit()
            if self._writer is not None:
                self._careful("merging failed", self._writer.wait_merging_threads)
            self._writer = None

    def close(self) -> None:
        """Stop; what is not committed is lost."""
        with self._lock:
            self._lose()
            self._closed = True

    def count(self) -> int:
        """Return how many documents can be found as of the last commit."""
        found = self.snapshot()
        return found.count(found.live())

    def ids_and_versions(self) -> Iterator[tuple[str, int]]:
        """Stream ids and versions as of the last commit."""
        return self.snapshot().ids_and_versions()
