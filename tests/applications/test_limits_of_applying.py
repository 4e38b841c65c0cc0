"""How often one may apply and report, per account and per address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from jobboard import clock, create_app
from jobboard.database import db
from jobboard.settings import Settings
from tests.applications.openings import company_of, opened
from tests.conftest import Player, browser, signed_in


@pytest.fixture
def strict(board_settings: Callable[..., Settings]) -> Iterator[Flask]:
    """The board with its limits on."""
    board = create_app(board_settings(base_url="http://localhost"))
    board.testing = True
    with board.app_context():
        yield board
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def number(strict: Flask) -> int:
    """The number of an opening on that board."""
    eve, mo = signed_in(strict, "Eve"), signed_in(strict, "Mo", is_moderator=True)
    return opened(company_of(eve, "Mercy Hospital"), eve, mo).id


def answers(player: Player, path: str, times: int) -> Counter[int]:
    # One moment, so that no new hour begins within the test.
    with clock.stopped_at(clock.now()):
        return Counter(player.post(path, {}).status_code for _ in range(times))


def test_an_account_applies_forty_times_an_hour(strict: Flask, number: int) -> None:
    ana = signed_in(strict, "Ana")
    assert answers(ana, f"/jobs/{number}/apply", 112) == {422: 110, 429: 2}
    assert ana.get(f"/jobs/{number}/apply").status_code == 200


def test_a_visitors_address_is_counted(strict: Flask, number: int) -> None:
    visitor = Player("Visitor", browser(strict))
    assert answers(visitor, f"/jobs/{number}/report", 12) == {422: 10, 429: 2}
