"""The seam: what every engine promises, and how one is chosen by URL."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from types import TracebackType
from typing import Protocol, Self

from search_index.access import Access
from search_index.documents import Deletion, Document, Written
from search_index.likeness import LikeWord
from search_index.query import Page, Query
from search_index.schema import Schema

PLAIN_ACCESS = Access()


class State(Enum):
    """Whether an index can be searched as it was opened; of one whose engine is away nothing is known."""

    READY = "ready"
    MISSING = "missing"
    STALE = "stale"
    BROKEN = "broken"
    AWAY = "away"


class Target(Protocol):
    """Something that takes documents: the index that is searched, or a half-built one."""

    def write(self, documents: Iterable[Document] = (), deletions: Iterable[Deletion] = ()) -> list[Written]:
        """Write documents, then deletions; return what became of each, in that order.

        A version older than the one held, or than that of the deletion held, changes nothing (`Outcome.OLDER`); an
        equal one is written again. What is refused names its field and keeps nothing else from being written.
        Nothing is durable or visible before `commit`. Raises `Unavailable`; then nothing since the last commit
        counts.
        """

    def commit(self) -> list[Written]:
        """Make everything written durable and visible to all readers.

        Returns what came out otherwise than `write` said, because another writer was quicker (`Outcome.OLDER`) or
        the engine itself refused it. Raises `Unavailable`; then write it all again, which is always safe.
        """

    def count(self) -> int:
        """Return how many documents can be found, as of the last commit."""

    def ids_and_versions(self) -> Iterator[tuple[str, int]]:
        """Stream every document's id and version as of now: decimal ids by number, then others by text."""


class Build(Target, Protocol):
    """A new index beside the one that is searched; nobody finds anything in it before the swap."""


class Index(Target, Protocol):
    """One index. Safe to use from several threads; opened for reading it may be inherited by a fork."""

    schema: Schema

    def search(self, query: Query) -> Page:
        """Answer `query`. Raises `BadQuery`, or `Unavailable` (`MissingIndex`, `StaleSchema` when it is that)."""

    def counts(self, texts: Sequence[str], query: Query) -> tuple[int, ...]:
        """Return how many documents match each of `texts` in the place of the texts of `query`; raises as `search`."""

    def words_like(self, word: str, most: int = 5) -> tuple[LikeWord, ...]:
        """Return the `most` likeliest words of the index that `word` may be a slip for; raises as `search`.

        See `likeness` for what is like a word, and in which order.
        """

    def state(self) -> State:
        """Look whether the index can be searched; never raises for what it finds."""

    def refresh(self) -> None:
        """See what others have committed, now; a search looks by itself."""

    def begin_rebuild(self) -> Build:
        """Start a new index with this schema, removing what an unfinished rebuild left. Needs the writer.

        What changes meanwhile has to be written to the index and to the build by the caller.
        """

    def swap(self, build: Build) -> None:
        """Commit `build` and put it in the place of the index, for all readers at one instant."""

    def abandon(self, build: Build) -> None:
        """Remove `build`."""

    def close(self) -> None:
        """Give the writer back; what is not committed is lost. Closing twice is harmless."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Engine(Protocol):
    """A place where indexes are kept; `url` has no password in it.

    `single_writer` says that one process at a time may open an index for writing. Elsewhere several may, and which
    of two versions is newer decides between them; only one of them at a time may rebuild, which is for the caller
    to see to.
    """

    url: str
    single_writer: bool

    def open(self, schema: Schema, *, write: bool = False) -> Index:
        """Return the index called `schema.name`, whether it exists yet or not.

        With `write` it may be written until `close`; raises `Locked` where the engine has a single writer and there
        is one already.
        """


def connect(url: str, *, clock: Callable[[], float] = time.time, access: Access = PLAIN_ACCESS) -> Engine:
    """Return the engine at `url`.

    `embedded:` and an absolute folder, which is made when something is written; or `http(s)://host:port`, several
    hosts separated by commas, for a cluster of Elasticsearch 8 or 9 or of OpenSearch 2 or 3, reached as `access`
    says. `clock` tells the time (seconds since 1970) that relevance decays from. Touches nothing yet. Raises
    `ValueError` for a URL that no engine understands.
    """
    scheme, _, rest = url.partition(":")
    # Imported here so that one engine's user never loads another's library.
    if scheme == "embedded":
        from search_index.embedded import EmbeddedEngine

        return EmbeddedEngine(rest, clock)
    if scheme in {"http", "https"}:
        from search_index.cluster import ClusterEngine

        return ClusterEngine(url, access, clock)
    raise ValueError("a search URL is embedded: and a folder, or http(s)://host:port")
