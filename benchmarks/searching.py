"""The search page against the same work called in process, at 1,000 postings and at the large size."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import event, select

from benchmarks.carrying import indexing, visibility
from benchmarks.corpus import board
from benchmarks.machine import figure
from benchmarks.serving import empty_route, in_turns, milliseconds, rate, served
from jobboard.database import db
from jobboard.postings.models import Posting
from jobboard.search.finder import query_of
from jobboard.search.index import openings_index
from jobboard.search.rebuild import ensure
from jobboard.search.request import SearchRequest
from jobboard.search.rows import listed_pages, listed_rows
from jobboard.vocabulary import vocabularies
from search_index import Query, highlight, snippet

BROAD = "coder"
ADDRESS = f"/jobs?q={BROAD}"
# Postings of a small board, and of a large one; what makes no sense at a million is measured with the latter.
SMALL, USUAL = 1_000, 100_000
FOLDER = Path(os.environ.get("TMPDIR", tempfile.gettempdir())) / "jobboard-benchmarks"


def figures(size: int) -> Iterator[dict[str, Any]]:
    """Every goal of the search, from 1,000 postings over 100,000 to `size`."""
    for postings in sorted({SMALL, min(size, USUAL), size}):
        app = prepared(postings)
        yield from _page(app, postings)
        if postings > SMALL:
            yield from _throughput(app, postings)
        yield indexing(app, postings, "embedded")
        yield from _full_text(app, postings)
        yield visibility(app, postings, "embedded", {}, 1)


def prepared(size: int) -> Flask:
    """A filled board with its index up to date."""
    app = board(FOLDER / str(size), size)
    with app.app_context():
        with openings_index().writing(30) as index:
            ensure(index)
        openings_index().rest(now=True)
    return app


def best_query() -> Query:
    """The engine's own best: a count, 20 hits, 8 facets."""
    query = query_of(SearchRequest(q=BROAD), vocabularies())
    return replace(query, facets=query.facets[:8])


def raw_milliseconds(app: Flask, times: int = 100) -> float:
    """The median time of the engine's best query and 20 highlights of texts in memory."""
    with app.app_context():
        index, query = openings_index().reader, best_query()
        first = index.search(query)
        texts = {
            str(row.id): (row.title, row.description)
            for row in listed_rows(Posting.id.in_(map(int, first.ids)))
        }
        taken = []
        for _ in range(times):
            began = time.perf_counter()
            page = index.search(query)
            for one in page.ids:
                highlight(texts[one][0], page.matched)
                snippet(texts[one][1], page.matched)
            taken.append((time.perf_counter() - began) * 1000)
        db.session.remove()
        return median(taken)


def _page(app: Flask, size: int) -> Iterator[dict[str, Any]]:
    raw = raw_milliseconds(app)
    with empty_route(FOLDER, 2) as empty, served(Path(app.extensions["settings"].data_dir), 2) as port:
        page, slowest = milliseconds(port, ADDRESS, 200)
        taken = in_turns(
            {
                "nothing": (empty, ["/"] * 220),
                "page": (port, [ADDRESS] * 220),
                "again": (port, [ADDRESS] * 220),
            },
            strangers=("again",),
        )
        nothing, again = taken["nothing"], taken["again"]
    times = {
        "postings": size,
        "page_ms": round(page, 2),
        "page_p99_ms": round(slowest, 2),
        "raw_ms": round(raw, 2),
        "empty_ms": round(nothing, 2),
        "again_ms": round(again, 2),
    }
    if size <= SMALL:
        ratio = taken["page"] / nothing
        yield figure(f"page at {size:,} : empty route", ratio, "ratio", "≤ 8", ratio <= 8, **times)
        ratio = again / nothing
        name = f"page at {size:,} that another saw a moment ago : empty route"
        yield figure(name, ratio, "ratio", "≤ 8", ratio <= 8, **times)
    else:
        goal = 1.1 if size >= 1_000_000 else 1.5
        yield figure(f"page : raw at {size:,}", page / raw, "ratio", f"≤ {goal}", page / raw <= goal, **times)


