"""Moderators hear that an edition of codes ends without a successor: on the overview, and in one letter."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from jobboard import clock
from jobboard.accounts.letters import choose
from jobboard.codes.edition_choice import edition_on
from jobboard.codes.endings import endings
from jobboard.database import db
from jobboard.mail.models import Letter
from jobboard.moderation.edition_letters import tell_of_endings
from tests.codes.tiny_editions import load_tiny
from tests.conftest import Player

CODE = [("E11", "Type 2", None, "category")]


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def told() -> list[tuple[str, str, bool]]:
    return [(each.edition.system, each.edition.label, each.has_passed) for each in endings()]


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.kind == "edition_ends").order_by(Letter.id)))


def test_the_last_edition_of_a_system_tells_its_end_thirty_days_before(app: Flask) -> None:
    load_tiny("icd10cm", "2026", date(2025, 10, 1), CODE)
    for moment, expected in [
        (at(2026, 8, 30), []),
        (at(2026, 8, 31), [("icd10cm", "2026", False)]),
        (at(2026, 9, 30), [("icd10cm", "2026", False)]),
        (at(2026, 10, 1), [("icd10cm", "2026", True)]),
    ]:
        with clock.stopped_at(moment):
            assert told() == expected


def test_what_has_a_successor_or_ended_for_good_is_no_news(app: Flask) -> None:
    load_tiny("icd10cm", "2026", date(2025, 10, 1), CODE)
    load_tiny("icd10cm", "2027", date(2026, 10, 1), CODE)
    load_tiny("icd9cm", "2015", date(2014, 10, 1), [("250", "Diabetes")])
    with clock.stopped_at(at(2026, 9, 15)):
        assert told() == []


def test_the_end_of_a_licence_counts_too(app: Flask) -> None:
    load_tiny("cpt", "2026", date(2026, 1, 1), [("77003", "A service")])
    edition = edition_on("cpt", date(2026, 6, 1))
    assert edition is not None
    edition.ends_on = date(2026, 6, 30)
    db.session.commit()
    with clock.stopped_at(at(2026, 6, 10)):
        assert [each.last_day for each in endings()] == [date(2026, 6, 30)]


def test_the_overview_says_it(app: Flask, mo: Player) -> None:
    load_tiny("icd10cm", "2026", date(2025, 10, 1), CODE)
    with clock.stopped_at(at(2026, 11, 29)):
        soup = BeautifulSoup(mo.get("/moderation").text, "html5lib")
    line = soup.select_one(".notice li")
    assert " ".join(line.get_text().split()) == "ICD-10-CM: edition 2026 ended on 30 September 2026."
    assert line.a["href"] == "/codes/icd10cm"
    with clock.stopped_at(at(2026, 5, 1)):
        assert "without a successor" not in mo.get("/moderation").text


def test_moderators_get_one_letter_for_each_edition(app: Flask, mo: Player, ana: Player) -> None:
    load_tiny("icd10cm", "2026", date(2025, 10, 1), CODE)
    with clock.stopped_at(at(2026, 5, 1)):
        assert tell_of_endings() == 0
    with clock.stopped_at(at(2026, 9, 10)):
        assert tell_of_endings() == 1
        assert tell_of_endings() == 0
    with clock.stopped_at(at(2026, 10, 10)):
        assert tell_of_endings() == 0
    (letter,) = letters()
    assert (letter.person_id, letter.subject) == (mo.person_id, "ICD-10-CM 2026 ends soon")
    assert "counts until 30 September 2026" in letter.text
    assert "jobboard codes import icd10cm" in letter.text
    assert "http://localhost/codes/icd10cm" in letter.html


def test_who_stopped_such_letters_gets_none(app: Flask, mo: Player) -> None:
    load_tiny("icd10cm", "2026", date(2025, 10, 1), CODE)
    choose(mo.person_id or 0, "edition_ends", "off")
    db.session.commit()
    with clock.stopped_at(at(2026, 9, 10)):
        assert tell_of_endings() == 0
