from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask.testing import FlaskClient

from jobboard.accounts import passwords, sessions
from jobboard.accounts.browsers import browser_in_words
from jobboard.accounts.models import Person
from jobboard.accounts.queries import person_by_address
from jobboard.database import db
from tests.accounts.conftest import CountingHasher, letters_of, link_in
from tests.conftest import PASSWORD, Player, browser, make_person

if TYPE_CHECKING:
    from flask import Flask

NEW_PASSWORD = "harbour-candle-moss-17"


@pytest.fixture
def nia_twice(app: Flask, nia: Person) -> tuple[Player, Player]:
    """Nia, signed in on two browsers."""
    players = Player("Nia", browser(app), nia.id), Player("Nia", browser(app), nia.id)
    for player in players:
        player.post("/sign-in", {"email": nia.email, "password": PASSWORD})
    return players


def test_changing_the_password_ends_other_browsers_and_writes_a_letter(
    nia_twice: tuple[Player, Player],
) -> None:
    here, there = nia_twice
    with here.client.session_transaction() as cookie:
        before = cookie["_user_id"]
    answer = here.post("/account/password", {"password": PASSWORD, "new_password": NEW_PASSWORD})
    assert answer.status_code == 303
    assert here.get("/account").status_code == 200
    with here.client.session_transaction() as cookie:
        assert cookie["_user_id"] != before, "this browser's session is a new one too"
    assert there.get("/account").status_code == 302
    assert [letter.to_address for letter in letters_of("password_changed")] == ["Nia@example.org"]
    assert there.post("/sign-in", {"email": "nia@example.org", "password": PASSWORD}).status_code == 400
    assert there.post("/sign-in", {"email": "nia@example.org", "password": NEW_PASSWORD}).status_code == 303


def test_the_password_is_changed_only_by_who_knows_the_present_one(nia_twice: tuple[Player, Player]) -> None:
    here, _ = nia_twice
    refused = here.post("/account/password", {"password": "not-it-at-all", "new_password": NEW_PASSWORD})
    assert refused.status_code == 400
    assert "not your password" in refused.text
    weak = here.post("/account/password", {"password": PASSWORD, "new_password": "nia@example.org"})
    assert weak.status_code == 400
    db.session.expire_all()
    assert passwords.matches(here.person.password_hash, PASSWORD)
    assert letters_of("password_changed") == []


def test_a_forgotten_password_is_set_with_the_link_once(
    visitor: Player, nia_twice: tuple[Player, Player]
) -> None:
    visitor.post("/forgotten", {"email": "NIA@example.org"})
    visitor.post("/forgotten", {"email": "nia@example.org"})
    first, second = (link_in(letter) for letter in letters_of("reset"))
    assert visitor.get(first).status_code == 200
    assert visitor.post(first, {"new_password": "short"}).status_code == 400
    assert visitor.post(first, {"new_password": NEW_PASSWORD}).status_code == 303
    assert visitor.get("/account").status_code == 200
    assert nia_twice[0].get("/account").status_code == 302
    for link in (first, second):
        assert visitor.get(link).status_code == 410
        assert visitor.post(link, {"new_password": "another-good-one-99"}).status_code == 410
    assert len(letters_of("password_changed")) == 1


def test_a_forgotten_password_is_answered_alike_for_every_address(
    visitor: Player, nia: Person, hasher: CountingHasher
) -> None:
    known = visitor.post("/forgotten", {"email": nia.email}).text
    unknown = visitor.post("/forgotten", {"email": "Who@example.org"}).text
    assert f"If <b>{nia.email}</b> has an account" in known
    assert known.replace(nia.email, "ADDRESS") == unknown.replace("Who@example.org", "ADDRESS")
    assert hasher.work == 0
    assert [letter.to_address for letter in letters_of("reset")] == [nia.email]
    assert letters_of("already_joined") == []


def test_a_link_to_reset_confirms_the_address_too(visitor: Player, nia: Person) -> None:
    nia.confirmed_at = None
    db.session.commit()
    visitor.post("/forgotten", {"email": nia.email})
    assert visitor.post(link_in(letters_of("reset")[0]), {"new_password": NEW_PASSWORD}).status_code == 303
    assert visitor.get("/account").status_code == 200


