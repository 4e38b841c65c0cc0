"""From rows to the index, on any engine: how quickly documents are made and written, and how soon they are found."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import select

from benchmarks.machine import figure
from benchmarks.serving import served
from jobboard.collecting import collected_after
from jobboard.database import db, writing
from jobboard.postings.models import Posting
from jobboard.search.documents import documents
from jobboard.search.index import openings_index
from jobboard.search.loading import PageLoader
from jobboard.search.rebuild import PAGE
from jobboard.search.rows import listed_pages, listed_rows, titles_of_codes
from jobboard.vocabulary import vocabularies
from search_index import Index

MOST_DOCUMENTS = 20_000


def indexing(app: Flask, size: int, engine: str) -> dict[str, Any]:
    """Indexing from database rows against the same documents fed from memory; medians of three turns each."""
    some = min(size, MOST_DOCUMENTS)
    with app.app_context():
        index = openings_index()
        # As a rebuild does; and what is fed from memory is spared as much.
        with collected_after(), index.writing(30) as writer:
            memory = listed_rows(Posting.id <= some)
            made = list(documents(memory, titles_of_codes(memory), vocabularies(), {}))
            turns = [(_from_rows(writer, some), _fed(writer, made)) for _ in range(3)]
        index.rest(now=True)
        db.session.remove()
    from_rows = median(taken / done for (taken, done), _ in turns)
    from_memory = median(taken for _, taken in turns) / len(made)
    ratio = from_memory / from_rows
    return figure(
        f"indexing from rows at {size:,} : the same texts from memory, {engine}", ratio, "ratio", "≥ 0.6", ratio >= 0.6,
        postings=size, documents=len(made),
        rows_us=round(from_rows * 1e6), memory_us=round(from_memory * 1e6),
    )  # fmt: skip


def _from_rows(writer: Index, some: int) -> tuple[float, int]:
    """Seconds, and how many documents, as a rebuild loads them."""
    began = time.perf_counter()
    build, done = writer.begin_rebuild(), 0
    with PageLoader(build, ahead=not openings_index().engine.single_writer) as loader:
        for rows in listed_pages(PAGE):
            done += len(rows)
            loader.send(rows)
            if done >= some:
                break
        loader.finish()
    build.commit()
    taken = time.perf_counter() - began
    writer.abandon(build)
    return taken, done


def _fed(writer: Index, made: Iterable[Any]) -> float:
    began = time.perf_counter()
    build = writer.begin_rebuild()
    build.write(made)
    build.commit()
    taken = time.perf_counter() - began
    writer.abandon(build)
    return taken


def visibility(
    app: Flask, size: int, engine: str, settings: Mapping[str, str], goal: float
) -> dict[str, Any]:
    """From the commit of an edit to the first search that finds it, with the board's own worker."""
    folder = Path(app.extensions["settings"].data_dir)
    with served(folder, 2, worker=True, settings=settings) as port:
        time.sleep(3)
        taken = []
        for number in range(10):
            word = f"zyx{number}{int(time.time())}"
            with app.app_context(), writing():
                posting = db.session.scalars(select(Posting).limit(1)).one()
                posting.title = f"Coder {word}"
                db.session.commit()
                db.session.remove()
            began = time.perf_counter()
            while not total(port, word):
                if time.perf_counter() - began > 30:
                    raise RuntimeError("a saved posting was not found within 30 seconds")
                time.sleep(0.01)
            taken.append((time.perf_counter() - began) * 1000)
            time.sleep(0.3)
    slowest = max(taken) / 1000
    return figure(
        f"a saved posting of {size:,} is found after, {engine}", slowest, "seconds", f"≤ {goal:g}", slowest <= goal,
        postings=size, median_ms=round(sorted(taken)[len(taken) // 2]),
    )  # fmt: skip


def total(port: int, word: str) -> int:
    """How many openings the interface finds for a word."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", f"/api/v1/jobs?q={word}&size=1")
    found: dict[str, Any] = json.loads(connection.getresponse().read())
    connection.close()
    return int(found["total"])
