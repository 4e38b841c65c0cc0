"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path
from typing import Any


def facts() -> dict[str, Any]:
    """Processor, cores, memory and the versions that matter."""
    return {
        "machine": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: version(name) for name in ("flask", "sqlalchemy", "tantivy", "gunicorn")},
    }


def figure(
    name: str, value: float, unit: str, goal: str | None, met: bool | None, **beside: Any
) -> dict[str, Any]:
    """One line of the bench; `beside` are the milliseconds behind a ratio. None where nothing is aimed at."""
    return {"figure": name, "value": round(value, 3), "unit": unit, "goal": goal, "met": met, **beside}


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown"
    )
