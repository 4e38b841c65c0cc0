"""Which places of a column hold a value: the column's places sorted by value once, and found without a loop."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


class Grouped:
    """A column of whole numbers from 0, sorted: 4 bytes a place and 4 a number.

    `sorted` holds what stands beside each place, its own number by default, those of equal numbers together.
    """

    def __init__(self, column: Whole, beside: Whole | None = None) -> None:
        """Take the columns as they are now; later changes of them are not seen."""
        self.size = len(column)
        order = np.argsort(column, kind="stable").astype(np.int32)
        self.sorted: Whole = order if beside is None else beside[order]
        counts = np.bincount(column) if self.size else np.zeros(0, dtype=np.int64)
        self._starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)

    def within(self, wanted: Whole) -> Whole:
        """Return which places of `sorted` belong to the distinct numbers `wanted`."""
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
