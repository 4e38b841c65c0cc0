"""A web process that dies as soon as a decision is stored: the change and its letter were stored with it."""

from __future__ import annotations

import re
import urllib.parse
import urllib.request
from http.client import RemoteDisconnected
from typing import TYPE_CHECKING

import pytest
from flask import current_app

from jobboard import create_app
from jobboard.database import db
from jobboard.postings.models import Posting, State
from jobboard.search.drain import outbox_now
from tests.applications.openings import company_of, in_review
from tests.conftest import signed_in
from tests.crashes import environment_of
from tests.serving import Board, eventually, free_port, mail_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jobboard.settings import Settings
    from tests.conftest import Player


@pytest.fixture
def board(board_settings: Callable[..., Settings]) -> Iterator[Board]:
    """A board with a mail server that does not serve yet; the same one is this process's, its context pushed."""
    url = f"http://127.0.0.1:{free_port()}"
    with mail_server() as (box, mail_port):
        settings = board_settings(rate_limits=False, base_url=url, mail_url=f"smtp://127.0.0.1:{mail_port}")
        app = create_app(settings)
        app.testing = True
        with app.app_context():
            board = Board(url, settings.data_dir, environment_of(settings), box)
            yield board
            if board.server is not None and board.server.poll() is None:
                board.server.kill()
                board.server.wait(timeout=10)
            db.session.remove()
            db.engine.dispose()


def test_what_a_web_process_stored_is_indexed_and_told_though_it_died_right_after(board: Board) -> None:
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    eve = signed_in(app, "Eve")
    mo = signed_in(app, "Mo", is_moderator=True)
    posting_id = in_review(company_of(eve, "Mercy Hospital"), eve).id
    assert board.run("index", "drain").returncode == 0

    settings, board.environment = (
        board.environment,
        {**board.environment, "JOBBOARD_TEST_CRASH_AT": "work-stored"},
    )
    board.start("--processes", "1", "--no-worker")
    with pytest.raises((RemoteDisconnected, ConnectionError)):
        approve(board, mo, posting_id)
    assert board.stop() == 0

    db.session.rollback()
    db.session.expire_all()
    assert db.session.get_one(Posting, posting_id).state == State.OPEN
    assert outbox_now().queued == 1
    db.session.rollback()
    assert board.postbox.letters == []

    board.environment = settings
    board.start("--processes", "1")
    board.postbox.wait_for(eve.email, "Inpatient coder")
    eventually(lambda: board.run("index", "verify").returncode == 0, "an index that agrees", 20)
    assert board.stop() == 0
    db.session.rollback()
    assert outbox_now().queued == 0
    assert len(board.postbox.letters) == 1


def approve(board: Board, moderator: Player, posting_id: int) -> None:
    """Open the page of what waits in a browser of the moderator's and approve it."""
    cookie = moderator.client.get_cookie("board")
    assert cookie is not None
    sent = {"Cookie": f"board={cookie.value}", "Origin": board.url}
    address = f"{board.url}/moderation/postings/{posting_id}"
    with urllib.request.urlopen(urllib.request.Request(address, headers=sent), timeout=10) as page:
        # The page gave the session its token.
        sent["Cookie"] = page.headers["Set-Cookie"].partition(";")[0]
        form = page.read().decode().partition(f"/postings/{posting_id}/approve")[2]
    typed = {}
    for name in ("csrf_token", "version"):
        found = re.search(rf'name="{name}"[^>]*value="([^"]+)"', form)
        assert found, name
        typed[name] = found[1]
    body = urllib.parse.urlencode(typed).encode()
    with urllib.request.urlopen(
        urllib.request.Request(f"{address}/approve", body, sent), timeout=10
    ) as answer:
        assert answer.status == 200
