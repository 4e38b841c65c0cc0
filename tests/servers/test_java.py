"""The JDKs of a machine are found, and each server gets the one that suits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.servers import java
from tests.servers.java import Jdk, installed_jdks, jdk_in, jdks_in
from tests.servers.search import ServerFailed, new_server, startable

if TYPE_CHECKING:
    from pathlib import Path


def made_up_jdk(home: Path, version: str, *programs: str) -> Path:
    (home / "bin").mkdir(parents=True)
    (home / "release").write_text(f'IMPLEMENTOR="Somebody"\nJAVA_VERSION="{version}"\nOS_NAME="Linux"\n')
    for program in programs or ("java", "javac"):
        (home / "bin" / program).write_text("#!/bin/sh\n")
        (home / "bin" / program).chmod(0o755)
    return home


@pytest.mark.parametrize(("version", "major"), [("17.0.15", 17), ("25", 25), ("1.8.0_402", 8), ("21-ea", 21)])
def test_a_jdk_tells_its_major_version(tmp_path: Path, version: str, major: int) -> None:
    home = made_up_jdk(tmp_path / "jdk", version)
    assert jdk_in(home) == Jdk(major, home)


def test_a_runtime_without_compiler_is_no_jdk(tmp_path: Path) -> None:
    assert jdk_in(made_up_jdk(tmp_path / "jre", "21.0.2", "java")) is None


def test_a_folder_that_says_no_version_is_no_jdk(tmp_path: Path) -> None:
    home = made_up_jdk(tmp_path / "jdk", "17.0.1")
    (home / "release").write_text('OS_NAME="Linux"\n')
    assert [jdk_in(home), jdk_in(tmp_path), jdk_in(tmp_path / "missing")] == [None, None, None]


def test_one_jdk_under_two_names_is_one(tmp_path: Path) -> None:
    home = made_up_jdk(tmp_path / "java-17", "17.0.15")
    (tmp_path / "default").symlink_to(home)
    assert jdks_in([tmp_path / "default", home]) == [Jdk(17, home)]


def test_the_one_in_java_home_and_the_usual_ones_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = made_up_jdk(tmp_path / "jvm" / "java-25", "25.0.1")
    named = made_up_jdk(tmp_path / "elsewhere", "17.0.15")
    monkeypatch.setattr(java, "USUAL_FOLDER", tmp_path / "jvm")
    monkeypatch.setenv("JAVA_HOME", str(named))
    assert installed_jdks() == [Jdk(17, named), Jdk(25, usual)]
    monkeypatch.delenv("JAVA_HOME")
    assert installed_jdks() == [Jdk(25, usual)]


@pytest.mark.parametrize(
    ("majors", "expected"),
    [
        ([11], {}),
        ([17], {"opensearch-2.19": 17, "elasticsearch-8.19": 17}),
        (
            [11, 17, 21, 25],
            {"opensearch-2.19": 17, "opensearch-3.8": 21, "elasticsearch-8.19": 17, "elasticsearch-9.2": 21},
        ),
        (
            [21],
            dict.fromkeys(
                ["opensearch-2.19", "opensearch-3.8", "elasticsearch-8.19", "elasticsearch-9.2"], 21
            ),
        ),
    ],
)
def test_each_server_runs_on_the_oldest_jdk_that_suits_it(
    tmp_path: Path, majors: list[int], expected: dict[str, int]
) -> None:
    found = startable(Jdk(major, tmp_path / str(major)) for major in majors)
    assert {name: jdk.major for name, (_, jdk) in found.items()} == expected


def test_a_server_without_its_jdk_says_which_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(java, "USUAL_FOLDER", tmp_path)
    monkeypatch.setenv("JAVA_HOME", str(made_up_jdk(tmp_path / "jdk", "17.0.15")))
    with pytest.raises(ServerFailed, match=r"runs opensearch-3\.8 \(Java 21 or later\)"):
        new_server("opensearch-3.8")
