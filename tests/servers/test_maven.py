"""Servers are fetched once, whole or not at all; Maven is a program of that name which brings what it is told to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.servers.editions import EDITIONS
from tests.servers.maven import SUMS, CannotFetch, cache_folder, fetched

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EDITION = EDITIONS["elasticsearch-8.19"]
BRINGS_ONE_FILE = (
    'for word; do case "$word" in -DoutputDirectory=*) echo jar > "${word#*=}/server.zip";; esac; done'
)


@pytest.fixture
def maven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make the `mvn` of this machine a shell script with this body; "" takes it away."""
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))

    def become(body: str) -> None:
        program = programs / "mvn"
        program.unlink(missing_ok=True)
        if body:
            program.write_text(f"#!/bin/sh\n{body}\n")
            program.chmod(0o755)

    return become


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def test_what_was_fetched_needs_no_maven_again(maven: Callable[[str], None], cache: Path) -> None:
    maven(BRINGS_ONE_FILE)
    first = fetched(EDITION, cache)
    assert sorted(path.name for path in first.iterdir()) == [SUMS, "server.zip"]
    maven("")
    assert fetched(EDITION, cache) == first


@pytest.mark.parametrize("damage", ["truncated", "missing", "without sums"])
def test_a_damaged_entry_is_fetched_anew(maven: Callable[[str], None], cache: Path, damage: str) -> None:
    maven(BRINGS_ONE_FILE)
    entry = fetched(EDITION, cache)
    if damage == "truncated":
        (entry / "server.zip").write_text("j")
    else:
        (entry / (SUMS if damage == "without sums" else "server.zip")).unlink()
    assert (fetched(EDITION, cache) / "server.zip").read_text() == "jar\n"
    assert [path.name for path in cache.iterdir()] == [entry.name]


def test_a_failed_fetch_leaves_nothing_and_shows_what_maven_said(
    maven: Callable[[str], None], cache: Path
) -> None:
    maven(BRINGS_ONE_FILE + "; echo '[ERROR] the network is away'; exit 1")
    with pytest.raises(CannotFetch, match=r"elasticsearch:8\.19\.21:zip:\n\[ERROR\] the network is away"):
        fetched(EDITION, cache)
    assert list(cache.iterdir()) == []


def test_a_missing_maven_is_named_with_its_package(maven: Callable[[str], None], cache: Path) -> None:
    maven("")
    with pytest.raises(CannotFetch, match="apt-get install maven"):
        fetched(EDITION, cache)


def test_the_cache_is_where_it_is_told_to_be_or_in_the_users(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JOBBOARD_TEST_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "jobboard-tests"
    monkeypatch.setenv("JOBBOARD_TEST_CACHE", str(tmp_path / "mine"))
    assert cache_folder() == tmp_path / "mine"
