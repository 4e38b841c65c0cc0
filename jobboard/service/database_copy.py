"""The database as one file, of one moment, while the board goes on writing; and such a file as a database again."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine

_BUSY_SECONDS = 15.0
# The environment of PostgreSQL's own programs, by the name that a setting has in a database's address.
_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "options": "PGOPTIONS",
    "connect_timeout": "PGCONNECT_TIMEOUT",
    "application_name": "PGAPPNAME",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "sslcrl": "PGSSLCRL",
    "gssencmode": "PGGSSENCMODE",
    "channel_binding": "PGCHANNELBINDING",
    "target_session_attrs": "PGTARGETSESSIONATTRS",
    "passfile": "PGPASSFILE",
    "service": "PGSERVICE",
}


class CopyFailed(RuntimeError):
    """The database could not be copied; the message says why, without passwords."""


def file_name(url: URL) -> str:
    """What the file is called that `dump` writes for a database of this kind."""
    return "board.db" if url.get_backend_name() == "sqlite" else "board.dump"


def dump(url: URL, place: Path) -> None:
    """Write the database at `url` to the file `place`, as it is at one moment. Raises `CopyFailed`."""
    if url.get_backend_name() == "sqlite":
        _dump_sqlite(Path(url.database or ""), place)
    else:
        words = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={place}"]
        _run_postgresql(url, words)


def load(url: URL, place: Path) -> None:
    """Make the empty database at `url` what the file `place` holds, or leave it empty. Raises `CopyFailed`."""
    if url.get_backend_name() == "sqlite":
        _load_sqlite(place, Path(url.database or ""))
    else:
        whole = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
        _run_postgresql(url, ["pg_restore", *whole, f"--dbname={url.database or url.username}", str(place)])


def tables(engine: Engine) -> list[str]:
    """The tables that a database has; none where an SQLite file is not there yet, which is not made by asking."""
    path = engine.url.database
    if engine.dialect.name == "sqlite" and not (path and Path(path).exists()):
        return []
    return inspect(engine).get_table_names()


def _dump_sqlite(path: Path, place: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=_BUSY_SECONDS)) as board,
            closing(sqlite3.connect(place)) as copy,
        ):
            # In one step: a copy made in several begins anew whenever somebody writes, and may never end.
            board.backup(copy, pages=-1)
            # One file, without a log beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
            (found,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as problem:
        raise CopyFailed(f"{path} could not be copied: {problem}") from problem
    if found != "ok":
        raise CopyFailed(f"{path} is damaged: {found}")


def _load_sqlite(place: Path, path: Path) -> None:
    unfinished = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(place, unfinished)
        unfinished.chmod(0o600)
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    except OSError as problem:
        unfinished.unlink(missing_ok=True)
        raise CopyFailed(f"{path} could not be written: {problem.strerror}") from problem


def _run_postgresql(url: URL, words: list[str]) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - a program by name, with words of ours
            words, env={**os.environ, **_environment(url)}, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as problem:
        raise CopyFailed(
            f"the program {words[0]} is missing: install PostgreSQL's client programs of the server's version"
        ) from problem
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it says nothing"]
        raise CopyFailed(f"{words[0]} failed: {said[0]}")


def _environment(url: URL) -> dict[str, str]:
    """How to reach the database, as variables: what stands on a command line, everybody on the machine can read."""
    given = {
        "PGHOST": url.host,
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": str(url.password) if url.password else None,
        "PGDATABASE": url.database,
    }
    for name, value in url.query.items():
        if name not in _VARIABLES:
            raise CopyFailed(f"JOBBOARD_DATABASE_URL says {name}, which pg_dump cannot be told")
        given[_VARIABLES[name]] = value if isinstance(value, str) else ",".join(value)
    return {name: value for name, value in given.items() if value is not None}
