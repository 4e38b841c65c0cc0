from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from jobboard import clock
from jobboard.accounts import sessions
from jobboard.accounts.models import Person
from jobboard.accounts.queries import person_by_address
from jobboard.accounts.visits import forget_unconfirmed
from jobboard.database import db
from jobboard.site_documents import terms_version
from tests.accounts.conftest import CountingHasher, letters_of, link_in
from tests.conftest import PASSWORD, Player, browser

if TYPE_CHECKING:
    from flask import Flask


def join(visitor: Player, address: str = "ivy@example.org", password: str = PASSWORD, **more: str):
    return visitor.post("/join", {"email": address, "name": "Ivy", "new_password": password, **more})


def another_visitor(app: Flask) -> Player:
    return Player("Visitor", browser(app))


def test_who_joins_confirms_with_a_button_and_lands_where_they_were_going(visitor: Player) -> None:
    answer = join(visitor, next="/jobs/7/apply?draft=abc")
    assert answer.status_code == 303
    assert "written to <b>ivy@example.org</b>" in visitor.get(answer.location).text
    person = person_by_address("IVY@example.org")
    assert person is not None
    assert person.confirmed_at is None
    assert person.terms_version == terms_version()
    assert person.terms_accepted_at is not None
    link = link_in(letters_of("confirm")[0])
    page = visitor.get(link)
    assert 'name="password"' not in page.text
    assert 'value="/jobs/7/apply?draft=abc"' in page.text
    db.session.refresh(person)
    assert person.confirmed_at is None, "opening the link alone confirms nothing"
    answer = visitor.post(link, {"next": "/jobs/7/apply?draft=abc"})
    assert (answer.status_code, answer.location) == (303, "/jobs/7/apply?draft=abc")
    assert "Ivy" in visitor.get("/account").text


def test_a_link_confirms_once(visitor: Player, app: Flask) -> None:
    join(visitor)
    link = link_in(letters_of("confirm")[0])
    assert visitor.post(link).status_code == 303
    again = another_visitor(app).get(link)
    assert again.status_code == 410
    assert "confirmed already" in again.text
    assert another_visitor(app).post(link, {"password": PASSWORD}).status_code == 410


def test_a_link_to_confirm_ends_after_a_week(visitor: Player) -> None:
    join(visitor)
    link = link_in(letters_of("confirm")[0])
    with clock.moved_by(timedelta(days=6, hours=23)):
        assert visitor.get(link).status_code == 200
    with clock.moved_by(timedelta(days=7, minutes=1)):
        assert visitor.get(link).status_code == 410


@pytest.mark.parametrize("token", ["x", "WzEsMSwieCJd.x", "%00", "a" * 500])
def test_a_made_up_link_confirms_nothing(visitor: Player, token: str) -> None:
    assert visitor.get(f"/confirm/{token}").status_code == 410
    assert visitor.get(f"/reset/{token}").status_code == 410
    assert visitor.get(f"/confirm-address/{token}").status_code == 410
    assert visitor.get(f"/letters/stop/{token}").status_code == 404


def test_a_stranger_who_registered_the_address_of_another_is_not_confirmed_by_its_owner(
    visitor: Player, app: Flask
) -> None:
    join(visitor)
    owner = another_visitor(app)
    link = link_in(letters_of("confirm")[0])
    assert 'name="password"' in owner.get(link).text
    refused = owner.post(link, {"password": "what-the-owner-would-say"})
    assert refused.status_code == 400
    person = person_by_address("ivy@example.org")
    assert person is not None
    assert person.confirmed_at is None


def test_a_stranger_who_registers_again_after_the_owner_is_not_confirmed_by_the_owner(
    visitor: Player, app: Flask
) -> None:
    join(visitor)
    join(another_visitor(app), password="the-stranger-knows-this-one")
    first, second = letters_of("confirm")
    assert visitor.get(link_in(first)).status_code == 410, "the newer letter ended the older link"
    assert 'name="password"' in visitor.get(link_in(second)).text
    assert visitor.post(link_in(second), {"password": PASSWORD}).status_code == 400


