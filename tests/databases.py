"""The kinds of database that a board stands on in tests, each giving out databases at the newest migration."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import psycopg
from flask_migrate import upgrade
from sqlalchemy import Connection, Engine, event, make_url
from sqlalchemy.pool import Pool

from jobboard import create_app
from jobboard.database import db
from jobboard.settings import default_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.servers.postgresql import NamedServer

KINDS = ("sqlite", "postgresql")


class Databases(Protocol):
    """Gives out databases of one kind, by their URLs. `folder` is the data folder of the board that gets one."""

    kind: str

    def empty(self, folder: Path) -> str:
        """A database without tables."""

    def migrated(self, folder: Path) -> str:
        """A database at the newest migration, without rows."""

    def copy(self, url: str, folder: Path) -> str:
        """Another database with what the one at `url` holds; nobody may be connected to that."""

    def put_back(self, url: str, kept: str) -> None:
        """Make the database at `url` what the one at `kept` is."""

    def drop(self, url: str) -> None:
        """Delete a database."""


class SQLiteDatabases:
    """Files called board.db in the data folder."""

    kind = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._template = self.empty(folder)
        migrate(folder, self._template)

    def empty(self, folder: Path) -> str:
        folder.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{folder / 'board.db'}"

    def migrated(self, folder: Path) -> str:
        return self.copy(self._template, folder)

    def copy(self, url: str, folder: Path) -> str:
        made = self.empty(folder)
        self.put_back(made, url)
        return made

    def put_back(self, url: str, kept: str) -> None:
        source, target = _file(kept), _file(url)
        if source.with_name("board.db-wal").exists():
            with closing(sqlite3.connect(source)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.drop(url)
        shutil.copy(source, target)

    def drop(self, url: str) -> None:
        for file in _file(url).parent.glob("board.db*"):
            file.unlink()


class PostgreSQLDatabases:
    """Databases of one server, each made as a copy of another."""

    kind = "postgresql"

    def __init__(self, server: NamedServer, folder: Path) -> None:
        self._server = server
        self._template = server.create()
        migrate(folder, server.url_of(self._template))

    def empty(self, folder: Path) -> str:
        return self._server.url_of(self._server.create())

    def migrated(self, folder: Path) -> str:
        return self._server.url_of(self._server.create(template=self._template))

    def copy(self, url: str, folder: Path) -> str:
        return self._server.url_of(self._server.create(template=_name(url)))

    def put_back(self, url: str, kept: str) -> None:
        self.drop(url)
        self._server.create(_name(url), template=_name(kept))

    def drop(self, url: str) -> None:
        self._server.drop(_name(url))


@contextmanager
def engines_put_away() -> Iterator[None]:
    """Close what the engines that connect within the block keep open, whoever made them.

    A connection that was out when its pool was put away goes back to no pool that is ever closed, so every
    connection is looked at.
    """
    used: set[Engine] = set()
    opened: list[psycopg.Connection] = []

    def remember(connection: Connection) -> None:
        used.add(connection.engine)

    def remember_opened(connection: object, _record: object) -> None:
        if isinstance(connection, psycopg.Connection):
            opened.append(connection)

    event.listen(Engine, "engine_connect", remember)
    event.listen(Pool, "connect", remember_opened)
    try:
        yield
    finally:
        event.remove(Engine, "engine_connect", remember)
        event.remove(Pool, "connect", remember_opened)
        for engine in used:
            engine.dispose()
        for connection in opened:
            connection.close()


def migrate(folder: Path, url: str) -> None:
    """Take the database at `url` to the newest migration and leave it without a connection."""
    app = create_app(default_settings(folder, secret_key="x" * 40, database_url=url))
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()


def _file(url: str) -> Path:
    return Path(make_url(url).database or "")


def _name(url: str) -> str:
    return make_url(url).database or ""
