"""Words of a licensed edition are found by those who may see them, and nothing of them shows to anybody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from jobboard.code_search.finder import audiences_of, find
from jobboard.code_search.index import table_keeper
from jobboard.code_search.request import CodeSearch
from jobboard.code_search.suggesting import CodeSuggester
from jobboard.code_search.words import understood
from jobboard.codes.edition_datasets import codes_of
from jobboard.codes.loading import load_dataset
from jobboard.codes.models import CodeEdition
from jobboard.codes.records import EditionFile
from jobboard.codes.rules import ANYBODY, Viewer
from jobboard.database import db
from tests.code_search.conftest import build, load_few
from tests.codes.tiny_editions import record
from tests.conftest import Player

LINES = [("99990", "Zymurgical calibration of the widget"), ("99991", "Type 2 diabetes mellitus zymurgy")]


@pytest.fixture
def member(app: Flask) -> Viewer:
    """A reader who may see what the fixture loads: an edition for members."""
    load_few()
    records = tuple(record("cpt", order, line) for order, line in enumerate(LINES, 1))
    dataset = codes_of(EditionFile("cpt", "2026", "tiny.txt", records), date(2026, 1, 1))
    load_dataset(replace(dataset, visible_to="members"))
    build()
    return Viewer(7, frozenset({"members"}))


def found(viewer: Viewer, q: str) -> list[str]:
    return [hit.code for hit in find(CodeSearch(q), viewer).hits]


def test_members_find_it_by_words_and_code(member: Viewer) -> None:
    assert found(member, "zymurgical calibration")[0] == "99990"
    assert found(member, "99990") == ["99990"]
    assert "99991" in found(member, "type 2 diabetes mellitus")


@pytest.mark.parametrize("q", ["zymurgical calibration", "99990", "zymurgicl", "zymur", "widget"])
def test_others_find_nothing_and_are_told_nothing(member: Viewer, q: str) -> None:
    for viewer in (ANYBODY, Viewer(8)):
        results = find(CodeSearch(q), viewer)
        assert (results.hits, dict(results.counts), dict(results.corrected)) == ((), {}, {})


def test_counts_leave_it_out(member: Viewer) -> None:
    assert "cpt" not in find(CodeSearch("type 2 diabetes mellitus")).counts
    assert find(CodeSearch("type 2 diabetes mellitus"), member).counts["cpt"] == 1


def test_its_words_weigh_nothing_and_correct_nothing_for_others(member: Viewer) -> None:
    table = table_keeper().made()
    assert "zymurg" not in table.ordered
    assert understood("zymurgicl", table).corrected == {}


def test_the_box_completes_it_for_members_only(member: Viewer) -> None:
    table = table_keeper().made()
    assert CodeSuggester(table, audiences_of(ANYBODY)).suggest("zymu") == ()
    assert CodeSuggester(table, audiences_of(ANYBODY)).suggest("9999") == ()
    assert [one.code for one in CodeSuggester(table, audiences_of(member)).suggest("zymur")] == [
        "99990",
        "99991",
    ]


def test_an_edition_that_ended_since_shows_to_nobody(member: Viewer, visitor: Player) -> None:
    edition = db.session.scalars(select(CodeEdition).where(CodeEdition.system == "cpt")).one()
    edition.ends_on = date(2026, 1, 31)
    db.session.commit()
    assert found(member, "zymurgical calibration") == []
    assert visitor.get("/api/v1/codes?q=zymurgical").json == {"results": []}
