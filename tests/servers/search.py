"""Real search servers, started once for all tests of a session and ended with it."""

from __future__ import annotations

import os
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.servers.editions import EDITIONS, Edition
from tests.servers.installation import installed
from tests.servers.java import Jdk, installed_jdks
from tests.servers.probe import Address, ask, is_ready

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tests.servers.processes import ServerProcess

GIVEN = "JOBBOARD_TEST_SEARCH_URLS"
START_SECONDS = 120


class ServerFailed(Exception):
    """A search server did not start; the message ends with the last lines that it said."""


@dataclass
class SearchServer:
    """A search server at `url`; `java` is the major version that runs it.

    Those named in JOBBOARD_TEST_SEARCH_URLS have no `process`: they cannot be stopped, killed or paused.
    `credentials`, `ca` (a PEM file) and `fingerprint` (SHA-256 in hexadecimal) are there where it is protected.
    """

    name: str
    family: str
    version: str
    url: str
    java: int | None = None
    credentials: tuple[str, str] | None = None
    ca: Path | None = None
    fingerprint: str | None = None
    process: ServerProcess | None = None

    def start(self) -> None:
        """Start it again on the same port and data; returns when it answers. Errors: ServerFailed."""
        process = self._own_process()
        process.start()
        end = time.monotonic() + START_SECONDS
        address = Address(self.url, self.credentials, self.ca)
        while not is_ready(address, process.folder.name):
            late = time.monotonic() > end
            if late or not process.is_running():
                happened = (
                    f"did not answer within {START_SECONDS} seconds" if late else "ended while starting"
                )
                said = process.last_lines()
                process.stop()
                raise ServerFailed(f"{self.name} {happened}; it said:\n{said}")
            time.sleep(0.2)

    def stop(self) -> None:
        """End it as a service manager does; its data stays."""
        self._own_process().stop()

    def kill(self) -> None:
        """End it by SIGKILL, as a power cut does; what it had acknowledged stays."""
        self._own_process().kill()

    def pause(self) -> None:
        """Let it hang: connections are accepted by the system, and nothing answers."""
        self._own_process().pause()

    def resume(self) -> None:
        """Let it go on after `pause`."""
        self._own_process().resume()

    def remove(self) -> None:
        """End it and remove its folder; one that is not ours is left alone."""
        if self.process is not None:
            self.process.remove()

    def _own_process(self) -> ServerProcess:
        if self.process is None:
            raise RuntimeError(
                f"{self.name} at {self.url} was named in {GIVEN}: it is not ours to start or end"
            )
        return self.process


def given_servers() -> dict[str, SearchServer]:
    """The servers named in JOBBOARD_TEST_SEARCH_URLS, by the names that they answer with; empty without it.

    Errors: ValueError for what is no address or for two servers of one version; OSError where nobody answers.
    """
    found: dict[str, SearchServer] = {}
    for text in os.environ.get(GIVEN, "").split(","):
        if not text.strip():
            continue
        address = Address.read(text)
        answer = ask(address)
        if answer.name in found:
            raise ValueError(f"{GIVEN} names two servers that are {answer.name}")
        found[answer.name] = SearchServer(
            answer.name, answer.family, answer.version, address.url, credentials=address.credentials
        )
    return found


def startable(jdks: Iterable[Jdk] | None = None) -> dict[str, tuple[Edition, Jdk]]:
    """The servers that this machine's JDKs can run, each with the JDK that it will run on."""
    found = list(installed_jdks() if jdks is None else jdks)
    return {name: (edition, jdk) for name, edition in EDITIONS.items() if (jdk := edition.jdk(found))}


def new_server(name: str) -> SearchServer:
    """A server of that name in a folder of its own, not started. Errors: ServerFailed without a JDK for it."""
    try:
        edition, jdk = startable()[name]
    except KeyError:
        needed = f" (Java {EDITIONS[name].oldest_java} or later)" if name in EDITIONS else ""
        raise ServerFailed(f"no JDK of this machine runs {name}{needed}") from None
    process = installed(edition, jdk)
    url = f"http://127.0.0.1:{process.port}"
    return SearchServer(name, edition.family, edition.version, url, jdk.major, process=process)


class Session:
    """The servers that the tests of one run share."""

    def __init__(self) -> None:
        self._given: dict[str, SearchServer] | None = None
        self._servers: dict[str, SearchServer] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def given(self) -> dict[str, SearchServer]:
        """As `given_servers`, asked once."""
        if self._given is None:
            self._given = given_servers()
        return self._given

    def shared(self, key: str, make: Callable[[], SearchServer]) -> SearchServer:
        """The server kept under `key`, made and started if it is the first time."""
        with self._locks[key]:
            if key not in self._servers:
                server = make()
                try:
                    server.start()
                except BaseException:
                    server.remove()
                    raise
                self._servers[key] = server
            return self._servers[key]

    def end(self) -> None:
        """End and remove every server that was started."""
        servers = list(self._servers.values())
        self._servers.clear()
        with ThreadPoolExecutor(max(len(servers), 1)) as threads:
            list(threads.map(SearchServer.remove, servers))


session = Session()


def available_servers() -> list[str]:
    """The names of the servers that tests can use: those that were given, or those that the JDKs allow.

    Errors: as `given_servers`.
    """
    return list(session.given() or startable())


def running(name: str) -> SearchServer:
    """The server of that name, started at the first call and shared by all tests until the session ends.

    Errors: ServerFailed, CannotFetch.
    """
    given = session.given()
    if not given:
        return session.shared(name, lambda: new_server(name))
    if name not in given:
        raise ServerFailed(f"{name} is not among the servers of {GIVEN}: {', '.join(given)}")
    return given[name]


def start_all(names: Iterable[str]) -> list[SearchServer]:
    """`running` for several names, started side by side; in the order of `names`."""
    wanted = list(names)
    with ThreadPoolExecutor(max(len(wanted), 1)) as threads:
        return list(threads.map(running, wanted))


def stop_all() -> None:
    """End every server that this session started, and remove its folder."""
    session.end()
