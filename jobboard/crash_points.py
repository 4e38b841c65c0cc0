"""Numbered places between two effects, at which tests end the process to see that nothing is lost.

A place does nothing unless the environment names it: `JOBBOARD_TEST_CRASH_AT=drain-committed`, or with `@2` behind it
the second time that it is passed. The process is then killed as a power cut would, with no chance to tidy up.
"""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable

_NAMED = os.environ.get("JOBBOARD_TEST_CRASH_AT", "")
_passed: Counter[str] = Counter()
# What tests within one process put in the place of a crash; it may raise.
on_step: Callable[[str], None] | None = None


def step(name: str) -> None:
    """Say that the place `name` is passed."""
    if on_step is not None:
        on_step(name)
    if not _NAMED:
        return
    wanted, _, nth = _NAMED.partition("@")
    _passed[name] += 1
    if name == wanted and _passed[name] == int(nth or 1):
        os.kill(os.getpid(), signal.SIGKILL)
