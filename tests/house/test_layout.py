"""The layout of the house: every room stands on the ladder, files stay small, and names say what a thing is."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from jobboard.app import ROOMS

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "jobboard"
LONGEST_FILE = 400
CATCH_ALLS = {"utils", "util", "helpers", "helper", "common", "misc"}
# What builds the application from all rooms, and so stands above the ladder.
ABOVE_ALL = {"app", "cli", "__init__", "__main__"}
# A first migration lists every table, and a migration is never cut in two.
MAY_BE_LONG = {"migrations"}


def ladder() -> list[list[str]]:
    """The rungs that the contract of layers names, the highest first; each is the modules that stand on it."""
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (contract,) = [one for one in tool["contracts"] if one["type"] == "layers"]
    return [
        [name.strip().strip("()").removeprefix("jobboard.") for name in layer.split(":")]
        for layer in contract["layers"]
    ]


def stored_files() -> list[Path]:
    """Every file of the project that is stored or about to be: not what tools and runs leave lying about."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    said = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if said.returncode == 0 and said.stdout:
        return [ROOT / name for name in said.stdout.splitlines() if (ROOT / name).is_file()]
    folders = ("jobboard", "search_index", "migrations", "templates", "static", "tests", "benchmarks")
    return [file for folder in folders for file in (ROOT / folder).rglob("*") if file.is_file()]


def modules(folder: Path) -> list[str]:
    """The modules and packages directly in a folder, by name."""
    found = {file.stem for file in folder.glob("*.py")} | {
        file.parent.name for file in folder.glob("*/__init__.py")
    }
    return sorted(found)


def test_every_room_stands_on_the_ladder() -> None:
    named = [name for rung in ladder() for name in rung]
    assert len(named) > 15
    assert [name for name in modules(PACKAGE) if name not in named and name not in ABOVE_ALL] == []
    assert len(named) == len(set(named))


def test_rooms_are_registered_from_the_lowest_to_the_highest() -> None:
    height = {name: -place for place, rung in enumerate(ladder()) for name in rung}
    on_the_ladder = [height[room] for room in ROOMS]
    assert on_the_ladder == sorted(on_the_ladder)


def test_every_room_that_registers_itself_is_registered() -> None:
    assert sorted(file.parent.name for file in PACKAGE.glob("*/room.py")) == sorted(ROOMS)


@pytest.mark.parametrize("folder", ["jobboard", "search_index", "tests", "benchmarks"])
def test_no_module_is_too_long(folder: str) -> None:
    modules = [file for file in stored_files() if file.suffix == ".py" and file.is_relative_to(ROOT / folder)]
    assert modules
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines()) for file in modules
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_template_or_sheet_is_too_long() -> None:
    shown = [file for file in stored_files() if file.suffix in {".html", ".css", ".txt"}]
    ours = [
        file for file in shown if file.is_relative_to(ROOT / "templates") or file.parent == ROOT / "static"
    ]
    assert len(ours) > 50
    assert [
        file.name for file in ours if len(file.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE
    ] == []


def test_nothing_is_called_by_a_name_that_says_nothing() -> None:
    folders = ("jobboard", "search_index", "templates", "static", "tests", "benchmarks", "migrations")
    ours = [file for file in stored_files() if any(file.is_relative_to(ROOT / folder) for folder in folders)]
    nameless = [
        str(file.relative_to(ROOT))
        for file in ours
        if CATCH_ALLS & {word for part in file.relative_to(ROOT).parts for word in re.split(r"[._-]", part)}
    ]
    assert nameless == []


def test_tests_of_a_room_stand_under_its_name() -> None:
    """Folders of tests are named like the rooms; those that walk the whole house have names of their own."""
    whole = {"house", "browser", "search_index", "benchmarks", "servers", "relevance", "fuzz"}
    folders = {file.relative_to(ROOT / "tests").parts[0] for file in (ROOT / "tests").glob("*/**/test_*.py")}
    assert folders - whole - set(modules(PACKAGE)) == set()


def test_test_files_have_names_of_their_own() -> None:
    """One name, one file: a failing test is found by its name alone."""
    names = [file.name for file in (ROOT / "tests").rglob("test_*.py")]
    assert sorted({name for name in names if names.count(name) > 1}) == []
