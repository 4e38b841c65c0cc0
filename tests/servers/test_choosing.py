"""Which servers a test run uses is said in words of the command line and the environment; wrong ones are named."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers.probe import Address
from tests.servers.search import GIVEN
from tests.servers.search_plugin import EMBEDDED, chosen_engines

ROOT = Path(__file__).resolve().parents[2]


def collect(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Collect the tests of this folder's smallest file in a test run of its own."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "tests/servers/test_maven.py", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_engines_of_this_run_are_among_those_there_are(pytestconfig: pytest.Config) -> None:
    assert set(chosen_engines(pytestconfig)) <= {EMBEDDED, *os.environ.get(GIVEN, "").split(",")} or not (
        os.environ.get(GIVEN)
    )


def test_an_engine_that_is_not_there_is_named() -> None:
    said = collect("--engines", f"{EMBEDDED},sphinx")
    assert said.returncode == pytest.ExitCode.USAGE_ERROR
    assert "--engines: sphinx cannot be used here; there are embedded" in said.stderr


def test_a_given_server_that_is_away_is_named() -> None:
    said = collect(**{GIVEN: "http://127.0.0.1:9"})
    assert said.returncode == pytest.ExitCode.USAGE_ERROR
    assert f"{GIVEN}: http://127.0.0.1:9 does not answer" in said.stderr


def test_the_header_says_which_servers_are_used() -> None:
    assert "\nsearch servers: " in collect().stdout


@pytest.mark.parametrize("text", ["localhost:9200", "ftp://localhost", "http://", "what?"])
def test_an_address_that_is_none_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="is not the address of a search server"):
        Address.read(text)


def test_an_address_may_carry_a_user() -> None:
    assert Address.read(" https://ana:pass@search.example.org:9200/ ") == Address(
        "https://search.example.org:9200", ("ana", "pass")
    )