def _throughput(app: Flask, size: int) -> Iterator[dict[str, Any]]:
    raw = raw_milliseconds(app)
    with served(Path(app.extensions["settings"].data_dir), 2) as port:
        rate(port, ADDRESS, 4, 2)
        pages = rate(port, ADDRESS, 4, 10)
    possible = 2 / (raw / 1000)
    yield figure(
        f"throughput of 2 processes at {size:,} : 2 / raw", pages / possible, "ratio", "≥ 0.6", pages / possible >= 0.6,
        postings=size, pages_per_second=round(pages, 1), raw_ms=round(raw, 2),
    )  # fmt: skip


def _full_text(app: Flask, size: int) -> Iterator[dict[str, Any]]:
    """SQLite's FTS5 on the same texts, asked for the same: count, 20 hits, 8 facets, 20 highlights."""
    raw = raw_milliseconds(app)
    path = FOLDER / f"fts-{size}.db"
    with app.app_context():
        if not path.exists():
            _fill_full_text(path)
        db.session.remove()
    connection = sqlite3.connect(path)
    taken = []
    for _ in range(3):
        began = time.perf_counter()
        connection.execute("SELECT count(*) FROM posting WHERE posting MATCH ?", (BROAD,)).fetchone()
        connection.execute(
            "SELECT rowid, highlight(posting, 0, '<mark>', '</mark>'),"
            " snippet(posting, 1, '<mark>', '</mark>', '…', 30)"
            " FROM posting WHERE posting MATCH ? ORDER BY bm25(posting, 8.0, 1.0) LIMIT 20",
            (BROAD,),
        ).fetchall()
        for facet in range(8):
            connection.execute(
                "SELECT value, count(*) FROM term WHERE facet = ? AND id IN"
                " (SELECT rowid FROM posting WHERE posting MATCH ?) GROUP BY value",
                (facet, BROAD),
            ).fetchall()
        taken.append((time.perf_counter() - began) * 1000)
    ratio = median(taken) / raw
    goal = 100 if size >= 1_000_000 else 50 if size > SMALL else None
    yield figure(
        f"SQLite FTS5 with 8 facets at {size:,} : raw", ratio, "times", goal and f"≥ {goal}", goal and ratio >= goal,
        postings=size, fts5_ms=round(median(taken), 1), raw_ms=round(raw, 2),
    )  # fmt: skip


def _fill_full_text(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE VIRTUAL TABLE posting USING fts5(title, body, tokenize = 'porter unicode61')")
    connection.execute("CREATE TABLE term (facet INTEGER, value TEXT, id INTEGER)")
    facets = ("specialty", "credential", "role", "side", "arrangement", "state", "employment", "system")
    for rows in listed_pages(5_000):
        connection.executemany(
            "INSERT INTO posting (rowid, title, body) VALUES (?, ?, ?)",
            [(row.id, row.title, row.description) for row in rows],
        )
        for row in rows:
            own = {
                **row.terms,
                "arrangement": [row.arrangement],
                "state": [place.state for place in row.places],
            }
            connection.executemany(
                "INSERT INTO term VALUES (?, ?, ?)",
                [
                    (number, slug, row.id)
                    for number, facet in enumerate(facets)
                    for slug in own.get(facet, ())
                ],
            )
    connection.execute("CREATE INDEX term_facet ON term (facet, id, value)")
    connection.commit()
    connection.close()


def statements(_size: int) -> Iterator[dict[str, Any]]:
    """SQL statements that a page of results and a posting's page run, with few and with many postings."""
    app = prepared(1_000)
    with app.app_context():
        first = db.session.scalars(select(Posting).limit(1)).one()
        address = f"/jobs/{first.id}"
        db.session.remove()
        for name, path, most in (
            ("a page of 20 results", ADDRESS, 8),
            ("a page of 1 result", "/jobs?q=coder&size=1", 8),
            ("the front page", "/", 12),
            ("a posting's page", address, 15),
        ):
            count = _statements_of(app, path)
            yield figure(f"statements of {name}", count, "statements", f"≤ {most}", count <= most)


def _statements_of(app: Flask, path: str) -> int:
    seen: list[str] = []
    client = app.test_client()
    client.get(path, follow_redirects=True)

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        client.get(path, follow_redirects=True)
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len(seen)
