"""The engine on a cluster and its indexes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Any, Self, TypeVar
from zlib import crc32

from search_index.access import Access, hosts_of
from search_index.cluster.failures import Overloaded, Refusal
from search_index.cluster.link import Link
from search_index.cluster.mapping import fingerprint, index_body, searched_settings
from search_index.cluster.names import Names, loading
from search_index.cluster.searching import answer
from search_index.cluster.target import Loading, Searched
from search_index.cluster.wording import Ask, counts, words_like
from search_index.documents import Deletion, Document, Written
from search_index.engine import Build, State
from search_index.errors import MissingIndex, StaleSchema, Unavailable
from search_index.likeness import LikeWord
from search_index.query import Page, Query
from search_index.schema import Schema

_Result = TypeVar("_Result")
_GONE = "index_not_found_exception"


class ClusterEngine:
    """Keeps each index behind aliases of its own; any number of processes may write."""

    single_writer = False

    def __init__(self, url: str, access: Access, clock: Callable[[], float] = time.time) -> None:
        """Touch nothing yet. Raises `ValueError` for a URL that names no hosts."""
        hosts = hosts_of(url)
        self.url = hosts.shown
        self._link = Link(hosts, access)
        self._clock = clock

    @property
    def server(self) -> str:
        """What answers, in words: "OpenSearch 3.8.0". Raises `Unavailable`."""
        return str(self._link.server)

    def open(self, schema: Schema, *, write: bool = False) -> ClusterIndex:
        """Return the index of `schema`; see `Engine.open`."""
        return ClusterIndex(self._link, schema, self._clock, write=write)


class ClusterIndex:
    """One index on a cluster; see `Index` for what each method promises."""

    def __init__(self, link: Link, schema: Schema, clock: Callable[[], float], *, write: bool) -> None:
        """Touch nothing yet."""
        self.schema = schema
        self._link, self._clock, self._may_write = link, clock, write
        self._names = Names.of(schema, link.access.prefix)
        self._current = Searched(link, schema, self._names.this_schema)

    def search(self, query: Query) -> Page:
        """Answer `query`."""
        now = self._clock() if query.now is None else query.now
        return self._asked(query.text, lambda ask: answer(self.schema, ask, query, now))

    def counts(self, texts: Sequence[str], query: Query) -> tuple[int, ...]:
        """Count the matches of each text, all in one call."""
        return self._asked(query.text, lambda ask: counts(self.schema, ask, texts, query))

    def words_like(self, word: str, most: int = 5) -> tuple[LikeWord, ...]:
        """Have the server propose words, and count them."""
        return self._asked(word, lambda ask: words_like(ask, word, most))

    def _asked(self, text: str, work: Callable[[Ask], _Result]) -> _Result:
        """Return what `work` makes of answers to searches, all within one time limit."""
        seconds = self._link.access.search_seconds
        path = f"/{self._names.this_schema}/_search"
        # All pages of one search go to the same copy, so that equal rows never change places between them.
        copy = f"{crc32(text.encode('utf-8', 'replace')):x}"

        end = time.monotonic() + seconds

        def ask(body: Mapping[str, Any]) -> Mapping[str, Any]:
            # The limit is for the whole search, however many calls it takes; tenths, so that few limits are met.
            left = max(round(end - time.monotonic(), 1), 0.1)
            limited = {**body, "timeout": f"{int(left * 1000)}ms"}
            told: Mapping[str, Any] = self._link.call(
                "POST", path, limited, seconds=left, preference=copy, allow_partial_search_results="false"
            )
            return told

        with self._explained():
            try:
                return work(ask)
            except (Overloaded, Refusal) as problem:
                if isinstance(problem, Refusal) and problem.kind != _GONE:
                    raise
                # A swap may take away the shards that a search is on its way to; the new index has its own.
                return work(ask)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn a missing alias into what it means, and any other refusal into `Unavailable`."""
        try:
            yield
        except Refusal as refusal:
            if refusal.kind != _GONE:
                raise Unavailable(
                    f"index {self.schema.name}: the search cluster refused: {refusal}"
                ) from None
            raise self._absence() from None
        except MissingIndex:
            raise self._absence() from None

    def _absence(self) -> Unavailable:
        if self._meta() is None:
            return MissingIndex(f"index {self.schema.name} has not been built")
        return StaleSchema(f"index {self.schema.name} was built with another schema; rebuild it")

    def _meta(self) -> Mapping[str, Any] | None:
        """Return what the index that is searched says of itself, None where there is none."""
        try:
            told = self._link.call("GET", f"/{self._names.any_schema}/_mapping")
        except Refusal as refusal:
            if refusal.status == 404:
                return None
            raise Unavailable(f"index {self.schema.name}: the search cluster refused: {refusal}") from None
        metas = [one["mappings"].get("_meta", {}) for one in told.values()]
        return metas[0] if len(metas) == 1 and isinstance(metas[0], dict) else {}

    def state(self) -> State:
        """Look whether the index can be searched."""
        try:
            meta = self._meta()
            if meta is None:
                return State.MISSING
            if meta.get("index") != self._names.any_schema:
                return State.BROKEN
            if meta.get("fingerprint") != fingerprint(self.schema):
                return State.STALE
            health = self._link.call("GET", f"/_cluster/health/{self._names.any_schema}")
            # Without its shards nothing can be searched; they come back with their node.
            return State.AWAY if health["status"] == "red" else State.READY
        except (Unavailable, Refusal):
            return State.AWAY

    def refresh(self) -> None:
        """Do nothing: every search sees the last commit."""

    def count(self) -> int:
        """Return how many documents can be found."""
        with self._explained():
            return self._current.count()

    def ids_and_versions(self) -> Iterator[tuple[str, int]]:
        """Stream ids and versions."""
        with self._explained():
            yield from self._current.ids_and_versions()

    def write(self, documents: Iterable[Document] = (), deletions: Iterable[Deletion] = ()) -> list[Written]:
        """Write to the index that is searched."""
        self._check_writer()
        with self._explained():
            return self._current.write(documents, deletions)

    def commit(self) -> list[Written]:
        """Send what was written to the index that is searched."""
        self._check_writer()
        with self._explained():
            return self._current.commit()

    def _check_writer(self) -> None:
        if not self._may_write:
            raise RuntimeError(f"index {self.schema.name} was not opened for writing")

    # Rebuilding

    def begin_rebuild(self) -> Build:
        """Make an empty index that nobody searches, after removing what unfinished rebuilds left."""
        self._check_writer()
        with self._explained():
            self._remove_leftovers()
            index = self._names.new_index()
            alias = loading(index)
            self._link.call(
                "PUT", f"/{index}", index_body(self.schema, self._names.any_schema) | {"aliases": {alias: {}}}
            )
        return Loading(self._link, self.schema, index, alias)

    def swap(self, build: Build) -> None:
        """Put `build` in the place of the index: one call, for all readers at one instant; then remove the old one.

        Where that cannot be removed now, the next rebuild does it.
        """
        self._check_writer()
        assert isinstance(build, Loading)
        with self._explained():
            build.commit()
            self._link.call("PUT", f"/{build.index}/_settings", {"index": searched_settings()})
            self._link.call("POST", f"/{build.index}/_flush")
            old = self._searched_indexes()
            names = (self._names.any_schema, self._names.this_schema)
            actions: list[Mapping[str, Any]] = [
                {"add": {"index": build.index, "alias": alias}} for alias in names
            ]
            actions.append({"remove": {"index": build.index, "alias": loading(build.index)}})
            past = [one for one in old if one != build.index]
            actions += [{"remove": {"index": one, "alias": "*"}} for one in past]
            self._link.call("POST", "/_aliases", {"actions": actions})
        self._current.forget()
        # Not in the same call: the node takes shards away before it sees where the aliases lead now.
        with suppress(Unavailable, Refusal):
            for one in past:
                self._remove(one)

    def abandon(self, build: Build) -> None:
        """Remove `build`, unless it is searched: a swap may have been done although its answer was lost."""
        self._check_writer()
        assert isinstance(build, Loading)
        with self._explained():
            if build.index not in self._searched_indexes():
                self._remove(build.index)

    def _searched_indexes(self) -> list[str]:
        try:
            return list(self._link.call("GET", f"/_alias/{self._names.any_schema}"))
        except Refusal as refusal:
            if refusal.status == 404:
                return []
            raise

    def _remove_leftovers(self) -> None:
        """Remove every index of this name that nobody searches. Others' indexes that merely sound alike stay."""
        searched = self._searched_indexes()
        told = self._link.call("GET", f"/{self._names.all_indexes}/_mapping")
        for index, one in told.items():
            meta = one["mappings"].get("_meta", {})
            if index not in searched and meta.get("index") == self._names.any_schema:
                self._remove(index)

    def _remove(self, index: str) -> None:
        try:
            self._link.call("DELETE", f"/{index}")
        except Refusal as refusal:
            if refusal.status != 404:
                raise

    def close(self) -> None:
        """Lose what is not committed."""
        self._current.forget()

    def __enter__(self) -> Self:
        """Return the index itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()
