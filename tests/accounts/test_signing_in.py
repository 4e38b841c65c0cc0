from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher
from flask_login.utils import encode_cookie

from jobboard import clock
from jobboard.accounts import actions, sessions
from jobboard.accounts.models import Person, PersonSession
from jobboard.accounts.visits import forget_idle_sessions
from jobboard.database import db
from tests.accounts.conftest import CountingHasher, letters_of
from tests.conftest import PASSWORD, Player, browser

if TYPE_CHECKING:
    from flask import Flask


def sign_in(player: Player, address: str = "nia@example.org", password: str = PASSWORD, **more: str):
    return player.post("/sign-in", {"email": address, "password": password, **more})


def test_who_signs_in_goes_on_where_they_were(visitor: Player, nia: Person) -> None:
    led = visitor.get("/account/letters")
    assert (led.status_code, led.location) == (302, "/sign-in?next=/account/letters")
    answer = sign_in(visitor, " NIA@Example.org ", next="/account/letters")
    assert (answer.status_code, answer.location) == (303, "/account/letters")
    assert visitor.get("/account/letters").status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/ /evil",
    ],
)
def test_signing_in_leads_to_no_other_site(visitor: Player, nia: Person, elsewhere: str) -> None:
    assert sign_in(visitor, next=elsewhere).location == "/"


def test_a_wrong_password_and_an_unknown_address_are_answered_alike_with_equal_work(
    app: Flask, visitor: Player, nia: Person, hasher: CountingHasher
) -> None:
    made = actions.add("unset@example.org")
    db.session.commit()
    work, answers = [], []
    for address in (nia.email, "nobody@example.org", made.email):
        hasher.work = 0
        answer = sign_in(Player("Visitor", browser(app)), address, "wrong-and-long-enough")
        work.append(hasher.work)
        answers.append(
            (answer.status_code, "do not belong together" in answer.text, len(answer.text) - len(address))
        )
    assert work == [1, 1, 1]
    assert {answer[:2] for answer in answers} == {(400, True)}
    assert letters_of("confirm") == []


def test_an_account_without_a_password_takes_none(visitor: Player) -> None:
    actions.add("unset@example.org")
    db.session.commit()
    for password in ("!", "AAAAAAAAAA", " "):
        assert sign_in(visitor, "unset@example.org", password).status_code == 400


def test_only_who_knows_the_password_learns_of_a_suspension(visitor: Player, nia: Person) -> None:
    actions.suspend(nia, "Three postings asked for money.")
    db.session.commit()
    guess = sign_in(visitor, password="wrong-and-long-enough")
    assert guess.status_code == 400
    assert "suspend" not in guess.text
    told = sign_in(visitor)
    assert told.status_code == 403
    assert "Three postings asked for money." in told.text
    assert visitor.get("/account").status_code == 302


def test_who_has_not_confirmed_is_written_to_again_and_not_signed_in(visitor: Player, nia: Person) -> None:
    nia.confirmed_at = None
    db.session.commit()
    assert "confirm" not in sign_in(visitor, password="wrong-and-long-enough").text.lower().split("<main")[1]
    assert letters_of("confirm") == []
    answer = sign_in(visitor, next="/codes")
    assert answer.location == "/join/letter"
    assert "not confirmed yet" in visitor.get("/join/letter").text
    assert len(letters_of("confirm")) == 1
    assert visitor.get("/account").status_code == 302


def test_signing_in_begins_a_new_session_and_drops_the_old_cookie(visitor: Player, nia: Person) -> None:
    with visitor.client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    sign_in(visitor)
    with visitor.client.session_transaction() as cookie:
        assert "planted" not in cookie
        first = cookie["_user_id"]
    visitor.post("/sign-out")
    sign_in(visitor)
    with visitor.client.session_transaction() as cookie:
        assert cookie["_user_id"] != first
    assert len(sessions.sessions_of(nia)) == 1


def test_the_database_holds_no_token_that_signs_in(visitor: Player, nia: Person) -> None:
    sign_in(visitor)
    with visitor.client.session_transaction() as cookie:
        token = cookie["_user_id"]
    kept = sessions.sessions_of(nia)[0].token_hash
    assert token != kept
    stranger = Player("Visitor", browser(visitor.client.application))
    with stranger.client.session_transaction() as cookie:
        cookie["_user_id"] = kept
    assert stranger.get("/account").status_code == 302


def test_signing_out_ends_the_session_for_copies_of_the_cookie_too(visitor: Player, nia: Person) -> None:
    sign_in(visitor)
    with visitor.client.session_transaction() as cookie:
        token = cookie["_user_id"]
    assert visitor.post("/sign-out").status_code == 303
    thief = Player("Visitor", browser(visitor.client.application))
    with thief.client.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert thief.get("/account").status_code == 302


def test_nothing_but_the_session_signs_anybody_in(app: Flask, ana: Player) -> None:
    with ana.client.session_transaction() as cookie:
        token = cookie["_user_id"]
    stranger = Player("Visitor", browser(app))
    # Signed with the board's own key, as Flask-Login would: the board hands out no such cookie and takes none.
    stranger.client.set_cookie("remember_token", encode_cookie(token))
    assert stranger.get("/account").status_code == 302
    assert stranger.get("/account", headers={"Authorization": token}).status_code == 302
    with stranger.client.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert stranger.get("/account").status_code == 200


def test_suspending_somebody_ends_their_sessions(ana: Player) -> None:
    assert ana.get("/account").status_code == 200
    actions.suspend(ana.person, "")
    db.session.commit()
    assert ana.get("/account").status_code == 302
    actions.restore(ana.person)
    db.session.commit()
    assert ana.get("/account").status_code == 302, "ended sessions stay ended"


def test_a_hash_of_older_parameters_is_renewed_at_sign_in(visitor: Player, nia: Person) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)
    nia.password_hash = old
    db.session.commit()
    assert sign_in(visitor).status_code == 303
    db.session.expire_all()
    assert nia.password_hash != old
    visitor.post("/sign-out")
    assert sign_in(visitor).status_code == 303


def test_a_visit_is_noted_every_five_minutes_at_most(ana: Player) -> None:
    begun = sessions.sessions_of(ana.person)[0].last_seen_at
    ana.get("/account")
    db.session.expire_all()
    assert sessions.sessions_of(ana.person)[0].last_seen_at == begun
    with clock.moved_by(timedelta(minutes=6)):
        ana.get("/account")
    db.session.expire_all()
    assert sessions.sessions_of(ana.person)[0].last_seen_at > begun + timedelta(minutes=5)


def test_a_session_ends_after_thirty_days_without_use(ana: Player) -> None:
    with clock.moved_by(timedelta(days=31)):
        assert ana.get("/account").status_code == 302
        assert forget_idle_sessions() == 1
    db.session.expire_all()
    assert db.session.query(PersonSession).count() == 0
