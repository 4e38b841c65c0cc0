"""Whoever writes while an import tidies up is waited for; an edition that is in force is never said to have failed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError, OperationalError

from jobboard.codes import actions, loading
from jobboard.codes.edition_choice import loaded_editions
from jobboard.codes.models import CodeEdition
from jobboard.database import db, in_words, separate_write
from tests.codes.importers.conftest import Run, counts
from tests.codes.importers.conftest import run as run

LOCKED = OperationalError("DELETE", {}, sqlite3.OperationalError("database is locked"))


def written(folder: Path, name: str, words: str) -> Path:
    path = folder / name
    path.write_text(f"code,long\n001,{words}\n", encoding="utf-8")
    return path


def somebody_writes() -> None:
    with separate_write() as connection:
        connection.execute(update(CodeEdition).values(source=CodeEdition.source + "."))


def editions() -> int:
    return db.session.scalar(select(func.count()).select_from(CodeEdition)) or 0


def test_who_writes_between_finding_and_removing_what_was_replaced_is_no_hindrance(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts(run("msdrg", written(tmp_path, "msdrg_2026.csv", "Heart transplant")))
    found = actions.leftovers

    def leftovers(system: str, kind: str) -> list[CodeEdition]:
        there = found(system, kind)
        somebody_writes()
        return there

    monkeypatch.setattr(actions, "leftovers", leftovers)
    monkeypatch.setattr(loading, "_TRIES", 1)
    result = run("msdrg", written(tmp_path, "msdrg_2026.csv", "Heart transplant or assist system"))
    assert counts(result)["created"] == 1
    assert "Note" not in result.stderr
    assert editions() == 1


def test_an_edition_in_force_is_told_though_tidying_up_is_left(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts(run("msdrg", written(tmp_path, "msdrg_2026.csv", "Heart transplant")))
    tried: list[int] = []

    def locked(edition_id: int, at_most: int) -> bool:
        tried.append(edition_id)
        raise LOCKED

    monkeypatch.setattr("jobboard.codes.loading.time.sleep", lambda _: None)
    corrected = written(tmp_path, "msdrg_2026.csv", "Heart transplant or assist system")
    with monkeypatch.context() as away:
        away.setattr(actions, "remove_part", locked)
        result = run("msdrg", corrected)
    assert counts(result)["created"] == 1
    assert "msdrg 2026 (codes) is in force" in result.stderr
    assert "(database is locked)" in result.stderr
    assert len(tried) == loading._TRIES
    assert (len(loaded_editions("msdrg")), editions()) == (1, 2)
    assert counts(run("msdrg", corrected))["unchanged"] == 1
    assert editions() == 1


def test_a_fault_that_lasts_is_told_as_one(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counts(run("msdrg", written(tmp_path, "msdrg_2026.csv", "Heart transplant")))
    tried: list[int] = []

    def broken(edition_id: int, at_most: int) -> bool:
        tried.append(edition_id)
        raise OperationalError("DELETE", {}, sqlite3.OperationalError("no such table: code_change"))

    monkeypatch.setattr(actions, "remove_part", broken)
    result = run("msdrg", written(tmp_path, "msdrg_2026.csv", "Heart transplant or assist system"))
    assert result.exit_code != 0
    assert len(tried) == 1
    assert [each.label for each in loaded_editions("msdrg")] == ["2026"]


@pytest.mark.parametrize(
    ("words", "migrated"),
    [
        ("database is locked", False),
        ("database table is locked: code", False),
        ("no such table: code_edition", True),
        ("no such column: person.locked_until", True),
    ],
)
def test_only_what_is_missing_is_a_matter_of_migrations(words: str, migrated: bool) -> None:
    problem: DBAPIError = OperationalError("SELECT", {}, sqlite3.OperationalError(words))
    assert ("jobboard db upgrade" in in_words(problem)) is migrated
    assert ("try again" in in_words(problem)) is not migrated
