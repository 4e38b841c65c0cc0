"""Builds the index of codes anew beside the old one and swaps it in, when what is loaded has changed."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from jobboard.code_search.documents import documents, marker
from jobboard.code_search.entries import entries
from jobboard.code_search.fingerprint import fingerprint
from jobboard.code_search.index import codes_index, is_made_of, table_keeper
from jobboard.database import db
from jobboard.search.leases import Lease
from search_index import State, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from search_index import Build, Index

# What the lease of a rebuild is called.
KIND: Final = "code"
_BATCH: Final = 2_000


@dataclass
class CodesRebuilt:
    """How many documents went in, and how many were refused."""

    documents: int = 0
    refused: int = 0


def rebuild_codes(index: Index, progress: Callable[[int], None] | None = None) -> CodesRebuilt:
    """Load all entries into a new index and swap it in.

    `index` must be open for writing; `progress` is told how many are done. Raises `RebuildRunning` where another
    rebuild goes on, `LeaseLost`, `Unavailable`; the index is then what it was.
    """
    lease = Lease.take(0, alone=codes_index().engine.single_writer, kind=KIND)
    try:
        done = _built(index, lease, progress)
    except BaseException:
        lease.release_quietly()
        raise
    lease.release()
    # The table is packed here, so that the processes that serve find it made.
    table_keeper().made()
    db.session.rollback()
    return done


def _built(index: Index, lease: Lease, progress: Callable[[int], None] | None) -> CodesRebuilt:
    made_of, done = fingerprint(), CodesRebuilt()
    build = index.begin_rebuild()
    try:
        with closing(entries()) as found:
            stream = documents(found)
            while batch := list(islice(stream, _BATCH)):
                written = build.write(batch)
                done.refused += sum(bool(one.error) for one in written)
                done.documents += len(batch)
                lease.beat(done.documents)
                if progress:
                    progress(done.documents)
        _close(build, made_of, lease)
        index.swap(build)
    except BaseException:
        # Best effort: where the engine is away too, the next rebuild removes the remains.
        with suppress(Unavailable):
            index.abandon(build)
        raise
    finally:
        db.session.rollback()
    return done


def _close(build: Build, made_of: str, lease: Lease) -> None:
    build.write([marker(made_of)])
    build.commit()
    lease.beat()


def ensure_codes(index: Index) -> CodesRebuilt | None:
    """Rebuild the index where it is missing, damaged, or made of something else; None where it is fit as it is.

    Raises `Unavailable` where the engine is away, of which nothing follows; else as `rebuild_codes`.
    """
    state = index.state()
    if state is State.AWAY:
        raise Unavailable("the search engine is away")
    made_of = fingerprint()
    db.session.rollback()
    return None if state is State.READY and is_made_of(made_of) else rebuild_codes(index)
