"""What operators are told about the index, about openings that are not in it, and about who else is at work on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from jobboard import clock, create_app
from jobboard.chores import Postponed
from jobboard.database import db
from jobboard.search import cli
from jobboard.search.chores import keep_the_index
from jobboard.search.claims import wait_after
from jobboard.search.failures import failures
from jobboard.search.index import openings_index
from jobboard.search.leases import Lease, running
from tests.search.conftest import a_company, a_posting
from tests.serving import free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click.testing import Result
    from flask import Flask

    from jobboard.postings.models import Posting
    from jobboard.search.comparing import Comparison

HOLD = """
import sys
from pathlib import Path
from search_index.embedded.folder import IndexFolder, WriterLock
lock = WriterLock(IndexFolder(Path(sys.argv[1]), sys.argv[2]))
print("held", flush=True)
sys.stdin.read()
"""


def run(app: Flask, *words: str) -> Result:
    db.session.commit()
    openings_index().rest(now=True)
    told = app.test_cli_runner().invoke(args=["index", *words])
    db.session.rollback()
    return told


def lines(told: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in told.stdout.splitlines()]


@contextmanager
def another_writer() -> Iterator[int]:
    """Another process that writes the index; its id."""
    index = openings_index()
    folder = index.engine.url.removeprefix("embedded:")
    command = [sys.executable, "-c", HOLD, folder, index.schema.name]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process.pid
        finally:
            process.stdin.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands do not wait for another writer to finish."""
    monkeypatch.setattr(cli, "PATIENCE_SECONDS", 0.0)


@pytest.fixture
def refused(drained: Callable[[], Comparison]) -> Posting:
    """An opening whose document is refused, beside a good one."""
    company = a_company()
    a_posting(company)
    bad = a_posting(company, title="Spoilt coder", terms={"specialty": ["ur\nology"]})
    assert drained().missing == [bad.id]
    return bad


def test_failures_lists_what_was_refused_and_why(app: Flask, refused: Posting) -> None:
    told = run(app, "failures")
    assert told.exit_code == 0
    (one,) = lines(told)
    assert one.keys() == {"id", "title", "error", "attempts", "next_try"}
    assert (one["id"], one["title"], one["attempts"]) == (refused.id, "Spoilt coder", 1)
    assert "specialty" in str(one["error"])
    assert clock.now().isoformat() < str(one["next_try"])


def test_retry_makes_a_refused_opening_due_and_the_next_failure_rests_longer(
    app: Flask, refused: Posting
) -> None:
    assert lines(run(app, "drain"))[-1]["refused"] == 0
    retried = run(app, "retry", str(refused.id))
    assert (retried.exit_code, lines(retried)) == (0, [{"due": 1}])
    assert lines(run(app, "drain"))[-1]["refused"] == 1
    (one,) = failures()
    assert one.attempts == 2
    assert one.next_try > clock.now() + timedelta(seconds=90)
    assert lines(run(app, "retry")) == [{"due": 1}]


def test_retry_names_openings_that_were_not_refused(app: Flask, refused: Posting) -> None:
    none = run(app, "retry", "999999")
    assert (none.exit_code, lines(none)) == (1, [{"due": 0}])
    assert "1 of these openings were not refused" in none.stderr
    some = run(app, "retry", "999999", str(refused.id))
    assert (some.exit_code, lines(some)) == (0, [{"due": 1}])
    assert run(app, "retry", "0").exit_code == 2


def test_a_failure_rests_twice_as_long_each_time_up_to_an_hour() -> None:
    minutes = [wait_after(attempts).total_seconds() / 60 for attempts in range(1, 9)]
    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60]
    assert wait_after(10_000) == timedelta(hours=1)


def test_an_opening_of_which_nobody_foresaw_what_is_wrong_keeps_no_other_from_being_found(
    app: Flask, drained: Callable[[], Comparison], caplog: pytest.LogCaptureFixture
) -> None:
    company = a_company()
    odd = a_posting(company, eligible_mode="named", eligible_states=None)
    a_posting(company)
    assert drained().missing == [odd.id]
    assert "TypeError" in failures()[0].error
    assert f"posting {odd.id} makes no document" in caplog.text
    rebuilt = run(app, "rebuild")
    assert (rebuilt.exit_code, lines(rebuilt)) == (0, [{"documents": 1, "refused": 1}])


def test_status_says_all_in_one_object(app: Flask, refused: Posting) -> None:
    a_posting(a_company("Grace Hospital"))
    db.session.commit()
    lease = Lease.take(3, alone=True)
    lease.beat(2)
    told = run(app, "status")
    assert told.exit_code == 0
    (said,) = lines(told)
    there = running()
    assert there is not None
    assert said == {
        "state": "ready",
        "engine": openings_index().engine.url,
        "schema": openings_index().schema.fingerprint,
        "documents": 1,
        "queued": 1,
        "oldest_seconds": said["oldest_seconds"],
        "refused": 1,
        "rebuild": {
            "holder": there.holder,
            "since": there.started_at.isoformat(timespec="seconds"),
            "done": 2,
            "total": 3,
        },
        "codes": {"state": "missing", "documents": 0, "current": False},
    }
    assert f"process {os.getpid()} on " in there.holder
    lease.release()
    assert lines(run(app, "status"))[0]["rebuild"] is None


def test_status_of_an_engine_that_is_away_says_so_without_its_password(
    board_settings: Callable[..., object],
) -> None:
    port = free_port()
    board = create_app(board_settings(search_url=f"http://board:hush-hush@127.0.0.1:{port}"))  # type: ignore[arg-type]
    with board.app_context():
        told = board.test_cli_runner().invoke(args=["index", "status"])
        with pytest.raises(Postponed):
            keep_the_index()
        db.session.remove()
        db.engine.dispose()
    assert told.exit_code == 1
    (said,) = lines(told)
    assert (said["state"], said["documents"]) == ("away", 0)
    assert str(port) in str(said["engine"])
    assert "hush-hush" not in told.output


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("word", ["drain", "rebuild"])
def test_a_second_writer_is_told_which_process_writes(
    word: str, app: Flask, drained: Callable[[], Comparison]
) -> None:
    posting = a_posting(a_company())
    drained()
    posting.title = "Changed meanwhile"
    db.session.commit()
    openings_index().rest(now=True)
    with another_writer() as process:
        told = run(app, word)
        assert told.exit_code == 1
        assert f"being written by process {process}" in told.output
        with pytest.raises(Postponed, match=f"process {process}"):
            keep_the_index()
        # Whoever only reads is in nobody's way.
        assert run(app, "status").exit_code == 0
    assert keep_the_index() == 1
    assert drained().agrees


@pytest.mark.usefixtures("impatient")
def test_a_second_rebuild_is_refused_while_the_first_writes_and_takes_over_at_once_when_its_writer_is_gone(
    app: Flask, drained: Callable[[], Comparison]
) -> None:
    a_posting(a_company())
    drained()
    openings_index().rest(now=True)
    Lease.take(1, alone=True)
    with another_writer():
        refused = run(app, "rebuild")
        assert refused.exit_code == 1
        assert f"already by process {os.getpid()}" in refused.output
        assert " since " in refused.output
    taken_over = run(app, "rebuild")
    assert (taken_over.exit_code, lines(taken_over)) == (0, [{"documents": 1, "refused": 0}])
    assert running() is None