def test_who_opens_the_letter_in_another_browser_gives_the_password(visitor: Player, app: Flask) -> None:
    join(visitor)
    elsewhere = another_visitor(app)
    answer = elsewhere.post(link_in(letters_of("confirm")[0]), {"password": PASSWORD, "next": "/codes"})
    assert (answer.status_code, answer.location) == (303, "/codes")


def test_a_known_and_an_unknown_address_get_the_same_answer_and_the_same_work(
    app: Flask, nia: Person, hasher: CountingHasher
) -> None:
    known, unknown = another_visitor(app), another_visitor(app)
    first = join(known, "nia@EXAMPLE.org")
    work_for_known, hasher.work = hasher.work, 0
    second = join(unknown, "new@example.org")
    assert work_for_known == hasher.work == 1
    assert (first.status_code, first.location) == (second.status_code, second.location)
    pages = [
        player.get("/join/letter").text.replace(address, "ADDRESS")
        for player, address in ((known, "nia@example.org"), (unknown, "new@example.org"))
    ]
    assert without_tokens(pages[0]) == without_tokens(pages[1])
    cookies = []
    for player in (known, unknown):
        with player.client.session_transaction() as cookie:
            cookies.append(sorted(cookie))
    assert cookies[0] == cookies[1]
    assert [letter.to_address for letter in letters_of("already_joined")] == ["Nia@example.org"]
    assert [letter.to_address for letter in letters_of("confirm")] == ["new@example.org"]
    assert db.session.scalar(select(func.count()).select_from(Person)) == 2


def without_tokens(page: str) -> str:
    return re.sub(r'name="csrf_token"[^>]*value="[^"]*"', "", page)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("email", "", "Give your email address"),
        ("email", "ivy", "@-sign"),
        ("email", "ivy@localhost", "special-use"),
        ("email", "ivy@example.org\r\nBcc: all@example.org", "Email address"),
        ("email", "i" * 300 + "@example.org", "too long"),
        ("new_password", "short-one", "10 characters"),
        ("new_password", "password123", "common"),
        ("new_password", "ivy@example.org", "your name or address"),
        ("new_password", "aaaaaaaaaaaaaaa", "easy to guess"),
        ("name", "x" * 121, "120 characters"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_stored(
    visitor: Player, field: str, value: str, words: str
) -> None:
    typed = {"email": "ivy@example.org", "name": "Ivy", "new_password": PASSWORD, field: value}
    answer = visitor.post("/join", typed)
    assert answer.status_code == 400
    assert words in answer.text
    assert person_by_address("ivy@example.org") is None
    assert PASSWORD not in answer.text


def test_another_letter_is_sent_to_who_is_not_confirmed_and_to_nobody_else(
    visitor: Player, nia: Person
) -> None:
    join(visitor)
    answers = [
        visitor.post("/join/letter", {"email": address})
        for address in ("ivy@example.org", nia.email, "nobody@example.org")
    ]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, "/join/letter")}
    assert [letter.to_address for letter in letters_of("confirm")] == ["ivy@example.org"] * 2
    assert letters_of("already_joined") == []


def test_an_account_nobody_confirms_is_forgotten_after_a_month(visitor: Player, nia: Person) -> None:
    join(visitor)
    assert forget_unconfirmed() == 0
    with clock.moved_by(timedelta(days=31)):
        assert forget_unconfirmed() == 1
    db.session.expire_all()
    assert person_by_address("ivy@example.org") is None
    assert person_by_address(nia.email) is not None


def test_who_is_signed_in_is_not_asked_to_join(ana: Player) -> None:
    assert ana.get("/join?next=/codes").location == "/codes"
    assert len(sessions.sessions_of(ana.person)) == 1
