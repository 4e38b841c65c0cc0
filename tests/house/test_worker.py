"""The worker goes round the chores of all rooms, and none can hold up the others."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from jobboard.chores import add_chore
from jobboard.service.worker import Worker

if TYPE_CHECKING:
    import pytest
    from flask import Flask


def test_a_slow_lane_holds_up_no_other_and_a_failing_chore_is_tried_again(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    app.extensions["chores"] = []
    slow, quick, failed = threading.Event(), threading.Event(), threading.Event()
    release = threading.Event()

    def wait_long() -> int:
        slow.set()
        release.wait(20)
        return 0

    def be_quick() -> int:
        if slow.is_set():
            quick.set()
        return 1

    def fail() -> int:
        failed.set()
        raise RuntimeError("the mail server is away")

    moment = timedelta(milliseconds=20)
    add_chore(app, "slow", moment, wait_long, lane="letters")
    add_chore(app, "failing", moment, fail)
    add_chore(app, "quick", moment, be_quick)
    worker = Worker(app)
    runner = threading.Thread(target=worker.run)
    runner.start()
    try:
        assert quick.wait(10)
        assert failed.wait(10)
    finally:
        worker.stop()
        release.set()
        runner.join(10)
    assert not runner.is_alive()
    assert "the mail server is away" in caplog.text


def test_every_chore_has_a_name_of_its_own(app: Flask) -> None:
    names = [chore.name for chore in app.extensions["chores"]]
    assert len(names) == len(set(names))
    assert {"keep the index", "send letters", "close postings"} <= set(names)