def test_a_new_address_counts_once_it_is_confirmed_and_the_old_one_is_told(
    app: Flask, nia_twice: tuple[Player, Player], visitor: Player
) -> None:
    here, _ = nia_twice
    asked = here.post("/account/address", {"email": "Nia.New@example.org", "password": PASSWORD})
    assert asked.status_code == 303
    assert here.person.email == "Nia@example.org"
    assert "Nia.New@example.org" in here.get("/account").text
    letter = letters_of("confirm")[0]
    assert letter.to_address == "Nia.New@example.org"
    link = link_in(letter)
    assert visitor.get(link).status_code == 200
    # Mail programs look at links by themselves, and some ask for the head alone.
    with app.app_context():
        assert FlaskClient.open(visitor.client, link, method="HEAD").status_code == 200
    db.session.expire_all()
    assert here.person.email == "Nia@example.org"
    assert visitor.post(link).status_code == 303
    db.session.expire_all()
    assert here.person.email == "Nia.New@example.org"
    assert person_by_address("nia.new@EXAMPLE.org") is here.person
    assert person_by_address("nia@example.org") is None
    assert [told.to_address for told in letters_of("address_changed")] == ["Nia@example.org"]
    assert visitor.post(link).status_code == 410


def test_an_address_of_another_account_is_answered_alike_and_not_taken(
    nia_twice: tuple[Player, Player],
) -> None:
    here, _ = nia_twice
    make_person("Ben")
    asked = here.post("/account/address", {"email": "BEN@example.org", "password": PASSWORD})
    assert asked.status_code == 303
    assert letters_of("confirm") == []
    assert [letter.to_address for letter in letters_of("already_joined")] == ["ben@example.org"]


def test_an_address_that_somebody_else_took_meanwhile_is_not_taken(
    nia_twice: tuple[Player, Player],
) -> None:
    here, _ = nia_twice
    here.post("/account/address", {"email": "ben@example.org", "password": PASSWORD})
    link = link_in(letters_of("confirm")[0])
    make_person("Ben")
    assert here.post(link).status_code == 410
    db.session.expire_all()
    assert here.person.email == "Nia@example.org"


def test_the_address_is_changed_only_by_who_knows_the_password(nia_twice: tuple[Player, Player]) -> None:
    here, _ = nia_twice
    refused = here.post("/account/address", {"email": "thief@example.org", "password": "a-guess-of-a-thief"})
    assert refused.status_code == 400
    assert letters_of("confirm") == []


def test_browsers_are_listed_and_signed_out_one_by_one(nia_twice: tuple[Player, Player]) -> None:
    here, there = nia_twice
    page = here.get("/account").text
    assert page.count("this one") == 1
    with there.client.session_transaction() as cookie:
        token = cookie["_user_id"]
    other = next(s for s in sessions.sessions_of(here.person) if s.token_hash == sessions.hash_of(token))
    assert here.post(f"/account/sessions/{other.id}/end").status_code == 303
    assert there.get("/account").status_code == 302
    assert here.get("/account").status_code == 200


def test_all_other_browsers_are_signed_out_at_once(nia_twice: tuple[Player, Player]) -> None:
    here, there = nia_twice
    assert here.post("/account/sessions/end-others").status_code == 303
    assert there.get("/account").status_code == 302
    assert here.get("/account").status_code == 200


def test_a_stranger_signs_nobody_else_out(ana: Player, ben: Player, visitor: Player) -> None:
    bens = sessions.sessions_of(ben.person)[0].id
    assert ana.post(f"/account/sessions/{bens}/end").status_code == 404
    assert visitor.post(f"/account/sessions/{bens}/end").status_code == 303
    assert ben.get("/account").status_code == 200


@pytest.mark.parametrize("path", ["/account", "/account/password", "/account/address", "/account/letters"])
def test_a_visitor_is_led_to_sign_in(visitor: Player, ana: Player, path: str) -> None:
    assert visitor.get(path).location == f"/sign-in?next={path}"
    assert ana.get(path).status_code == 200


def test_name_and_zone_are_kept_and_a_made_up_zone_is_refused(ana: Player) -> None:
    assert ana.post("/account", {"name": "  Ana  B. ", "time_zone": "America/Denver"}).status_code == 303
    db.session.expire_all()
    assert (ana.person.name, ana.person.time_zone) == ("Ana B.", "America/Denver")
    assert ana.post("/account", {"name": "Ana", "time_zone": "Moon/Crater"}).status_code == 400


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0",
            "Firefox on Windows",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/129.0 Safari/537.36 Edg/129.0",
            "Edge on Linux",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1 Version/17.6 Safari/604.1",
            "Safari on an iPhone",
        ),
        ("curl/8.5", "Another browser"),
        ("", "Another browser"),
    ],
)
def test_a_browser_is_described_in_words_its_user_knows(agent: str, words: str) -> None:
    assert browser_in_words(agent) == words
