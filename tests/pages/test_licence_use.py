"""Whoever is shown licensed words, wherever that is, is counted once for their owner; nobody else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from jobboard.codes import metering
from jobboard.codes.edition_datasets import codes_of
from jobboard.codes.loading import load_dataset
from jobboard.codes.models import CodeEdition
from jobboard.codes.records import EditionFile
from jobboard.codes.viewer_models import CodeLicenceUse, CodeMembership
from jobboard.database import db, writing
from tests.code_search.conftest import build, load_few
from tests.codes.tiny_editions import Line, record
from tests.conftest import Player
from tests.statements import sent_by

WORDS = "Zymurgical calibration"
LINES: list[Line] = [("0099J", f"{WORDS} of the widget"), ("99991", f"{WORDS} of the gadget")]


def load(label: str, lines: list[Line]) -> None:
    records = tuple(record("cpt", order, line) for order, line in enumerate(lines, 1))
    dataset = codes_of(
        EditionFile("cpt", label, "tiny.txt", records), date(int(label[:4]), int(label[5:] or 1), 1)
    )
    load_dataset(replace(dataset, visible_to="members"))


@pytest.fixture
def licensed(app: Flask, ana: Player) -> None:
    """Two editions for members, of whom Ana is one, besides what is for everybody; Ana keeps a code."""
    load_few()
    load("2025", [("99991", "Zymurgical calibration, once")])
    load("2026", LINES)
    db.session.add(CodeMembership(person_id=ana.person_id, group_name="members"))
    db.session.commit()
    build()
    ana.post("/my/codes/keep/cpt/99991", data={})
    ana.post("/my/codes/notes/cpt/99991", data={"text": "Mine", "seen": ""})


def counted() -> list[tuple[str, str]]:
    """Reader and edition of each use."""
    db.session.rollback()
    asked = select(CodeLicenceUse.viewer, CodeEdition.label).join(
        CodeEdition, CodeEdition.id == CodeLicenceUse.edition_id
    )
    return sorted((viewer, label) for viewer, label in db.session.execute(asked))


def folder_of(player: Player) -> str:
    page = player.get("/my/codes").text
    return page.partition('href="/my/codes/folders/')[2].partition('"')[0]


SHOWING = (
    "/codes/cpt",
    "/codes/cpt/99990-99999",
    "/codes/cpt/99991",
    "/codes/cpt/changes",
    "/codes/cpt/changes.csv",
    "/codes?q=zymurgical",
    "/codes?q=zymurgical&system=cpt",
    "/codes/suggest?q=zymur",
    "/api/v1/codes?q=zymurgical",
    "/api/v1/codes/cpt/99991",
    "/my/codes/folders/{folder}",
    "/my/codes/folders/{folder}.csv",
    "/my/codes/folders/{folder}/paper",
    "/my/codes/notes",
    "/my/codes/notes/cpt/99991",
)


@pytest.mark.parametrize("path", SHOWING)
def test_a_member_who_is_shown_licensed_words_is_counted_once(
    licensed: None, ana: Player, ben: Player, visitor: Player, path: str
) -> None:
    path = path.format(folder=folder_of(ana))
    db.session.execute(delete(CodeLicenceUse))
    db.session.commit()
    if "/my/" not in path:
        for stranger in (visitor, ben):
            assert WORDS not in stranger.get(path).text
        assert counted() == []
    assert "Zymurgical" in ana.get(path).text.replace("<mark>", "").replace("</mark>", "")
    assert (f"person:{ana.person_id}", "2026") in counted()
    before = counted()
    sent = sent_by(lambda: ana.get(path))
    assert counted() == before
    assert not [each for each in sent if "INTO CODE_LICENCE_USE" in each]


def test_history_counts_who_reads_it(licensed: None, ana: Player) -> None:
    # What a page notes of its reader, it notes when it was sent.
    ana.get("/codes/cpt/99991").close()
    db.session.execute(delete(CodeLicenceUse))
    db.session.commit()
    assert WORDS in ana.get("/my/codes/history").text
    assert counted() == [(f"person:{ana.person_id}", "2026")]


def test_words_that_changed_count_for_both_editions(licensed: None, ana: Player) -> None:
    assert "once" in ana.get("/codes/cpt/changes").text
    person = f"person:{ana.person_id}"
    assert counted() == [(person, "2025"), (person, "2026")]


@pytest.mark.parametrize(
    "path", ["/codes/icd10cm", "/codes?q=diabetes", "/codes/suggest?q=diab", "/codes/cpt/70000-70010"]
)
def test_who_is_shown_none_of_it_is_not_counted(licensed: None, ana: Player, path: str) -> None:
    ana.get(path)
    ana.client.head("/api/v1/codes/cpt/99991")
    ana.get("/c/99991")
    assert counted() == []


def test_a_list_that_everybody_may_see_until_its_end_counts_those_with_an_account(
    licensed: None, ben: Player, visitor: Player
) -> None:
    db.session.execute(update(CodeEdition).values(visible_to="everyone", ends_on=date(2099, 1, 1)))
    db.session.commit()
    for player in (visitor, ben):
        assert WORDS in player.get("/codes/cpt").text
    assert counted() == [(f"person:{ben.person_id}", "2026")]


def test_a_busy_database_keeps_no_list_back(
    licensed: None, app: Flask, ana: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    db.session.execute(delete(CodeLicenceUse))
    db.session.commit()
    monkeypatch.setattr(metering, "PATIENCE_MILLISECONDS", 50)
    sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.connect() as other:
        with writing():
            other.exec_driver_sql("SELECT 1" if sqlite else "LOCK TABLE code_licence_use IN EXCLUSIVE MODE")
        assert WORDS in ana.get("/codes/cpt").text
        other.rollback()
    assert counted() == []
    ana.get("/codes/cpt")
    assert counted() == [(f"person:{ana.person_id}", "2026")]


def test_news_of_a_deleted_code_are_for_who_may_see_its_last_edition(licensed: None, ana: Player) -> None:
    load("2026-06", LINES[:1])
    assert f"{WORDS} of the gadget" in ana.get("/my/codes").text
    assert (f"person:{ana.person_id}", "2026-06") in counted()
    db.session.execute(update(CodeEdition).where(CodeEdition.label == "2026").values(visible_to="clinic"))
    db.session.commit()
    assert WORDS not in ana.get("/my/codes").text
