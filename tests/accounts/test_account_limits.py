from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jobboard import create_app
from jobboard.accounts import actions, passwords
from jobboard.database import db
from tests.accounts.conftest import letters_of
from tests.conftest import PASSWORD, Player, browser

if TYPE_CHECKING:
    from flask import Flask

FROM_ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture
def two_boards(limited_app: Flask) -> tuple[Player, Player]:
    """A visitor at each of two web processes that share one database; Nia has an account."""
    second = create_app(limited_app.extensions["settings"])
    second.testing = True
    actions.add("nia@example.org", "Nia", passwords.hash_of(PASSWORD))
    db.session.commit()
    return Player("Visitor", browser(limited_app)), Player("Visitor", browser(second))


def test_guesses_at_one_account_are_counted_across_processes(two_boards: tuple[Player, Player]) -> None:
    guess = {"email": "nia@example.org", "password": "a-wrong-one-again"}
    answers = [two_boards[turn % 2].post("/sign-in", guess) for turn in range(11)]
    assert [answer.status_code for answer in answers] == [400] * 10 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 3600
    assert "a little too often" in answers[-1].text
    right = {"email": "NIA@example.org", "password": PASSWORD}
    assert two_boards[0].post("/sign-in", right).status_code == 429
    owner = two_boards[1].post("/sign-in", right, environ_base=FROM_ELSEWHERE)
    assert owner.status_code == 303, "the owner, somewhere else, is not kept out by the guesses"


def test_an_unknown_account_is_limited_as_a_known_one_is(two_boards: tuple[Player, Player]) -> None:
    guess = {"email": "nobody@example.org", "password": "a-wrong-one-again"}
    codes = [two_boards[turn % 2].post("/sign-in", guess).status_code for turn in range(11)]
    assert codes == [400] * 10 + [429]


def test_one_address_tries_many_accounts_only_so_often(two_boards: tuple[Player, Player]) -> None:
    codes = [
        two_boards[turn % 2]
        .post("/sign-in", {"email": f"person{turn}@example.org", "password": "a-wrong-one"})
        .status_code
        for turn in range(16)
    ]
    assert codes == [400] * 15 + [429]


@pytest.mark.parametrize(
    ("path", "kind", "more"),
    [
        ("/forgotten", "reset", {}),
        ("/join", "already_joined", {"new_password": PASSWORD, "name": ""}),
    ],
)
def test_nobody_is_flooded_with_letters(
    two_boards: tuple[Player, Player], path: str, kind: str, more: dict[str, str]
) -> None:
    codes = [
        two_boards[turn % 2]
        .post(path, {"email": "nia@example.org", **more}, environ_base={"REMOTE_ADDR": f"192.0.2.{turn}"})
        .status_code
        for turn in range(6)
    ]
    assert codes[-1] == 429
    assert 429 not in codes[:-1]
    assert len(letters_of(kind)) == 5


def test_joining_from_one_address_is_limited(two_boards: tuple[Player, Player]) -> None:
    codes = [
        two_boards[turn % 2].post("/join", {"email": "x", "name": "", "new_password": ""}).status_code
        for turn in range(21)
    ]
    assert codes == [400] * 20 + [429]
