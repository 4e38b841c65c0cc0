"""What the board counts about itself while it works; any room may add to it, `GET /metrics` shows it.

A board is several processes. Each that serves or works keeps its counts in files of a folder that all of them share
(`share_measures`), and whoever is asked adds the files up. Any other process counts for itself.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import tempfile
import threading
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, values
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

if TYPE_CHECKING:
    from pathlib import Path

# In the data folder.
MEASURES_FOLDER = "measures"
_KINDS = ("counter", "histogram")
# Some thousand series. Reserved on the disk, since a mapped page that the disk has no room for kills its process.
_FILE_BYTES = 1024 * 1024
_REQUEST_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_SEARCH_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

log = logging.getLogger(__name__)
_lock = threading.Lock()


class Measures:
    """Counters and histograms of this process. Labels take values from short lists only, never from an address."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "jobboard_requests",
            "Requests answered, by endpoint, method and first digit of the status.",
            ("endpoint", "method", "status"),
            registry=self.registry,
        )
        self.request_seconds = Histogram(
            "jobboard_request_seconds",
            "Seconds from the arrival of a request to its finished answer.",
            ("endpoint",),
            buckets=_REQUEST_BUCKETS,
            registry=self.registry,
        )
        self.search_seconds = Histogram(
            "jobboard_search_seconds",
            "Seconds that one search took the search engine, those it could not answer included.",
            buckets=_SEARCH_BUCKETS,
            registry=self.registry,
        )
        self.searches_unanswered = Counter(
            "jobboard_searches_unanswered",
            "Searches that the engine could not answer; the page then showed the newest openings.",
            registry=self.registry,
        )
        self.changes = Counter(
            "jobboard_index_changes",
            "Changes carried into the index, by outcome: written, or refused.",
            ("outcome",),
            registry=self.registry,
        )
        self.letters = Counter(
            "jobboard_letters",
            "What became of letters handed over: sent, put off, or failed for good.",
            ("outcome",),
            registry=self.registry,
        )
        self.chore_runs = Counter(
            "jobboard_chore_runs",
            "How often the worker did a chore.",
            ("chore",),
            registry=self.registry,
        )
        self.chore_done = Counter(
            "jobboard_chore_done",
            "How much a chore did: changes written to the index, letters sent, postings closed.",
            ("chore",),
            registry=self.registry,
        )
        self.chore_failures = Counter(
            "jobboard_chore_failures",
            "How often a chore failed and was put off.",
            ("chore",),
            registry=self.registry,
        )

        self._answers: dict[tuple[str, str, str], tuple[Counter, Histogram]] = {}

    def answered(self, endpoint: str, method: str, status: str, seconds: float) -> None:
        """Count one request, answered after `seconds`; `status` as "2xx"."""
        labels = endpoint, method, status
        series = self._answers.get(labels)
        if series is None:
            # Kept, since every request passes here and finding a series again costs more than counting.
            series = self._answers[labels] = (
                self.requests.labels(*labels),
                self.request_seconds.labels(endpoint),
            )
        series[0].inc()
        series[1].observe(seconds)


class _Process:
    """The measures of this process, and where its files lie if it shares them."""

    measures: Measures | None = None
    folder: Path | None = None


def measures() -> Measures:
    """The measures of this process."""
    if _Process.measures is None:
        with _lock:
            if _Process.measures is None:
                _Process.measures = Measures()
    return _Process.measures


def share_measures(folder: Path) -> None:
    """From now on, keep what this process counts in files of `folder`. To be called in a process that forks no more.

    Where the disk refuses them the process counts for itself and says so in the log: a board is not to stop for its
    measures.
    """
    name = _name_of(os.getpid())
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for kind in _KINDS:
            _reserve(folder / f"{kind}_{name}.db")
    except OSError as problem:
        log.warning("the measures of this process are not shared with the others: %s", problem)
        _Process.folder, values.ValueClass = None, values.MutexValue
    else:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
        _Process.folder = folder
        values.ValueClass = values.MultiProcessValue(lambda: name)  # type: ignore[no-untyped-call]
    _Process.measures = None


def all_measures() -> CollectorRegistry:
    """A fresh registry of what all processes counted that share their measures with this one."""
    registry = CollectorRegistry()
    if _Process.folder is None:
        registry.register(measures().registry)
    else:
        MultiProcessCollector(registry, path=str(_Process.folder))  # type: ignore[no-untyped-call]
    return registry


def clear_measures(folder: Path) -> None:
    """Remove what processes of this machine left in `folder` that run no more."""
    for file in folder.glob("*_*.db"):
        machine, _, process = file.stem.partition("_")[2].rpartition("-")
        if machine == _machine() and process.isdigit() and not _runs(int(process)):
            file.unlink(missing_ok=True)


def forget_process(folder: Path, process: int) -> None:
    """Take a process that ended out of the gauges of the living; what it has counted stays counted."""
    mark_process_dead(_name_of(process), path=str(folder))  # type: ignore[no-untyped-call]


def _machine() -> str:
    return socket.gethostname().replace("_", "-")


def _name_of(process: int) -> str:
    # Numbers of processes are unique on one machine only, and every container is a machine of its own.
    return f"{_machine()}-{process}"


def _runs(process: int) -> bool:
    if process == os.getpid():
        # Left by an earlier process of the same number.
        return False
    with contextlib.suppress(ProcessLookupError):
        try:
            os.kill(process, 0)
        except PermissionError:
            return True
        return True
    return False


def _reserve(place: Path) -> None:
    handle, unfinished = tempfile.mkstemp(dir=place.parent, prefix=".", suffix=".part")
    try:
        # Written, not only made that long: a hole takes its room when it is first used.
        os.write(handle, bytes(_FILE_BYTES))
        os.replace(unfinished, place)
    except BaseException:
        os.unlink(unfinished)
        raise
    finally:
        os.close(handle)
