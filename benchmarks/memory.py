"""How much memory this process holds, from what Linux tells of it."""

from __future__ import annotations

import re
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self


def status() -> dict[str, int]:
    """The lines of `/proc/self/status` that are sizes, in MiB; nothing where there is no such file.

    `VmHWM` is the most that was ever resident, pages of mapped files included; `RssAnon` is what is the process's own.
    The kernel counts the former for this program alone, unlike `getrusage`, which goes on from whoever started it.
    """
    try:
        text = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return {}
    return {name: int(kib) // 1024 for name, kib in re.findall(r"^(\w+):\s+(\d+) kB$", text, re.MULTILINE)}


class Watched:
    """Within the block, the most memory of its own that this process held, looked at ten times a second, in MiB."""

    def __enter__(self) -> Self:
        """Begin."""
        self.peak_own, self._done = 0, Event()
        self._thread = Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End."""
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while True:
            self.peak_own = max(self.peak_own, status().get("RssAnon", 0))
            if self._done.wait(0.1):
                return
