"""Edits that never cease keep a rebuild from nothing: it comes to its end, and neither side notices."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from jobboard import crash_points
from jobboard.database import db, writing
from jobboard.postings.models import Posting
from jobboard.search import rebuild as rebuilding
from jobboard.search.index import openings_index
from jobboard.search.rebuild import rebuild
from search_index import Query
from tests.search.conftest import a_company, a_posting
from tests.serving import eventually

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from jobboard.search.comparing import Comparison

OPENINGS = 300


@dataclass
class Passers:
    """An editor and a searcher, each in a thread of their own, until `done`."""

    app: Flask
    ids: list[int]
    done: threading.Event = field(default_factory=threading.Event)
    edits: int = 0
    counts: list[int] = field(default_factory=list)
    problems: list[Exception] = field(default_factory=list)

    def edit(self) -> None:
        while not self.done.is_set():
            with writing():
                posting = db.session.get_one(Posting, self.ids[self.edits * 7 % OPENINGS])
                posting.title = f"Coder number {self.edits}"
                db.session.commit()
            db.session.remove()
            self.edits += 1
            self.done.wait(0.005)

    def search(self) -> None:
        index = openings_index()
        reader = index.engine.open(index.schema)
        while not self.done.is_set():
            reader.refresh()
            self.counts.append(reader.search(Query("coder", size=1)).total)

    def go(self, work: Callable[[], None]) -> None:
        with self.app.app_context():
            try:
                work()
            except Exception as problem:
                self.problems.append(problem)
                raise
            finally:
                db.session.remove()

    def wait_for_more_of_both(self) -> None:
        edits, counts = self.edits, len(self.counts)
        eventually(
            lambda: self.problems or (self.edits > edits and len(self.counts) > counts),
            "another edit and another search",
        )


def test_a_rebuild_ends_although_edits_never_cease_and_searchers_find_all_meanwhile(
    app: Flask, drained: Callable[[], Comparison], monkeypatch: pytest.MonkeyPatch
) -> None:
    company = a_company()
    ids = [a_posting(company, title=f"Coder {number}").id for number in range(OPENINGS)]
    assert drained().agrees
    people = Passers(app, ids)
    here = threading.current_thread()

    def wait_here(place: str) -> None:
        if place.startswith("rebuild-") and threading.current_thread() is here:
            people.wait_for_more_of_both()

    monkeypatch.setattr(rebuilding, "PAGE", OPENINGS // 6)
    monkeypatch.setattr(rebuilding, "DRAIN_SECONDS", 0.0)
    monkeypatch.setattr(rebuilding, "CATCH_UP_SECONDS", 0.5)
    monkeypatch.setattr(crash_points, "on_step", wait_here)
    threads = [threading.Thread(target=people.go, args=(work,)) for work in (people.edit, people.search)]
    for thread in threads:
        thread.start()
    try:
        with openings_index().writing() as index:
            done = rebuild(index)
    finally:
        people.done.set()
        for thread in threads:
            thread.join(20)
    assert people.problems == []
    assert (done.documents, done.refused) == (OPENINGS, 0)
    assert people.edits > 10
    assert set(people.counts) == {OPENINGS}
    assert drained().agrees
