"""Who asked for it is written to once for each edition that revises or deletes codes of theirs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select

from jobboard import clock
from jobboard.accounts import actions as accounts
from jobboard.accounts.letters import choice, choose
from jobboard.codes.models import CodeEdition, CodeLicenceAcceptance
from jobboard.codes.viewer_models import CodeMembership
from jobboard.database import db
from jobboard.mail.message import message_of
from jobboard.mail.models import Letter
from jobboard.my_codes import change_letters
from jobboard.my_codes.actions import delete_folder
from jobboard.my_codes.change_letters import KIND, tell_of_changes
from jobboard.my_codes.models import CodeChangeNotice
from jobboard.my_codes.news import SETTLES_IN
from jobboard.my_codes.queries import folder_rows
from tests.codes.tiny_editions import load_tiny
from tests.conftest import Player
from tests.crashes import environment_of, killed_at
from tests.my_codes.kept import july, kept, licensed, october
from tests.statements import sent_by


@pytest.fixture(autouse=True)
def editions(app: Flask) -> None:
    july()


def wants(*players: Player) -> None:
    for player in players:
        choose(player.person_id or 0, KIND, "at_once")
    db.session.commit()


def told(hours: int = 2) -> int:
    """What the chore does some hours from now."""
    db.session.remove()
    with clock.moved_by(timedelta(hours=hours)):
        return tell_of_changes()


def letters(player: Player) -> list[Letter]:
    db.session.rollback()
    mine = select(Letter).where(Letter.kind == KIND, Letter.person_id == player.person_id)
    return list(db.session.scalars(mine.order_by(Letter.id)))


def test_nobody_gets_it_unasked(ana: Player) -> None:
    kept(ana.person_id)
    october()
    assert choice(ana.person_id or 0, KIND) == "off"
    assert told() == 0
    assert letters(ana) == []


def test_it_says_what_happened_when_and_what_to_use_instead(ana: Player, ben: Player) -> None:
    kept(ana.person_id)
    wants(ana, ben)
    october()
    assert told() == 1
    (letter,) = letters(ana)
    assert letter.subject == "2 of your codes are changed by a new edition"
    assert letter.to_address == "ana@example.org"
    for line in (
        "APC 2026-10",
        "5012: deleted on 1 October 2026. Use 5014 instead.",
        "  Clinic visits",
        "  http://localhost/codes/apc/5012",
        "  5014: http://localhost/codes/apc/5014",
        "5013: revised on 1 October 2026.",
        "  Many visits",
        "All of it, until you have read it: http://localhost/my/codes",
    ):
        assert line in letter.text.splitlines()
    assert 'Use <a href="http://localhost/codes/apc/5014">5014</a> instead.' in letter.html
    assert letters(ben) == []


def test_it_says_where_no_successor_is_known_and_how_to_stop(ana: Player, visitor: Player) -> None:
    kept(ana.person_id, "5012")
    wants(ana)
    load_tiny("apc", "2026-10", date(2026, 10, 1), [("5013", "More visits")])
    assert told() == 1
    (letter,) = letters(ana)
    assert letter.subject == "1 of your codes is changed by a new edition"
    assert "5012: deleted on 1 October 2026. The board knows no successor." in letter.text
    assert f"Stop these letters: {letter.stop_url}" in letter.text
    assert message_of(letter, "Board <board@example.org>")["List-Unsubscribe"] == f"<{letter.stop_url}>"
    assert visitor.post(letter.stop_url.removeprefix("http://localhost")).status_code == 200
    assert choice(ana.person_id or 0, KIND) == "off"


def test_the_same_edition_is_told_once_and_a_later_one_anew(ana: Player) -> None:
    kept(ana.person_id)
    wants(ana)
    october()
    assert [told(), told(), told(48)] == [1, 0, 0]
    load_tiny("apc", "2026-11", date(2026, 11, 1), [("5014", "All visits")])
    assert [told(), told()] == [1, 0]
    assert [each.subject[:5] for each in letters(ana)] == ["2 of ", "1 of "]


def test_an_edition_that_is_imported_again_is_not_told_again(ana: Player, ben: Player) -> None:
    kept(ana.person_id)
    kept(ben.person_id)
    wants(ana, ben)
    october()
    assert ben.post("/my/codes/news").status_code == 303
    assert told() == 1
    october(words="Many, many visits")
    assert db.session.scalars(select(CodeEdition).where(CodeEdition.label.contains("replaced"))).all() == []
    assert told() == 0
    assert "changes codes of yours" not in ben.get("/my/codes").text


def test_who_has_read_it_needs_no_letter(ana: Player) -> None:
    kept(ana.person_id)
    wants(ana)
    october()
    assert ana.post("/my/codes/news").status_code == 303
    assert told() == 0


def test_who_got_the_letter_still_finds_it_on_the_page_until_it_was_read(ana: Player) -> None:
    kept(ana.person_id)
    wants(ana)
    october()
    assert told() == 1
    assert "APC 2026-10 changes codes of yours" in ana.get("/my/codes").text


def test_it_waits_until_the_successors_can_be_there_and_the_edition_has_begun(ana: Player) -> None:
    kept(ana.person_id)
    wants(ana)
    october()
    assert told(hours=0) == 0
    next_year = clock.today() + timedelta(days=100)
    load_tiny("apc", "later", next_year, [("5014", "All visits")])
    assert told() == 1
    assert told() == 0
    with clock.moved_by(timedelta(days=100) + SETTLES_IN):
        assert tell_of_changes() == 1
    assert "APC later" in letters(ana)[1].text


def test_a_licensed_edition_is_told_to_its_readers_and_its_words_to_nobody(ana: Player, ben: Player) -> None:
    kept(ana.person_id)
    kept(ben.person_id)
    wants(ana, ben)
    october()
    licensed("apc", "2026-10", visible_to="members", notice="Accept this.")
    assert told() == 0
    db.session.add(CodeMembership(person_id=ana.person_id, group_name="members"))
    db.session.commit()
    assert told() == 0
    edition = licensed("apc", "2026-10")
    db.session.add(CodeLicenceAcceptance(person_id=ana.person_id, edition_id=edition.id))
    db.session.commit()
    assert told() == 1
    (letter,) = letters(ana)
    assert "5012: deleted on 1 October 2026. Use 5014 instead." in letter.text
    for words in ("Clinic visits", "Many visits"):
        assert words not in letter.text + letter.html
    assert letters(ben) == []


def test_each_hears_of_the_edition_that_counts_for_them(ana: Player, ben: Player) -> None:
    kept(ana.person_id)
    kept(ben.person_id)
    wants(ana, ben)
    october()
    load_tiny("apc", "2026-11", date(2026, 11, 1), [("5014", "All visits")])
    licensed("apc", "2026-11", visible_to="members")
    db.session.add(CodeMembership(person_id=ana.person_id, group_name="members"))
    db.session.commit()
    assert told() == 2
    assert "APC 2026-11" in letters(ana)[0].text
    assert "APC 2026-10" in letters(ben)[0].text
    # Nobody is tried in vain for an edition that counts for others.
    assert sum(each.startswith("SELECT") for each in sent_by(told)) == 5


def test_words_of_a_deleted_code_are_those_of_the_edition_that_had_it(ana: Player) -> None:
    kept(ana.person_id)
    wants(ana)
    october()
    licensed("apc", "2026-07", ends_on=date(2026, 9, 30))
    assert told() == 1
    (letter,) = letters(ana)
    assert "Many visits" in letter.text
    page = ana.get("/my/codes").text
    assert "Many visits" in page
    for text in (page, letter.text, letter.html):
        assert "Clinic visits" not in text
        assert "5012" in text


def test_who_is_suspended_or_keeps_the_codes_no_more_gets_none(ana: Player, ben: Player) -> None:
    kept(ana.person_id)
    kept(ben.person_id)
    wants(ana, ben)
    october()
    accounts.suspend(ana.person, "")
    for folder in folder_rows(ben.person_id or 0):
        delete_folder(folder)
    db.session.commit()
    assert told() == 0


def test_a_long_list_is_cut_and_says_so(ana: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_letters, "MOST_LISTED", 1)
    kept(ana.person_id)
    wants(ana)
    october()
    assert told() == 1
    assert "1 more is on the page." in letters(ana)[0].text
    assert told() == 0


def test_one_whose_letter_fails_keeps_nobody_waiting(
    ana: Player, ben: Player, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    kept(ana.person_id)
    kept(ben.person_id)
    wants(ana, ben)
    october()
    whole = ana.person.email
    ana.person.email = "not an address"
    db.session.commit()
    assert told() == 1
    assert "could not be told" in caplog.text
    assert [len(letters(ana)), len(letters(ben))] == [0, 1]
    ana.person.email = whole
    db.session.commit()
    assert told() == 1


def test_a_round_ends_in_time_and_the_next_goes_on(
    ana: Player, ben: Player, eve: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_letters, "AT_ONCE", 2)
    monkeypatch.setattr(change_letters, "_PEOPLE", 1)
    for player in (ana, ben, eve):
        kept(player.person_id)
    wants(ana, ben, eve)
    october()
    assert [told(), told(), told()] == [2, 1, 0]


def test_a_worker_killed_between_two_letters_doubles_and_loses_none(
    app: Flask, ana: Player, ben: Player
) -> None:
    # The worker's clock is the real one.
    with clock.moved_by(timedelta(hours=-2)):
        kept(ana.person_id)
        kept(ben.person_id)
        wants(ana, ben)
        october()
    killed_at("change-letter-written@2", environment_of(app.extensions["settings"]), "worker")
    assert [len(letters(ana)), len(letters(ben))] == [1, 0]
    assert [told(), told()] == [1, 0]
    assert [len(letters(ana)), len(letters(ben))] == [1, 1]
    assert len(db.session.scalars(select(CodeChangeNotice)).all()) == 2


def test_a_round_costs_the_same_however_many_people_there_are(app: Flask, ana: Player, ben: Player) -> None:
    def cost() -> int:
        return sum(each.startswith("SELECT") for each in sent_by(told))

    assert cost() == 1
    kept(ana.person_id)
    kept(ben.person_id)
    october()
    assert cost() == 2
    wants(ana)
    told()
    alone = cost()
    wants(ben)
    told()
    assert cost() == alone == 3
    db.session.execute(delete(CodeChangeNotice))
    licensed("apc", "2026-10", visible_to="members")
    assert cost() == 5


def test_letters_are_asked_for_and_stopped_on_the_page_and_with_the_others(ana: Player) -> None:
    assert "Write to me about changes" in ana.get("/my/codes").text
    assert ana.post("/my/codes/letters", {"letters": "at_once"}).status_code == 303
    page = ana.get("/my/codes").text
    assert "You will get a letter when" in page
    assert "Stop these letters" in page
    assert choice(ana.person_id or 0, KIND) == "at_once"
    assert f'name="{KIND}"' in ana.get("/account/letters").text
    assert ana.post("/my/codes/letters", {"letters": "off"}).status_code == 303
    assert choice(ana.person_id or 0, KIND) == "off"
    assert ana.post("/my/codes/letters", {"letters": "daily"}).status_code == 400
    assert ana.post("/my/codes/letters").status_code == 400


def test_a_stranger_chooses_nobody_elses_letters(ana: Player, ben: Player, visitor: Player) -> None:
    answer = visitor.post("/my/codes/letters", {"letters": "at_once"})
    assert answer.status_code in (302, 303)
    assert "/sign-in" in answer.location
    assert (
        ben.post("/my/codes/letters", {"letters": "at_once", "person_id": ana.person_id}).status_code == 303
    )
    assert choice(ana.person_id or 0, KIND) == "off"
