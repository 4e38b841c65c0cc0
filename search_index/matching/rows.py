"""Queries as rows of literals: columns that are narrowed down for all candidates at once.

A row has up to six literals in columns, the others of a longer one beside them. It is filed under that one which
documents make true least often; nobody else looks at it. Rows that came since the last filing are looked at by all.
"""

from __future__ import annotations

from array import array

import numpy as np
import numpy.typing as npt

from search_index.matching.grouping import Flags, Grouped, Whole, whole

COLUMNS = 6
# Rows are filed anew when so many came and that part of all, when that part of all is gone, and as documents are seen.
_FEW, _PART, _GONE_PART = 2048, 16, 4
_USUAL, _LONG, _GONE = 0, 1, 2
_FILED_AFTER = frozenset({8, 64, 512, 4096, 32_768})


class Rows:
    """The rows, numbered from 0. Not safe to change and ask at once."""

    def __init__(self) -> None:
        """Begin without any."""
        self._columns = np.zeros((COLUMNS, 0), dtype=np.int32)
        self._filed = Grouped(whole([]))
        self._later = array("i")
        self._beyond: dict[int, list[int]] = {}
        # Of each row whether it is gone, or has more literals than columns.
        self._state = bytearray()
        self._gone_count = 0
        self._seen = np.zeros(0, dtype=np.int32)
        self._documents = 0

    def append(self, literals: list[int]) -> int:
        """Add a query whose literals all must hold, none of which is the one that always does; return its row."""
        row = len(self._state)
        self._state.append(_LONG if len(literals) > COLUMNS else _USUAL)
        self._later.extend(literals[:COLUMNS])
        self._later.extend([0] * (COLUMNS - len(literals)))
        if len(literals) > COLUMNS:
            self._beyond[row] = literals[COLUMNS:]
        return row

    def drop(self, row: int) -> None:
        """Find `row` no more."""
        self._state[row] = _GONE
        self._gone_count += 1
        self._beyond.pop(row, None)

    def holding(self, nodes: Whole, holds: Flags) -> Whole:
        """Return the rows that a document meets: `nodes` are those that hold, `holds` the same as flags."""
        found = self._filed.sorted[_narrowed(self._columns, self._filed.within(nodes), holds)]
        if self._later:
            later = whole(self._later).reshape(-1, COLUMNS).T
            rows = _narrowed(later, np.arange(later.shape[1], dtype=np.int32), holds)
            found = np.concatenate([found, rows + np.int32(self._filed.size)])
        states = np.frombuffer(self._state, dtype=np.uint8)[found]
        long = [row for row in found[states == _LONG].tolist() if self._holds_beyond(row, holds)]
        return np.concatenate([found[states == _USUAL], whole(long)])

    def _holds_beyond(self, row: int, holds: Flags) -> bool:
        return all(holds[literal >> 1] != (literal & 1) for literal in self._beyond[row])

    def saw(self, nodes: Whole, holds: Flags) -> None:
        """Count what one more document made true."""
        if len(self._seen) < len(holds):
            self._seen = np.concatenate([self._seen, np.zeros(len(holds) - len(self._seen), dtype=np.int32)])
        self._seen[nodes] += 1
        self._documents += 1

    @property
    def filing_due(self) -> bool:
        """Whether it is time to file anew."""
        later = len(self._later) // COLUMNS
        return (
            later > _FEW + self._filed.size // _PART
            or self._gone_count > _FEW + len(self._state) // _GONE_PART
            or self._documents in _FILED_AFTER
        )

    def file(self, nodes: int) -> npt.NDArray[np.int64] | None:
        """File all rows anew, there being so many nodes.

        Where rows that are gone were taken out, the others are numbered anew: their old numbers come back.
        """
        earlier = np.empty_like(self._columns)
        earlier[:, self._filed.sorted] = self._columns
        columns = np.concatenate([earlier, whole(self._later).reshape(-1, COLUMNS).T], axis=1)
        self._later = array("i")
        kept = None
        if self._gone_count > len(self._state) // _GONE_PART:
            states = np.frombuffer(self._state, dtype=np.uint8)
            kept = np.flatnonzero(states != _GONE)
            columns, states = columns[:, kept], states[kept]
            self._beyond = {int(np.searchsorted(kept, row)): rest for row, rest in self._beyond.items()}
            self._state, self._gone_count = bytearray(states.tobytes()), 0
        self._filed = Grouped(self._keys(columns, nodes))
        self._columns = np.ascontiguousarray(columns[:, self._filed.sorted])
        return kept

    def _keys(self, columns: Whole, nodes: int) -> Whole:
        """Return for each row the node to file it under: the likely rarest, or the one that always holds."""
        size = columns.shape[1]
        seen = np.zeros(nodes)
        seen[: len(self._seen)] = self._seen
        # What was never seen is guessed at by how many ask for it, as if by one document.
        asked = np.bincount(columns.ravel() >> 1, minlength=nodes) / max(size, 1)
        rate = (seen + asked) / (self._documents + 1)
        keys, rarest = np.zeros(size, dtype=np.int32), np.full(size, np.inf)
        for column in columns:
            node = column >> 1
            better = (column & 1 == 0) & (column != 0) & (rate[node] < rarest)
            keys[better] = node[better]
            rarest[better] = rate[node[better]]
        return keys


def _narrowed(columns: Whole, rows: Whole, holds: Flags) -> Whole:
    """Return those of `rows` of which every literal holds."""
    for column in columns:
        literal = column[rows]
        if not literal.any():
            # A row's literals stand before its blanks.
            break
        rows = rows[holds[literal >> 1] != (literal & 1)]
    return rows
