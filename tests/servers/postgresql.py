"""A PostgreSQL for the tests: a server of their own that ends with them, or the one that the environment names."""

from __future__ import annotations

import ctypes
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql
from sqlalchemy import make_url

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMED = "JOBBOARD_TEST_DATABASE_URL"
_OWNER = "board"
_START_SECONDS = 30.0
_FOLDERS = "jobboard-tests-postgresql"
_PLACES = (Path("/dev/shm"), Path("/tmp"))
_ROOM_BYTES = 2 * 1024**3
# Nothing has to outlive the session, and every test has connections of its own.
_SWITCHES = (
    "listen_addresses=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=1GB",
    "max_connections=300",
    "autovacuum=off",
)
_PR_SET_PDEATHSIG = 1


class ServerMissing(AssertionError):
    """There is no PostgreSQL to start; the message says what to install."""


@cache
def binaries() -> Path:
    """The folder with the newest `initdb` and `postgres`; raises `ServerMissing`."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    found.sort(key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0))
    on_path = shutil.which("postgres")
    for folder in (*reversed(found), *([Path(on_path).resolve().parent] if on_path else [])):
        if (folder / "initdb").exists():
            return folder
    raise ServerMissing(f"PostgreSQL is missing: apt-get install postgresql, or name a server in {NAMED}")


def report() -> list[str]:
    """Which PostgreSQL the tests ask, for the head of the report."""
    named = os.environ.get(NAMED)
    try:
        if named:
            with NamedServer(named).admin() as connection:
                said = connection.execute("SHOW server_version").fetchone()
            return [f"database: PostgreSQL {said[0] if said else '?'} (the server in {NAMED})"]
        version = subprocess.run(
            [binaries() / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
        return [f"database: {version.strip()} (started where a test asks for it)"]
    except (ServerMissing, psycopg.OperationalError) as problem:
        return [f"database: no PostgreSQL: {problem}"]


class NamedServer:
    """A server at a URL whose user may make databases; what was made is dropped at the end."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql")
        self._numbers = count(1)
        self._made: set[str] = set()

    def admin(self) -> psycopg.Connection:
        """A new connection to the server's own database, each statement for itself."""
        return psycopg.connect(
            self._url.set(database=self._url.database or "postgres").render_as_string(hide_password=False),
            autocommit=True,
        )

    def url_of(self, database: str) -> str:
        """The address of one of its databases, as the board takes it."""
        address = self._url.set(drivername="postgresql+psycopg", database=database)
        return address.render_as_string(hide_password=False)

    def create(self, name: str = "", template: str = "") -> str:
        """Make a database, as a copy of `template` where one is named, and return its name.

        One without a template sorts text as English readers do, so that no test passes by the luck of a locale.
        """
        name = name or f"jobboard_tests_{os.getpid()}_{next(self._numbers)}"
        with self.admin() as connection:
            made = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
            if template:
                made += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
                if connection.info.server_version >= 150000:
                    # Quicker than the default for a small database.
                    made += sql.SQL(" STRATEGY file_copy")
            elif connection.info.server_version >= 150000:
                made += sql.SQL(" TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'")
            connection.execute(made)
        self._made.add(name)
        return name

    def drop(self, name: str) -> None:
        """Delete a database, whoever is connected to it."""
        with self.admin() as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )
        self._made.discard(name)

    def stop(self) -> None:
        """Leave the server as it was found."""
        for name in sorted(self._made):
            self.drop(name)


class OwnServer(NamedServer):
    """A server in a folder of its own, reached through a socket there; it ends when this process ends."""

    def __init__(self) -> None:
        _clear_away()
        self._folder = Path(tempfile.mkdtemp(prefix=f"{_FOLDERS}-{os.getpid()}-", dir=_place()))
        self._process: subprocess.Popen[bytes] | None = None
        super().__init__(f"postgresql://{_OWNER}@/postgres?host={self._folder}")
        self._as: dict[str, object] = {}
        if os.geteuid() == 0:
            user = _servant()
            self._as = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
            os.chown(self._folder, user.pw_uid, user.pw_gid)
        self._run(
            "initdb", "-D", "data", "-U", _OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"
        )
        self.start()

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [binaries() / program, *words], cwd=self._folder, capture_output=True, text=True, **self._as
        )  # type: ignore[call-overload]
        assert done.returncode == 0, f"{program}: {done.stderr}"

    def start(self) -> None:
        """Start it; returns when it answers."""
        switches = [word for switch in _SWITCHES for word in ("-c", switch)]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [binaries() / "postgres", "-D", "data", "-k", self._folder, *switches],
                cwd=self._folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_end_with_parent,
                **self._as,
            )  # type: ignore[call-overload]
        end = time.monotonic() + _START_SECONDS
        while True:
            try:
                self.admin().close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > end or self._process.poll() is not None:
                    raise AssertionError((self._folder / "log").read_text()) from None
                time.sleep(0.05)

    def halt(self) -> None:
        """Stop it as a restart does: whoever is connected is cut off."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(timeout=_START_SECONDS)
            self._process = None

    def stop(self) -> None:
        """Stop it for good and delete its folder."""
        self.halt()
        shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def server() -> Iterator[NamedServer]:
    """The server that the environment names, or one of our own."""
    named = os.environ.get(NAMED)
    found = NamedServer(named) if named else OwnServer()
    try:
        yield found
    finally:
        found.stop()


@contextmanager
def own_server() -> Iterator[OwnServer]:
    """A server that a test may stop and start."""
    found = OwnServer()
    try:
        yield found
    finally:
        found.stop()


def _servant() -> pwd.struct_passwd:
    """Whom the server runs as when we are root, which it refuses."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise ServerMissing("PostgreSQL refuses to run as root, and there is no user postgres or nobody")


def _end_with_parent() -> None:
    """Have the kernel stop this process when the one that started it dies, however it dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)


def _place() -> Path:
    """Memory where there is enough of it: a copied database is hundreds of small files."""
    memory, disk = _PLACES
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM_BYTES
    return memory if roomy else disk


def _clear_away() -> None:
    """Delete the folders of sessions that were killed."""
    for folder in (found for place in _PLACES for found in place.glob(f"{_FOLDERS}-*")):
        number = folder.name.removeprefix(f"{_FOLDERS}-").partition("-")[0]
        if number.isdigit() and not Path(f"/proc/{number}").exists() and Path("/proc").exists():
            shutil.rmtree(folder, ignore_errors=True)
