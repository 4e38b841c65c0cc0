"""Every sample of an official code file into an empty board: time, memory, and how long another writer waits."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any

from benchmarks.code_samples import FOLDER, SAMPLES
from benchmarks.corpus import KEY
from benchmarks.machine import figure
from benchmarks.serving import clean_environment

MOST_SECONDS, MOST_MIB, MOST_WAIT = 180, 1024, 1000
PAUSE = 0.01


def figures() -> Iterator[dict[str, Any]]:
    """All samples one after the other, each by its own command; nothing where there are no samples."""
    if not FOLDER.exists():
        return
    with TemporaryDirectory() as folder:
        environment = clean_environment({"JOBBOARD_DATA_DIR": folder, "JOBBOARD_SECRET_KEY": KEY})
        _told(environment, "db", "upgrade")
        waiting, done = _Waiting(Path(folder) / "board.db"), Event()
        writer = Thread(target=waiting.write, args=(done,))
        writer.start()
        begun, codes, most = time.perf_counter(), 0, 0
        try:
            for sample in SAMPLES:
                told, mib = _told(environment, "codes", "import", *sample.arguments)
                most = max(most, mib)
                codes += told["codes"] if told.get("billable") else 0
        finally:
            seconds = time.perf_counter() - begun
            done.set()
            writer.join()
    longest = waiting.longest * 1000
    yield figure(
        "importing all samples",
        seconds,
        "s",
        f"at most {MOST_SECONDS}",
        seconds <= MOST_SECONDS,
        samples=len(SAMPLES),
        codes=codes,
    )
    yield figure("importing: most memory", most, "MiB", f"at most {MOST_MIB}", most <= MOST_MIB)
    yield figure(
        "importing: longest wait of another writer",
        longest,
        "ms",
        f"at most {MOST_WAIT}",
        longest <= MOST_WAIT,
        writes=waiting.writes,
    )


class _Waiting:
    """Somebody else who writes all the time, and the longest that this took, in seconds."""

    def __init__(self, file: Path) -> None:
        self.longest, self.writes, self._file = 0.0, 0, file

    def write(self, done: Event) -> None:
        connection = sqlite3.connect(self._file, isolation_level=None, timeout=60)
        while not done.is_set():
            begun = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO rate_count (key, count, expires_at) VALUES (?, 1, 0)", (begun,))
            connection.execute("DELETE FROM rate_count WHERE expires_at = 0")
            connection.execute("COMMIT")
            self.longest = max(self.longest, time.perf_counter() - begun)
            self.writes += 1
            time.sleep(PAUSE)
        connection.close()


def _told(environment: dict[str, str], *words: str) -> tuple[dict[str, Any], int]:
    """What a command prints on its last line, and the most memory that it held, in MiB. Ends where it is refused."""
    with subprocess.Popen(
        [sys.executable, "-m", "jobboard", *words],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        said = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"`jobboard {' '.join(words)}` ended with {process.returncode}")
    lines = said.strip().splitlines()
    return json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}, usage.ru_maxrss // 1024
