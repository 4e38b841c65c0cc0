"""Which of a million stored queries a document matches, without asking them one by one."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterator

import numpy as np

from search_index.checking import check
from search_index.documents import Document
from search_index.matching.compiling import Compiler
from search_index.matching.facts import Facts
from search_index.matching.predicates import Predicates
from search_index.matching.rows import Rows
from search_index.query import Query
from search_index.schema import Schema
from search_index.stored import StoredQuery


class Matcher:
    """Stored queries of one schema, by id (a whole number of 64 bits). Safe to use from several threads.

    It lives in memory and is filled at each start. What only queries asked that are gone is kept until then.
    """

    def __init__(self, schema: Schema) -> None:
        """Begin without any."""
        self.schema = schema
        self._lock = threading.Lock()
        self._predicates = Predicates(schema)
        self._compiler = Compiler(schema, self._predicates)
        self._rows = Rows()
        self._row_of: dict[int, int] = {}
        self._removed: dict[int, int] = {}
        self._ids, self._versions = array("q"), array("q")

    def __len__(self) -> int:
        return len(self._row_of)

    def ids_and_versions(self) -> Iterator[tuple[int, int]]:
        """Yield what is held, to be compared with the place that it comes from."""
        with self._lock:
            held = [(identity, self._versions[row]) for identity, row in self._row_of.items()]
        yield from held

    def add(self, identity: int, version: int, stored: StoredQuery) -> bool:
        """Hold `stored` under `identity`, in the place of an older or equal version; False where a newer was met.

        Raises `BadQuery` naming the field that the schema has not.
        """
        words = stored.words()
        check(self.schema, Query(filters=stored.filters, intervals=stored.intervals), words)
        with self._lock:
            if version < self._newest(identity):
                return False
            literals = self._compiler.literals(stored, words)
            self._drop(identity)
            self._removed.pop(identity, None)
            self._row_of[identity] = self._rows.append(literals)
            self._ids.append(identity)
            self._versions.append(version)
            return True

    def remove(self, identity: int, version: int) -> bool:
        """Hold nothing under `identity` as of `version`; False where a newer one was met."""
        with self._lock:
            if version < self._newest(identity):
                return False
            self._drop(identity)
            self._removed[identity] = version
            return True

    def matching(self, document: Document) -> list[int]:
        """Return the ids of all queries that `document` matches, ascending.

        Those for which an index of this document alone would return it. Raises `ValueError` naming the field that
        an index would refuse.
        """
        facts = Facts.of(self.schema, document)
        with self._lock:
            nodes, holds = self._predicates.true_nodes(facts)
            self._rows.saw(nodes, holds)
            if self._rows.filing_due:
                self._file()
            found = self._rows.holding(nodes, holds)
            ids: list[int] = np.sort(np.frombuffer(self._ids, dtype=np.int64)[found]).tolist()
        return ids

    def _newest(self, identity: int) -> int:
        row = self._row_of.get(identity)
        return self._removed.get(identity, -1) if row is None else self._versions[row]

    def _drop(self, identity: int) -> None:
        if (row := self._row_of.pop(identity, None)) is not None:
            self._rows.drop(row)

    def _file(self) -> None:
        kept = self._rows.file(len(self._predicates))
        if kept is not None:
            for column in (self._ids, self._versions):
                left = np.frombuffer(column, dtype=np.int64)[kept]
                del column[:]
                column.frombytes(left.tobytes())
            self._row_of = {identity: row for row, identity in enumerate(self._ids)}
