"""`jobboard codes import` and `jobboard codes link` keep their promises: counts, exit codes, JSON."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from jobboard.codes import queries
from jobboard.codes.importers import code_lists, hierarchy
from jobboard.codes.records import EditionFile

ORDER_LINE = "{number:05} {code:7} {billable} {short:60} {long}\r\n"


def run(app: Flask, *arguments: str, text: str | bytes = "") -> Result:
    return app.test_cli_runner().invoke(args=["codes", *arguments], input=text)


def last_line(result: Result) -> object:
    return json.loads(result.stdout.strip().splitlines()[-1])


@pytest.fixture
def shipped_small(monkeypatch: pytest.MonkeyPatch, small_edition: EditionFile) -> EditionFile:
    """The shipped list cut to three chapters, so that a test loads in a moment."""
    for place in (code_lists, hierarchy):
        monkeypatch.setattr(place, "read_shipped", lambda: small_edition)
    return small_edition


def test_the_shipped_edition_is_imported_and_counted(app: Flask, shipped_small: EditionFile) -> None:
    result = run(app, "import", "icd10cm")
    assert result.exit_code == 0, result.output
    read = len(shipped_small.records)
    expected = {"system": "icd10cm", "edition": "2026-04", "read": read, "created": read, "unchanged": 0}
    counts = last_line(result)
    assert isinstance(counts, dict)
    assert expected.items() <= counts.items()
    assert last_line(run(app, "import", "icd10cm")) == {**counts, "created": 0, "unchanged": read}
    assert queries.code_in_force("icd10cm", "E11.9") is not None


def test_an_official_order_file_is_imported_under_chapters(
    app: Flask, shipped_small: EditionFile, tmp_path: Path
) -> None:
    lines = [
        ORDER_LINE.format(number=1, code="E11", billable=0, short="Type 2", long="Type 2 diabetes mellitus"),
        ORDER_LINE.format(number=2, code="E119", billable=1, short="Type 2 w/o", long="Type 2, without"),
    ]
    path = tmp_path / "icd10cm_order_2026.txt.gz"
    path.write_bytes(gzip.compress("".join(lines).encode()))
    result = run(app, "import", "icd10cm", str(path))
    assert result.exit_code == 0, result.output
    counts = last_line(result)
    assert isinstance(counts, dict)
    assert {
        "edition": "2026",
        "chapters": 1,
        "blocks": 1,
        "codes": 2,
        "billable": 1,
    }.items() <= counts.items()
    assert "its notes are those of the tabular list 2026-04" in result.stderr
    found = queries.code_in_force("icd10cm", "E11.9")
    assert found is not None
    assert (found.short, found.parent) == ("Type 2 w/o", "E11")


def test_a_broken_file_is_refused_by_line_and_nothing_is_stored(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "icd10cm_order_2026.txt"
    path.write_text("00001 A00     0 too short\n")
    result = run(app, "import", "icd10cm", str(path))
    assert result.exit_code == 1
    assert "icd10cm_order_2026.txt, line 1" in result.stderr
    assert result.stdout == ""
    assert queries.edition_in_force("icd10cm") is None


@pytest.mark.parametrize(
    "arguments", [["import"], ["import", "icd9"], ["import", "icd10cm", "missing.txt"], ["link"]]
)
def test_wrong_use_is_told(app: Flask, arguments: list[str]) -> None:
    assert run(app, *arguments).exit_code == 2


def test_mentions_are_printed_as_one_json_array(app: Flask, loaded: EditionFile) -> None:
    result = run(app, "link", "--json", "-", text="Codes e119, E11.-, E12.9 and CPT 99202-15 daily.")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == [
        {"system": "icd10cm", "start": "E11.9", "end": None, "text": "e119", "known": True},
        {"system": "icd10cm", "start": "E11", "end": None, "text": "E11.-", "known": True},
        {"system": "icd10cm", "start": "E12.9", "end": None, "text": "E12.9", "known": False},
        {"system": "cpt", "start": "99202", "end": "99215", "text": "99202-15", "known": None},
    ]


def test_a_text_without_codes_gives_an_empty_array(app: Flask) -> None:
    assert json.loads(run(app, "link", "--json", "-", text="We are a friendly team.").stdout) == []


def test_bytes_that_are_no_text_are_refused_by_line(app: Flask) -> None:
    result = run(app, "link", "--json", "-", text=b"one\ntwo \xff\n")
    assert result.exit_code == 1
    assert "line 2" in result.stderr


def test_people_get_lines_and_a_count(app: Flask, loaded: EditionFile) -> None:
    result = run(app, "link", "-", text="ICD-10-CM E11.9 and E10-E13")
    lines = result.stdout.splitlines()
    assert lines[0] == "icd10cm\tE11.9\tE11.9\tknown"
    assert lines[1].startswith("icd10cm\tE10…E13\t")
    assert json.loads(lines[-1]) == {"mentions": 2}


def test_a_dry_run_needs_no_tables(tmp_path: Path) -> None:
    path = tmp_path / "apc_2026-01.csv"
    path.write_text("code,long\n5001,Group\n")
    words = ("codes", "import", "apc", str(path), "--edition", "2026-01:2026-01-01", "--dry-run")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("JOBBOARD_")}
    environment["JOBBOARD_DATA_DIR"] = str(tmp_path / "data")
    environment["JOBBOARD_SECRET_KEY"] = "k" * 32
    done = subprocess.run(
        [sys.executable, "-m", "jobboard", *words],
        text=True,
        capture_output=True,
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["codes"] == 1


def test_linking_needs_no_data_folder_key_or_database(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("JOBBOARD_")}
    done = subprocess.run(
        [sys.executable, "-m", "jobboard", "codes", "link", "--json", "-"],
        input="ICD-10-CM E11.9",
        text=True,
        capture_output=True,
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        check=True,
    )
    assert json.loads(done.stdout) == [
        {"system": "icd10cm", "start": "E11.9", "end": None, "text": "E11.9", "known": None}
    ]
    assert list(tmp_path.iterdir()) == []
