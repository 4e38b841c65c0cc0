"""The search servers are what they say they are, can be hurt and come back, and end with the tests."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import urllib3

from tests.servers.editions import EDITIONS
from tests.servers.probe import Address, ask, get
from tests.servers.processes import is_taken
from tests.servers.search import (
    GIVEN,
    SearchServer,
    ServerFailed,
    given_servers,
    new_server,
    running,
    session,
    startable,
)
from tests.serving import eventually

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
FAMILIES = sorted({edition.family for edition in EDITIONS.values()})


@pytest.fixture(params=FAMILIES)
def own_server(request: pytest.FixtureRequest) -> SearchServer:
    """A server of each family that tests may hurt."""
    if session.given():
        pytest.skip(f"the servers named in {GIVEN} are not ours to hurt")
    name = next((name for name in startable() if EDITIONS[name].family == request.param), None)
    assert name, f"no JDK of this machine runs a server of {request.param}"
    return running(name)


@pytest.fixture
def index(own_server: SearchServer) -> Iterator[str]:
    """The address of an index of one test's own."""
    url = f"{own_server.url}/hurt-{own_server.family}"
    yield url
    urllib3.request("DELETE", url)


def store(index: str, number: int) -> int:
    """Write a document; the status of the answer."""
    body = json.dumps({"number": number}).encode()
    headers = {"Content-Type": "application/json"}
    return urllib3.request("PUT", f"{index}/_doc/{number}", body=body, headers=headers, retries=False).status


def test_each_server_answers_with_its_family_and_version(
    search_server_name: str, search_servers: Callable[[str], SearchServer]
) -> None:
    server = search_servers(search_server_name)
    answer = ask(Address(server.url, server.credentials))
    assert (answer.name, answer.family, answer.version) == (server.name, server.family, server.version)
    assert running(search_server_name) is server


def test_a_killed_server_keeps_its_data_and_its_address(own_server: SearchServer, index: str) -> None:
    assert store(index, 1) == 201
    own_server.kill()
    with pytest.raises(OSError, match="does not answer"):
        ask(Address(own_server.url))
    own_server.start()
    assert urllib3.request("GET", f"{index}/_doc/1").json()["_source"] == {"number": 1}


def test_a_stopped_server_is_away_and_comes_back(own_server: SearchServer, index: str) -> None:
    assert store(index, 1) == 201
    own_server.stop()
    with pytest.raises(OSError, match="does not answer"):
        ask(Address(own_server.url))
    own_server.start()
    assert urllib3.request("GET", f"{index}/_doc/1").status == 200


def test_a_paused_server_takes_connections_and_says_nothing(own_server: SearchServer) -> None:
    own_server.pause()
    try:
        with pytest.raises(OSError, match="timed out"):
            get(Address(own_server.url), "/_cluster/health", timeout=1)
    finally:
        own_server.resume()
    assert get(Address(own_server.url), "/_cluster/health", timeout=30).status == 200


def test_a_failed_start_shows_what_the_server_said(own_server: SearchServer) -> None:
    broken = new_server(own_server.name)
    assert broken.process is not None
    try:
        (settings,) = broken.process.folder.glob(f"*/config/{own_server.family}.yml")
        with settings.open("a") as file:
            file.write("no.such.setting: 1\n")
        with pytest.raises(ServerFailed, match=r"(?s)ended while starting; it said.*no\.such\.setting"):
            broken.start()
    finally:
        broken.remove()
    assert not broken.process.folder.exists()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_servers_end_with_the_program_that_started_them(own_server: SearchServer, number: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.servers", own_server.name], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        name, url = parent.stdout.readline().split()
        assert name == own_server.name
        cluster = ask(Address(url)).cluster
        assert "Ctrl-C" in parent.stdout.readline()
        parent.send_signal(number)
    assert cluster != ask(Address(own_server.url)).cluster
    eventually(lambda: not is_taken(int(url.rpartition(":")[2])), "the end of the server")
    eventually(lambda: not processes_that_name(cluster), "the end of its processes")


def processes_that_name(word: str) -> list[str]:
    """The command lines of this machine's processes that have the word in them."""
    lines = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    return [line for line in lines.splitlines() if word in line]


def test_a_given_server_is_named_by_its_answer_and_not_ours_to_end(
    own_server: SearchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(GIVEN, f" {own_server.url}/ ,")
    (given,) = given_servers().values()
    assert (given.name, given.version, given.url) == (own_server.name, own_server.version, own_server.url)
    with pytest.raises(RuntimeError, match=f"named in {GIVEN}"):
        given.kill()
    given.remove()
    assert ask(Address(given.url)).name == own_server.name
    monkeypatch.setenv(GIVEN, f"{own_server.url},{own_server.url}")
    with pytest.raises(ValueError, match=f"two servers that are {own_server.name}"):
        given_servers()
