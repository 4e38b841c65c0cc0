"""Who signs in is told that a new edition changes codes of theirs: each time until they have read it, not otherwise."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask_login import login_user
from sqlalchemy import text

from jobboard.accounts import actions, passwords, sessions
from jobboard.database import db
from jobboard.my_codes import sign_in_notice
from jobboard.my_codes.queries import keeps_any_code
from tests.conftest import PASSWORD, Player, browser
from tests.my_codes.kept import july, kept, licensed, october
from tests.statements import sent_by


@pytest.fixture
def nia(app: Flask) -> Player:
    """A person with a password, who keeps nothing yet."""
    july()
    person = actions.add("nia@example.org", "Nia", passwords.hash_of(PASSWORD))
    db.session.commit()
    return Player("Nia", browser(app), person.id)


def sign_in(player: Player) -> str:
    """The notices of the first page after signing in, as they read."""
    assert player.post("/sign-in", {"email": player.email, "password": PASSWORD}).status_code == 303
    return notices(player)


def notices(player: Player) -> str:
    return " ".join(" ".join(each.get_text().split()) for each in found(player))


def found(player: Player):
    return BeautifulSoup(player.get("/").text, "html5lib").select(".flashes .notice")


def test_it_is_told_once_at_each_sign_in_until_it_was_read(nia: Player) -> None:
    kept(nia.person_id)
    assert sign_in(nia) == ""
    nia.post("/sign-out")
    nia.get("/")
    october()
    assert sign_in(nia) == "2 of your codes are changed by a new edition. See what changes"
    assert notices(nia) == ""
    nia.post("/sign-out")
    nia.get("/")
    assert "2 of your codes" in sign_in(nia)
    assert nia.post("/my/codes/news").status_code == 303
    nia.post("/sign-out")
    nia.get("/")
    assert sign_in(nia) == ""


def test_it_leads_to_what_changes(nia: Player) -> None:
    kept(nia.person_id, "5012")
    october()
    nia.post("/sign-in", {"email": nia.email, "password": PASSWORD})
    (notice,) = found(nia)
    assert notice.p.get_text().startswith("1 of your codes is changed by a new edition.")
    assert notice.a["href"] == "/my/codes"
    assert "Use 5014 instead." in nia.get(notice.a["href"]).text


def test_changes_of_two_editions_are_told_together(nia: Player) -> None:
    july("hcpcs")
    kept(nia.person_id)
    kept(nia.person_id, "5013", system="hcpcs")
    october()
    october("hcpcs")
    assert "3 of your codes are changed by new editions." in sign_in(nia)


def test_who_keeps_none_of_the_codes_is_told_nothing(nia: Player) -> None:
    october()
    assert sign_in(nia) == ""


def test_what_somebody_may_not_see_is_not_told(nia: Player) -> None:
    kept(nia.person_id)
    october()
    licensed("apc", "2026-10", visible_to="members")
    assert sign_in(nia) == ""


def test_who_keeps_no_code_costs_one_statement_and_others_six(app: Flask, nia: Player, ana: Player) -> None:
    kept(ana.person_id)
    october()

    def asked(player: Player) -> int:
        identity = sessions.begin(player.person)
        db.session.commit()
        with app.test_request_context("/"):
            return sum(each.startswith("SELECT") for each in sent_by(lambda: login_user(identity)))

    assert not keeps_any_code(nia.person_id or 0)
    assert asked(nia) == 1
    assert asked(ana) == 6


def test_signing_in_goes_on_where_the_notice_fails(
    nia: Player, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    kept(nia.person_id)
    monkeypatch.setattr(
        sign_in_notice, "keeps_any_code", lambda _: db.session.execute(text("SELECT x FROM nowhere"))
    )
    assert sign_in(nia) == ""
    assert nia.get("/my/codes").status_code == 200
    assert "was not told at sign-in" in caplog.text
