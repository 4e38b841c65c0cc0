"""A process that is killed while it imports leaves the edition before in force, and the next import tidies up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from jobboard.codes.changes import changes_of
from jobboard.codes.edition_choice import edition_on, loaded_editions
from jobboard.codes.importers.request import ImportRequest, NamedEdition
from jobboard.codes.importers.running import load, read
from jobboard.codes.models import Code, CodeEdition
from jobboard.database import db
from tests.crashes import environment_of, killed_at

CODES = 9000
OLD, NEW = NamedEdition("2025", date(2024, 10, 1)), NamedEdition("2026", date(2025, 10, 1))


def written(folder: Path, name: str, words: str) -> Path:
    """An edition of three batches and as many new descriptions."""
    path = folder / name
    lines = [f"{number:04},{words} {number}" for number in range(CODES)]
    path.write_text("\n".join(["code,long", *lines]) + "\n", encoding="utf-8")
    return path


def label_today() -> str | None:
    edition = edition_on("apc")
    return edition.label if edition else None


@pytest.mark.parametrize(
    ("place", "label"), [("codes-batch@2", "2025"), ("work-stored@2", "2025"), ("codes-in-force", "2026")]
)
def test_a_killed_import_leaves_a_whole_edition_in_force(
    app: Flask, tmp_path: Path, place: str, label: str
) -> None:
    old = ImportRequest((written(tmp_path, "old.csv", "Group"),), OLD)
    load("apc", read("apc", old))
    new = written(tmp_path, "new.csv", "Ambulatory group")
    db.session.remove()
    words = ("codes", "import", "apc", str(new), "--edition", f"{NEW.label}:{NEW.begins}")
    killed_at(place, environment_of(app.extensions["settings"]), *words)

    assert label_today() == label
    result = load("apc", read("apc", ImportRequest((new,), NEW)))
    assert result["created"] == (0 if label == "2026" else CODES)
    assert label_today() == "2026"
    assert [each.label for each in loaded_editions("apc")] == ["2025", "2026"]
    assert db.session.scalar(select(func.count()).select_from(CodeEdition)) == 2
    assert db.session.scalar(select(func.count()).select_from(Code)) == 2 * CODES
    assert len(changes_of(loaded_editions("apc")[-1])) == CODES
