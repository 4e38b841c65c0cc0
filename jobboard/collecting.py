"""When Python's garbage collector looks for what only refers to itself: seldom, for nearly nothing here does.

Rows, documents and kept texts are many small things that live on, or go as soon as nobody holds them; looking through
them time and again took a quarter of what reading a row costs, and pauses that a page's reader notices.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_BETWEEN_COLLECTIONS: Final = 20_000
# More than a thousand postings and their documents are made of.
_WHILE_LOADING: Final = 500_000


def collect_rarely() -> None:
    """Have the collector leave alone what is loaded by now, and look at the rest a few dozen times less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_BETWEEN_COLLECTIONS, 10, 10)


@contextmanager
def collected_after() -> Iterator[None]:
    """Have the collector wait while many rows are loaded, page after page; afterwards it is as it was.

    For what a process does once at a time: of two that overlap the later would leave it waiting.
    """
    before = gc.get_threshold()
    gc.set_threshold(max(_WHILE_LOADING, before[0]), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
