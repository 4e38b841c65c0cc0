"""Licensed editions on a code's page: for whom, after which notice, until when, and how many read them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select, update

from jobboard import clock
from jobboard.codes.models import CodeEdition, CodeLicenceAcceptance
from jobboard.codes.viewer_models import CodeLicenceUse, CodeMembership
from jobboard.database import db
from tests.codes.tiny_editions import load_tiny
from tests.conftest import Player

WORDS = "A wording that its owner licenses"
PAGE = "/codes/cpt/77003"


@pytest.fixture
def licensed(app: Flask) -> CodeEdition:
    """An edition of invented wording for the readers in the group "clinic", who accept a notice."""
    load_tiny("cpt", "2026", date(2026, 1, 1), [("77003", WORDS), ("12345", "Another wording of theirs")])
    edition = db.session.scalars(select(CodeEdition).where(CodeEdition.system == "cpt")).one()
    edition.owner, edition.copyright_line = "The owner", "© 2026 The owner."
    edition.visible_to, edition.notice = "clinic", "Use it\n\nfor nothing but coding."
    db.session.commit()
    return edition


def put_into(player: Player, group: str) -> None:
    db.session.add(CodeMembership(person_id=player.person_id, group_name=group))
    db.session.commit()


def change(**values: object) -> None:
    db.session.execute(update(CodeEdition).values(values))
    db.session.commit()


def main(player: Player, path: str) -> str:
    response = player.get(path)
    assert response.status_code == 200, path
    return " ".join(BeautifulSoup(response.text, "html5lib").select_one("main").get_text().split())


def official(player: Player, path: str = PAGE) -> str:
    response = player.get(path)
    assert response.status_code == 200, path
    soup = BeautifulSoup(response.text, "html5lib")
    return " ".join(soup.select_one("[aria-labelledby=official-title]").get_text().split())


def test_who_may_not_see_it_is_told_whose_it_is_and_for_whom(
    licensed: CodeEdition, visitor: Player, ana: Player
) -> None:
    assert "licensed by The owner to the readers in the group “clinic”. Log in to go on." in official(visitor)
    assert "Your account is not among them." in official(ana)
    assert "CPT® is a registered trademark of the American Medical Association." in official(ana)
    assert "Not open to everybody" in official(visitor, "/codes/cpt/12345")


def test_the_notice_is_accepted_once_and_then_the_wording_shows(licensed: CodeEdition, ana: Player) -> None:
    put_into(ana, "clinic")
    assert "asks every reader to accept a notice first" in official(ana)
    notice = f"/codes/licence/{licensed.id}"
    soup = BeautifulSoup(ana.get(f"{notice}?next={PAGE}").text, "html5lib")
    assert soup.select_one(".typed").get_text() == "Use it\n\nfor nothing but coding."
    first = datetime(2026, 11, 3, 12, tzinfo=UTC)
    with clock.stopped_at(first):
        answer = ana.post(notice, {"next": PAGE})
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert official(ana).startswith(f"Official Description {WORDS} © 2026 The owner. Edition 2026.")
    ana.post(notice, {"next": "https://elsewhere.example.org/"})
    (stored,) = db.session.scalars(select(CodeLicenceAcceptance))
    assert (stored.person_id, stored.at) == (ana.person_id, first)
    assert "You accepted this notice on 3 November 2026" in ana.get(notice).text


NOTHING_LOADED = ("No edition of CPT is loaded here", "This board has no licence")
KEPT = "An edition of CPT is loaded here under a licence that says who may read it."


@pytest.mark.parametrize("path", [PAGE, "/codes/cpt", "/codes/cpt/76000", "/codes/cpt/changes"])
def test_what_is_kept_from_a_reader_is_never_called_missing(
    licensed: CodeEdition, visitor: Player, ana: Player, path: str
) -> None:
    for player in (visitor, ana):
        text = main(player, path)
        assert KEPT in text
        assert not any(each in text for each in NOTHING_LOADED)
        assert WORDS not in text


@pytest.mark.parametrize("path", [PAGE, "/codes/cpt"])
def test_what_is_shown_is_neither_called_missing_nor_kept(
    licensed: CodeEdition, ana: Player, path: str
) -> None:
    change(notice="", visible_to="members")
    put_into(ana, "members")
    text = main(ana, path)
    assert WORDS in text
    assert "Edition 2026" in text
    assert not any(each in text for each in (*NOTHING_LOADED, KEPT))


@pytest.mark.parametrize("path", [PAGE, "/codes/cpt"])
def test_where_nothing_is_loaded_that_is_said(app: Flask, ana: Player, path: str) -> None:
    text = main(ana, path)
    assert all(each in text for each in NOTHING_LOADED)
    assert KEPT not in text


def test_the_page_of_a_system_leads_to_its_notice(licensed: CodeEdition, ana: Player) -> None:
    assert "to the readers in the group “clinic”. Your account is not among them." in main(ana, "/codes/cpt")
    put_into(ana, "clinic")
    assert "asks every reader to accept a notice first" in main(ana, "/codes/cpt")


def test_a_stranger_cannot_accept_what_is_not_for_them(licensed: CodeEdition, ana: Player) -> None:
    for number in (licensed.id, licensed.id + 1):
        assert ana.get(f"/codes/licence/{number}").status_code == 404
        assert ana.post(f"/codes/licence/{number}").status_code == 404
    assert db.session.scalars(select(CodeLicenceAcceptance)).all() == []


def test_after_its_end_nobody_sees_it(licensed: CodeEdition, ana: Player) -> None:
    change(notice="", visible_to="members", ends_on=clock.today())
    put_into(ana, "members")
    assert WORDS in official(ana)
    with clock.moved_by(timedelta(days=2)):
        assert WORDS not in ana.get(PAGE).text
        assert "copyright of the American Medical Association" in official(ana)


def test_its_owner_is_told_how_many_read_it(
    licensed: CodeEdition, app: Flask, ana: Player, ben: Player
) -> None:
    change(notice="", visible_to="members")
    put_into(ana, "members")
    put_into(ben, "members")
    for month, player in ((10, ana), (11, ana), (11, ben)):
        with clock.stopped_at(datetime(2026, month, 3, tzinfo=UTC)):
            official(player)
            official(player, "/codes/cpt/12345")
    db.session.rollback()
    assert len(db.session.scalars(select(CodeLicenceUse)).all()) == 2
    result = app.test_cli_runner().invoke(args=["codes", "licence"])
    assert json.loads(result.output) == [
        {"system": "cpt", "edition": "2026", "owner": "The owner", "month": "2026-10", "users": 1},
        {"system": "cpt", "edition": "2026", "owner": "The owner", "month": "2026-11", "users": 1},
    ]


def test_what_is_not_licensed_counts_nobody(app: Flask, ana: Player) -> None:
    load_tiny("icd10cm", "2026", date(2025, 10, 1), [("E11.9", "Sweet blood")])
    official(ana, "/codes/icd10cm/E11.9")
    assert db.session.scalars(select(CodeLicenceUse)).all() == []


def test_a_moderator_puts_people_into_groups(licensed: CodeEdition, ana: Player, mo: Player) -> None:
    page = f"/moderation/people/{ana.person_id}"
    boxes = BeautifulSoup(mo.get(page).text, "html5lib").select("input[name=group]")
    assert [each["value"] for each in boxes] == ["members", "clinic"]
    assert mo.post(f"{page}/groups", {"group": "clinic"}).status_code == 303
    (row,) = db.session.scalars(select(CodeMembership))
    assert (row.person_id, row.group_name, row.granted_by_id) == (ana.person_id, "clinic", mo.person_id)
    assert "by Mo" in mo.get(page).text
    refused = mo.post(f"{page}/groups", {"group": "nobodys"})
    assert refused.status_code == 403
    assert "there is no group" in refused.text
    assert ana.post(f"{page}/groups", {"group": "members"}).status_code == 404
    assert mo.post(f"{page}/groups", {}).status_code == 303
    assert db.session.scalars(select(CodeMembership)).all() == []


@pytest.mark.parametrize(
    ("called", "system"),
    [
        ("CPT4", "cpt"),
        ("CPT-4", "cpt"),
        ("HCPCS Level I", "cpt"),
        ("hcpcs-level-ii", "hcpcs"),
        ("HCPCS%20Level%20II", "hcpcs"),
        ("ICD10", "icd10cm"),
        ("ICD-10", "icd10cm"),
        ("ICD-10-PCS", "icd10pcs"),
        ("DRG", "msdrg"),
    ],
)
def test_a_system_is_found_by_what_people_call_it(visitor: Player, called: str, system: str) -> None:
    answer = visitor.get(f"/codes/{called}?on=2026-01-02")
    assert (answer.status_code, answer.location) == (301, f"/codes/{system}?on=2026-01-02")
    assert visitor.get(f"/codes/{called}/x").location == f"/codes/{system}/x"
