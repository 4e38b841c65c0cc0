"""Something on a cluster that takes documents: an index that is searched, or one that is being loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

import orjson

from search_index.cluster.bulk import MOST_CHANGES, Line, send
from search_index.cluster.compiling import LIVE
from search_index.cluster.failures import Refusal
from search_index.cluster.link import Link
from search_index.cluster.mapping import source
from search_index.documents import Deletion, Document, Outcome, Written, key_error
from search_index.errors import MissingIndex, Unavailable
from search_index.schema import Schema

_CHUNK = 10_000
Change = Document | Deletion


class Target:
    """Reads and writes through one alias."""

    def __init__(self, link: Link, schema: Schema, alias: str) -> None:
        """Touch nothing yet."""
        self._link, self._schema, self._alias = link, schema, alias

    def _line(self, change: Change) -> Line | Written:
        """Return `change` as it goes over the wire, or its refusal."""
        if error := key_error(change):
            return Written(str(change.id), change.version, Outcome.REFUSED, error)
        try:
            return Line(change.id, change.version, orjson.dumps(source(self._schema, change)))
        except (ValueError, OverflowError) as refusal:
            return Written(change.id, change.version, Outcome.REFUSED, str(refusal))

    def refreshed(self) -> None:
        """Let everybody see what was written."""
        self._asked("POST", "_refresh")

    def count(self) -> int:
        """Return how many documents can be found."""
        return int(self._asked("POST", "_count", {"query": LIVE})["count"])

    def ids_and_versions(self) -> Iterator[tuple[str, int]]:
        """Stream ids and versions: decimal ids by number, then the others by text."""
        body = {
            "query": {"bool": {"filter": [LIVE]}},
            "size": _CHUNK,
            "sort": [
                {"_number": {"order": "asc", "missing": "_last"}},
                {"_name": {"order": "asc", "missing": "_last"}},
            ],
            "version": True,
            "track_total_hits": False,
            "_source": False,
        }
        while True:
            hits = self._asked("POST", "_search", body)["hits"]["hits"]
            for hit in hits:
                yield str(hit["_id"]), int(hit["_version"])
            if len(hits) < _CHUNK:
                return
            body["search_after"] = hits[-1]["sort"]

    def _asked(self, method: str, what: str, body: object = None) -> Any:
        try:
            return self._link.call(method, f"/{self._alias}/{what}", body)
        except Refusal as refusal:
            if refusal.kind == "index_not_found_exception":
                raise MissingIndex(str(refusal)) from None
            raise Unavailable(f"the search cluster refused: {refusal}") from None


class Loading(Target):
    """An index that is being loaded: nobody searches it, so everything is sent at once."""

    def __init__(self, link: Link, schema: Schema, index: str, alias: str) -> None:
        """Take the index and the alias that leads to it."""
        super().__init__(link, schema, alias)
        self.index = index

    def write(self, documents: Iterable[Document] = (), deletions: Iterable[Deletion] = ()) -> list[Written]:
        """Write documents, then deletions; the server decides what is older."""
        results: list[Written] = []
        changes: Iterator[Change] = chain(documents, deletions)
        while batch := list(islice(changes, MOST_CHANGES)):
            made = [self._line(change) for change in batch]
            sent = iter(send(self._link, self._alias, (one for one in made if isinstance(one, Line))))
            results += [one if isinstance(one, Written) else next(sent) for one in made]
        return results

    def commit(self) -> list[Written]:
        """Make what was written countable."""
        self.refreshed()
        return []


class Searched(Target):
    """The index that is searched: what is written waits here for its commit, and is lost without one."""

    def __init__(self, link: Link, schema: Schema, alias: str) -> None:
        """Touch nothing yet."""
        super().__init__(link, schema, alias)
        self._waiting: dict[str, Line] = {}

    def write(self, documents: Iterable[Document] = (), deletions: Iterable[Deletion] = ()) -> list[Written]:
        """Compare versions with those held and waiting, and keep what is newer for the commit."""
        results: list[Written] = []
        changes: Iterator[Change] = chain(documents, deletions)
        while batch := list(islice(changes, MOST_CHANGES)):
            made = [self._line(change) for change in batch]
            held = self._versions(
                [one.id for one in made if isinstance(one, Line) and one.id not in self._waiting]
            )
            results += [one if isinstance(one, Written) else self._kept(one, held) for one in made]
        return results

    def _kept(self, line: Line, held: dict[str, int]) -> Written:
        waiting = self._waiting.get(line.id)
        current = waiting.version if waiting else held.get(line.id, -1)
        if current > line.version:
            return line.written(Outcome.OLDER)
        self._waiting[line.id] = line
        return line.written(Outcome.WRITTEN)

    def _versions(self, ids: Sequence[str]) -> dict[str, int]:
        """Return the versions that are held of `ids`, those of deletions included."""
        if not ids:
            self._asked("GET", "_count")
            return {}
        told = self._asked("POST", "_mget?_source=false", {"ids": list(dict.fromkeys(ids))})
        found: dict[str, int] = {}
        for one in told["docs"]:
            if (error := one.get("error")) is not None:
                if error.get("type") == "index_not_found_exception":
                    raise MissingIndex(str(error.get("reason")))
                raise Unavailable(f"the search cluster cannot tell versions: {error.get('reason')}")
            if one.get("found"):
                found[str(one["_id"])] = int(one["_version"])
        return found

    def commit(self) -> list[Written]:
        """Send what waits and let everybody see it; return what came out otherwise than `write` said."""
        if not self._waiting:
            return []
        lines, self._waiting = list(self._waiting.values()), {}
        results = send(self._link, self._alias, lines)
        self.refreshed()
        return [one for one in results if one.outcome is not Outcome.WRITTEN]

    def forget(self) -> None:
        """Lose what was not committed."""
        self._waiting = {}
