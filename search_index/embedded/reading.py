"""Reads one build: searcher kept current, ids of hits, and the stream of all ids and versions."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import tantivy

from search_index.embedded.folder import IndexFolder
from search_index.embedded.mapping import LIVE, register
from search_index.errors import BadQuery, StaleSchema, Unavailable
from search_index.likeness import WordsByLength

_CHUNK = 20_000
_MOST_KEPT = 10_000
_NOTHING = -(2**63)
_Result = TypeVar("_Result")


def counted(found: tantivy.SearchResult) -> int:
    """Return how many documents matched in all."""
    return int(found.count)  # type: ignore[attr-defined]  # missing from tantivy's stubs


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state of an index that no later commit changes."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    epoch: int
    _kept: dict[Hashable, int] = field(default_factory=dict, compare=False, repr=False)
    _terms: dict[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)
    _arranged: dict[str, WordsByLength] = field(default_factory=dict, compare=False, repr=False)

    def kept(self, key: Hashable, count: Callable[[], int]) -> int:
        """Return what `count` does, counting once for each `key`: a snapshot never changes."""
        if key not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = count()
        return self._kept[key]

    def terms(self, name: str) -> frozenset[str]:
        """Return every term of the text field `name`, read once."""
        if name not in self._terms:
            self._terms[name] = frozenset(term for term, _ in self.searcher.terms_with_prefix(name, ""))
        return self._terms[name]

    def terms_by_length(self, name: str) -> WordsByLength:
        """Return `terms` by their length, arranged once."""
        if name not in self._arranged:
            self._arranged[name] = WordsByLength(self.terms(name))
        return self._arranged[name]

    def newest(self, column: str | None) -> int | None:
        """Return the highest value of an integer column; None without a column or a value."""
        if column is None:
            return None

        def highest() -> int:
            found = self.searcher.search(self.live(), 1, count=False, order_by_field=column).hits
            return int(found[0][0]) if found and found[0][0] is not None else _NOTHING

        value = self.kept(("newest", column), highest)
        return None if value == _NOTHING else value

    def live(self) -> tantivy.Query:
        """Return the query for everything that can be found."""
        return tantivy.Query.term_query(self.schema, "_flags", LIVE, "basic")

    def count(self, query: tantivy.Query) -> int:
        """Return how many documents match `query`."""
        return counted(self.searcher.search(query, 1))

    def numbers(self, field: str, hits: list[tantivy.DocAddress]) -> list[int | None]:
        """Return the values of an integer column for `hits`, in their order."""
        return self.searcher.fast_field_values(field, hits) if hits else []  # type: ignore[return-value]

    def ids(self, hits: list[tantivy.DocAddress]) -> list[str]:
        """Return the ids of `hits`, in their order."""
        return [
            str(number) if number is not None else str(self.searcher.doc(hit).get_first("_id"))
            for number, hit in zip(self.numbers("_number", hits), hits, strict=True)
        ]

    def ids_and_versions(self) -> Iterator[tuple[str, int]]:
        """Stream every document's id and version: decimal ids by number, then the others by text."""
        query = tantivy.Query
        numbered = query.boolean_query(
            [(tantivy.Occur.Must, self.live()), (tantivy.Occur.Must, query.exists_query("_number"))]
        )
        last = -1
        while True:
            beyond = query.range_query(self.schema, "_number", tantivy.FieldType.Integer, last + 1, None)
            page = query.boolean_query([(tantivy.Occur.Must, numbered), (tantivy.Occur.Must, beyond)])
            found = self.searcher.search(
                page, _CHUNK, count=False, order_by_field="_number", order=tantivy.Order.Asc
            ).hits
            for (number, _), version in zip(
                found, self.numbers("_version", [hit for _, hit in found]), strict=True
            ):
                yield str(number), int(version or 0)
                last = int(number)
            if len(found) < _CHUNK:
                break
        named = query.boolean_query(
            [(tantivy.Occur.Must, self.live()), (tantivy.Occur.MustNot, query.exists_query("_number"))]
        )
        # The engine makes room for as many as may be asked for, which among a million numbers are none.
        found = self.searcher.search(
            named, max(self.count(named), 1), count=False, order_by_field="_id", order=tantivy.Order.Asc
        ).hits
        for (identity, _), version in zip(
            found, self.numbers("_version", [hit for _, hit in found]), strict=True
        ):
            yield str(identity), int(version or 0)


def guarded(what: str, work: Callable[[], _Result]) -> _Result:
    """Return what `work` returns; whatever tantivy throws, its panics included, becomes `Unavailable`."""
    try:
        return work()
    except BadQuery:
        raise
    except (OSError, ValueError) as error:
        raise Unavailable(f"{what}: {error}") from error
    except BaseException as error:
        # tantivy's panics derive from BaseException directly and have no importable class.
        if type(error).__name__ != "PanicException":
            raise
        raise Unavailable(f"{what}: the engine failed ({error})") from error


def open_build(path: Path) -> tantivy.Index:
    """Open the tantivy index in `path` with its tokenizer. Raises `Unavailable`."""

    def opened() -> tantivy.Index:
        index = tantivy.Index.open(str(path))
        register(index)
        index.reload()
        return index

    return guarded(f"index {path.parent.parent.name} cannot be opened", opened)


class Reader:
    """Searchers over the current build, renewed when a pointer or a commit has changed on disk."""

    def __init__(self, folder: IndexFolder, fingerprint: str) -> None:
        """Touch nothing yet: the index is opened by the first search, and again in a forked process."""
        self._folder = folder
        self._fingerprint = fingerprint
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._snapshot: Snapshot | None = None
        self._index: tantivy.Index | None = None
        self._build: Path | None = None
        self._signature: tuple[int, ...] = ()
        self._process = os.getpid()

    def refresh(self) -> None:
        """Open anew at the next search."""
        with self._lock:
            self._forget()

    def snapshot(self) -> Snapshot:
        """Return the newest committed state. Raises `MissingIndex`, `StaleSchema`, `Unavailable`."""
        with self._lock:
            if self._process != os.getpid():
                self._forget()
            if self._snapshot and self._build:
                signature = self._folder.signature(self._build)
                if signature and signature == self._signature:
                    return self._snapshot
            return self._renewed()

    def _renewed(self) -> Snapshot:
        for attempt in range(3):
            build = self._folder.current()
            signature = self._folder.signature(build)
            try:
                return self._opened(build, signature)
            except StaleSchema:
                raise
            except Unavailable:
                self._forget()
                # A swap between reading the pointer and opening removes the build: look again.
                if attempt == 2 or build == self._folder.current():
                    raise
        raise AssertionError("unreachable")

    def _opened(self, build: Path, signature: tuple[int, ...]) -> Snapshot:
        facts = self._folder.facts(build)
        if facts.fingerprint != self._fingerprint:
            self._forget()
            raise StaleSchema(f"index {self._folder.path.name} was built with another schema; rebuild it")
        if self._index is None or self._build != build:
            self._index = open_build(build)
        else:
            guarded(f"index {self._folder.path.name}", self._index.reload)
        self._build, self._signature = build, signature
        self._snapshot = Snapshot(self._index.searcher(), self._index.schema, facts.epoch)
        return self._snapshot
