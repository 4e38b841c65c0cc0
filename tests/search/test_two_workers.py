"""Two workers on one database and one cluster: every change is carried, and by one of them only."""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from jobboard import create_app
from jobboard.database import db
from jobboard.search import claims
from jobboard.search.chores import keep_the_index
from jobboard.search.index import openings_index
from tests.search.conftest import a_company, a_posting
from tests.serving import eventually

if TYPE_CHECKING:
    from collections.abc import Iterable
    from subprocess import Popen

    from flask import Flask

    from search_index import Deletion, Document
    from search_index.documents import Written
    from tests.search.stands import Stand

POSTINGS = 240


def began(worker: Popen[str]) -> None:
    """Return when the worker runs and heeds signals; fails where it ended before."""
    assert worker.stderr
    for line in worker.stderr:
        if "begins its chores" in line:
            return
    pytest.fail(f"a worker ended with {worker.wait()} before it began")


@pytest.mark.only_on("postgresql")
@pytest.mark.only_engines("opensearch", "elasticsearch")
def test_each_of_some_hundred_changes_is_carried_once(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    stand.carry()
    monkeypatch.setattr(claims, "BATCH", 20)
    company = a_company()
    postings = [a_posting(company, title=f"Coder {number}") for number in range(POSTINGS)]
    changes = {(str(posting.id), posting.version) for posting in postings}
    db.session.commit()
    carried: Counter[tuple[str, int]] = Counter()
    busy: set[str] = set()
    stop, together, problems = threading.Event(), threading.Barrier(2), list[BaseException]()

    def work(board: Flask) -> None:
        with board.app_context():
            try:
                with openings_index().writing() as index:
                    write = index.write

                    def counted(
                        documents: Iterable[Document] = (), deletions: Iterable[Deletion] = ()
                    ) -> list[Written]:
                        told = write(documents, deletions)
                        carried.update((one.id, one.version) for one in told)
                        busy.add(threading.current_thread().name)
                        return told

                    index.write = counted  # type: ignore[method-assign]
                together.wait(30)
                while not stop.is_set():
                    keep_the_index()
                    db.session.remove()
                    stop.wait(0.02)
            except BaseException as problem:
                problems.append(problem)
            finally:
                db.session.remove()
                openings_index().rest(now=True)
                db.engine.dispose()

    # Made one after the other: Python 3.11 confuses the syntax trees of two threads that make some at once.
    boards = {name: create_app(stand.app.extensions["settings"]) for name in ("one", "two")}
    workers = [threading.Thread(target=work, args=(board,), name=name) for name, board in boards.items()]
    for worker in workers:
        worker.start()
    try:
        eventually(lambda: problems or stand.queued() == 0, "an empty outbox", 60)
    finally:
        stop.set()
        for worker in workers:
            worker.join(30)
    assert problems == []
    assert busy == {"one", "two"}
    assert carried == Counter(changes)
    assert stand.compared().agrees


@pytest.mark.only_on("postgresql")
@pytest.mark.only_engines("opensearch", "elasticsearch")
def test_two_worker_processes_lose_nothing_of_what_is_edited_beside_them(stand: Stand) -> None:
    stand.carry()
    company = a_company()
    postings = [a_posting(company, title=f"Coder {number}") for number in range(POSTINGS)]
    workers = [stand.begun("worker") for _ in range(2)]
    try:
        for worker in workers:
            began(worker)
        for number, posting in enumerate(postings):
            posting.title = f"Auditor {number}"
            if number % 3 == 0:
                posting.state = "closed"
            db.session.commit()
        eventually(lambda: stand.queued() == 0, "an empty outbox", 60)
    finally:
        for worker in workers:
            worker.terminate()
        said = [worker.communicate(timeout=60)[1] for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0], said
    assert "Traceback" not in "".join(said)
    assert stand.compared().agrees
