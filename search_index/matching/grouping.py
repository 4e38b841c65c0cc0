"""Which places of a column hold a value: the column's places sorted by value once, and found without a loop."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


class Grouped:
    """The places of a column of whole numbers from 0, sorted by number; 4 bytes a place and 4 a number.

    `order` holds the places, those of a number together and ascending.
    """

    def __init__(self, column: Whole) -> None:
        """Take the column as it is now; later changes of it are not seen."""
        self.size = len(column)
        self.order = np.argsort(column, kind="stable").astype(np.int32)
        counts = np.bincount(column) if self.size else np.zeros(0, dtype=np.int64)
        self._starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)

    def within(self, wanted: Whole) -> Whole:
        """Return which parts of `order` hold the places of the distinct numbers `wanted`."""
        known = wanted[wanted < len(self._starts) - 1]
        begins = self._starts[known]
        lengths = self._starts[known + 1] - begins
        ends = np.cumsum(lengths, dtype=np.int32)
        total = int(ends[-1]) if len(ends) else 0
        found: Whole = np.repeat(begins - (ends - lengths), lengths)
        found += np.arange(total, dtype=np.int32)
        return found


def whole(values: Any) -> Whole:
    """Return a new column of `values`."""
    return np.array(values, dtype=np.int32)
