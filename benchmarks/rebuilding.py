"""A rebuild while edits go in: what searchers see meanwhile, its memory, and whether the index is right afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from threading import Event, Thread
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from benchmarks.clusters import environment, newest, on_server
from benchmarks.corpus import KEY
from benchmarks.machine import figure
from benchmarks.searching import BROAD, USUAL, prepared
from benchmarks.serving import clean_environment
from jobboard.database import db
from jobboard.postings.models import Posting
from jobboard.postings.queries import listed
from jobboard.search.index import openings_index
from search_index import Index, Query
from tests.servers.search import running, stop_all

EDITS_A_SECOND = 50
MOST_MIB = 2048


def figures(size: int) -> Iterator[dict[str, Any]]:
    """On the embedded engine, and up to 100,000 postings on the newest server of each family."""
    yield from under_edits(prepared(size), size, "embedded", {})
    if size > USUAL:
        # A cluster on the machine that also asks it is not what holds a million.
        return
    try:
        for name in newest():
            url = running(name).url
            more = environment(url, size) | {"JOBBOARD_SEARCH_TIMEOUT_SECONDS": "30"}
            yield from under_edits(on_server(url, size), size, name, more)
    finally:
        stop_all()


def under_edits(app: Flask, size: int, engine: str, settings: dict[str, str]) -> Iterator[dict[str, Any]]:
    """One process rebuilds once while another edits; a reader in this one counts and searches all the time."""
    folder = app.extensions["settings"].data_dir
    known = clean_environment({"JOBBOARD_DATA_DIR": str(folder), "JOBBOARD_SECRET_KEY": KEY} | settings)
    with app.app_context():
        index = openings_index()
        expected = db.session.scalar(select(func.count(Posting.id)).where(listed())) or 0
        usual = index.reader.search(Query(BROAD, size=0)).total
        db.session.remove()
        editor = _started(known, "benchmarks.editing", str(EDITS_A_SECOND))
        _told(editor)
        seen, done = _Seen(), Event()
        reader = Thread(target=seen.look, args=(index.engine.open(index.schema), done))
        reader.start()
        began = time.perf_counter()
        rebuilder = _started(known, "benchmarks.rebuild_process")
        try:
            rebuilt = _told(rebuilder)
        finally:
            done.set()
            reader.join()
            edits = json.loads(editor.communicate("stop\n")[0].splitlines()[-1])
        taken = time.perf_counter() - began
        verified = json.loads(rebuilder.communicate("verify\n")[0].splitlines()[-1])
    differences = verified["differences"]
    whole = seen.fewest_documents >= expected and seen.fewest_found >= usual * 0.99
    yield figure(
        f"rebuild at {size:,} under {EDITS_A_SECOND} edits a second, {engine}", taken, "seconds",
        "0 differences, never a half index", not differences and whole, differences=differences, documents=expected,
        looks=seen.looks, fewest_documents=seen.fewest_documents, usually_found=usual, fewest_found=seen.fewest_found,
        rebuild_us=round(rebuilt["seconds"] / max(expected, 1) * 1e6), verify_seconds=round(verified["seconds"], 1),
        **edits,
    )  # fmt: skip
    peak = verified["peak_mib"]
    if peak is not None:
        yield figure(
            f"memory of the process that rebuilds and verifies {size:,}, {engine}", peak, "MiB", f"< {MOST_MIB}",
            peak < MOST_MIB, rebuild_mib=rebuilt["peak_mib"], rebuild_own_mib=rebuilt["peak_own_mib"],
            verify_own_mib=verified["peak_own_mib"],
        )  # fmt: skip


def _started(environment: dict[str, str], module: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def _told(process: subprocess.Popen[str]) -> Any:
    """The next line that it prints, as JSON where it is. Raises `RuntimeError` where it ended instead."""
    assert process.stdout
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"{process.args} ended with {process.wait()}")
    return json.loads(line) if line.startswith("{") else line


class _Seen:
    """The least that a reader saw."""

    def __init__(self) -> None:
        self.looks, self.fewest_documents, self.fewest_found = 0, sys.maxsize, sys.maxsize

    def look(self, reader: Index, done: Event) -> None:
        while not done.is_set():
            began = time.perf_counter()
            self.fewest_documents = min(self.fewest_documents, reader.count())
            self.fewest_found = min(self.fewest_found, reader.search(Query(BROAD, size=0)).total)
            self.looks += 1
            # At most a fifth of a core: a look at a million takes a while, and the rebuild wants the cores.
            time.sleep(max(0.05, 4 * (time.perf_counter() - began)))
