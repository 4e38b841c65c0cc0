from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jobboard.accounts import actions, letters
from jobboard.accounts.tokens import stop_token
from jobboard.database import db
from jobboard.mail.kinds import KINDS, MODERATION
from tests.conftest import Player

if TYPE_CHECKING:
    from flask import Flask

STOPPABLE = [kind.name for kind in KINDS.values() if kind.can_be_off and kind.group != MODERATION]
FACTS = {"link": "https://x.example", "hours": 2}


def write(player: Player, kind: str, **more: str):
    found = letters.write_to(player.person, kind, "News", "accounts/reset", FACTS, **more)
    db.session.commit()
    return found


def test_a_person_sets_all_letters_on_one_page(ana: Player) -> None:
    page = ana.get("/account/letters").text
    assert all(f'name="{kind}"' in page for kind in STOPPABLE)
    assert 'name="reset"' not in page
    assert 'name="queue_waiting"' not in page
    wanted = dict.fromkeys(STOPPABLE, "off") | {"new_application": "daily"}
    assert ana.post("/account/letters", wanted).status_code == 303
    chosen = letters.choices_of(ana.person.id)
    assert {kind: chosen[kind] for kind in STOPPABLE} == wanted
    assert chosen["reset"] == "at_once"


def test_a_moderator_sets_the_letters_of_the_queue_too(mo: Player) -> None:
    page = mo.get("/account/letters").text
    assert 'name="queue_waiting"' in page
    assert 'name="edition_ends"' in page


def test_a_choice_that_is_not_offered_is_refused_and_nothing_is_stored(ana: Player) -> None:
    wanted = dict.fromkeys(STOPPABLE, "off") | {"status_changed": "daily"}
    assert ana.post("/account/letters", wanted).status_code == 400
    assert letters.choices_of(ana.person.id) == {kind.name: kind.default for kind in KINDS.values()}
    with pytest.raises(ValueError, match="password_changed"):
        letters.choose(ana.person.id, "password_changed", "off")


def test_people_are_written_to_as_they_want(ana: Player) -> None:
    assert write(ana, "new_application") is not None
    assert write(ana, "new_application", rhythm="daily") is None
    letters.choose(ana.person.id, "new_application", "daily")
    assert write(ana, "new_application") is None
    assert write(ana, "new_application", rhythm="daily") is not None
    letters.choose(ana.person.id, "new_application", "off")
    assert write(ana, "new_application") is None
    assert write(ana, "new_application", rhythm="daily") is None
    assert write(ana, "reset") is not None


def test_who_is_suspended_gets_letters_of_the_account_only(ana: Player) -> None:
    actions.suspend(ana.person, "")
    assert write(ana, "status_changed") is None
    assert write(ana, "password_changed") is not None


def test_one_click_stops_a_kind_of_letter_without_signing_in(ana: Player, visitor: Player) -> None:
    letter = write(ana, "status_changed")
    path = letter.stop_url.removeprefix("http://localhost")
    assert path == f"/letters/stop/{stop_token(ana.person.id, 'status_changed')}"
    assert "Stop them" in visitor.get(path).text
    assert letters.choice(ana.person.id, "status_changed") == "at_once", (
        "opening the link alone stops nothing"
    )
    assert "are stopped" in visitor.post(path).text
    assert letters.choice(ana.person.id, "status_changed") == "off"
    assert letters.choice(ana.person.id, "posting_closed") == "at_once"


def test_a_mail_program_stops_letters_without_cookie_origin_or_token(ana: Player, visitor: Player) -> None:
    path = f"/letters/stop/{stop_token(ana.person.id, 'posting_closed')}"
    answer = visitor.client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert letters.choice(ana.person.id, "posting_closed") == "off"


def test_letters_of_the_account_cannot_be_stopped_with_a_link(ana: Player, visitor: Player) -> None:
    letter = write(ana, "password_changed")
    assert letter.stop_url == ""
    assert visitor.post(f"/letters/stop/{stop_token(ana.person.id, 'password_changed')}").status_code == 404


def test_a_link_of_another_board_stops_nothing(app: Flask, ana: Player, visitor: Player) -> None:
    token = stop_token(ana.person.id, "posting_closed")
    app.secret_key = "the-key-of-another-board-0123456789"
    assert visitor.post(f"/letters/stop/{token}").status_code == 404
