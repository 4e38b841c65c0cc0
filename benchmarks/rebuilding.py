"""A rebuild while edits go in: what searchers see meanwhile, and whether the index is right afterwards."""

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

from benchmarks.clusters import newest, on_server
from benchmarks.corpus import KEY
from benchmarks.machine import figure
from benchmarks.searching import BROAD, prepared
from benchmarks.serving import clean_environment
from jobboard.database import db
from jobboard.postings.models import Posting
from jobboard.postings.queries import listed
from jobboard.search.comparing import verify
from jobboard.search.drain import drain
from jobboard.search.index import openings_index
from jobboard.search.rebuild import rebuild
from search_index import Index, Query
from tests.servers.search import running, stop_all

EDITS_A_SECOND = 50


def figures(size: int) -> Iterator[dict[str, Any]]:
    """On the embedded engine and on the newest server of each family."""
    yield under_edits(prepared(size), size, "embedded")
    try:
        for name in newest():
            yield under_edits(on_server(running(name).url, size), size, name)
    finally:
        stop_all()


def under_edits(app: Flask, size: int, engine: str) -> dict[str, Any]:
    """Rebuild once while another process edits; a reader counts and searches all the time."""
    settings = app.extensions["settings"]
    more = {"JOBBOARD_DATA_DIR": str(settings.data_dir), "JOBBOARD_SECRET_KEY": KEY}
    with app.app_context():
        index = openings_index()
        expected = db.session.scalar(select(func.count(Posting.id)).where(listed())) or 0
        usual = index.reader.search(Query(BROAD, size=0)).total
        db.session.remove()
        command = [sys.executable, "-m", "benchmarks.editing", str(EDITS_A_SECOND)]
        editor = subprocess.Popen(
            command, env=clean_environment(more), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert editor.stdin
        assert editor.stdout
        editor.stdout.readline()
        seen, done = _Seen(), Event()
        reader = Thread(target=seen.look, args=(index.engine.open(index.schema), done))
        reader.start()
        began = time.perf_counter()
        with index.writing(30) as writer:
            rebuild(writer)
            taken = time.perf_counter() - began
            done.set()
            reader.join()
            edits = json.loads(editor.communicate("stop\n")[0].splitlines()[-1])
            drain(writer)
        found = verify(index.reader)
        index.rest(now=True)
        db.session.remove()
    differences = len(found.missing) + len(found.extra) + len(found.stale)
    met = not differences and seen.fewest_documents >= expected and seen.fewest_found >= usual * 0.99
    return figure(
        f"rebuild at {size:,} under {EDITS_A_SECOND} edits a second, {engine}", taken, "seconds",
        "0 differences, never a half index", met, differences=differences, documents=expected, looks=seen.looks,
        fewest_documents=seen.fewest_documents, usually_found=usual, fewest_found=seen.fewest_found, **edits,
    )  # fmt: skip


class _Seen:
    """The least that a reader saw."""

    def __init__(self) -> None:
        self.looks, self.fewest_documents, self.fewest_found = 0, sys.maxsize, sys.maxsize

    def look(self, reader: Index, done: Event) -> None:
        while not done.is_set():
            self.fewest_documents = min(self.fewest_documents, reader.count())
            self.fewest_found = min(self.fewest_found, reader.search(Query(BROAD, size=0)).total)
            self.looks += 1
            time.sleep(0.05)
