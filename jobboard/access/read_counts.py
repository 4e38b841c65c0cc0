"""How often somebody reads, counted in this process.

A count that holds across processes is a write for each page; where reading is limited, which keeps programs from
taking a process for themselves, each process may well count for itself.
"""

from __future__ import annotations

from collections import Counter
from threading import Lock
from typing import Final

MOST_SUBJECTS: Final = 100_000


class ReadCounts:
    """Counts by window; what is over is forgotten with the first use in the next one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._windows: dict[int, tuple[int, Counter[tuple[str, str]]]] = {}

    def allow(self, name: str, subject: str, most: int, seconds: int, now: int) -> bool:
        """Count one use of `name` by `subject` at `now`, whole seconds; False once there were more than `most`.

        A window of too many subjects begins anew, so that strangers cannot fill the memory.
        """
        window = now // seconds
        with self._lock:
            begun, counts = self._windows.get(seconds, (-1, Counter()))
            if begun != window or len(counts) > MOST_SUBJECTS:
                counts = Counter()
                self._windows[seconds] = window, counts
            counts[name, subject] += 1
            return counts[name, subject] <= most
