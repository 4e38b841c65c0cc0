"""The board under test and the cast that uses it: everything real, in a folder of its own for each test."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jobboard import clock, create_app
from jobboard.accounts import sessions
from jobboard.accounts.models import Person
from jobboard.database import db
from jobboard.settings import default_settings
from tests.databases import KINDS, Databases, PostgreSQLDatabases, SQLiteDatabases, engines_put_away
from tests.page_check import CheckedClient
from tests.servers import postgresql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

    from jobboard.settings import Settings
    from tests.servers.postgresql import NamedServer

pytest_plugins = ["tests.scheduling", "tests.servers.search_plugin"]

SHARED = Path(__file__).resolve().parents[2] / "shared"
PASSWORD = "granite-otter-violin-42"
_READERS = {"words of codes", "keeping"}


@dataclass
class Player:
    """A member of the cast in front of a browser. `person_id` is None for the visitor."""

    name: str
    client: CheckedClient
    person_id: int | None = None

    @property
    def email(self) -> str:
        return f"{self.name.lower()}@example.org"

    @property
    def person(self) -> Person:
        found = db.session.get(Person, self.person_id)
        assert found is not None
        return found

    def get(self, path: str, **options: object):
        return self.client.get(path, **options)

    def post(self, path: str, data: dict | None = None, **options: object):
        return self.client.post_form(path, data or {}, **options)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=[*KINDS, "both"], default="both", help="The database that boards stand on."
    )


def pytest_report_header() -> list[str]:
    return [f"database: SQLite {sqlite3.sqlite_version}", *postgresql.report()]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test with a board runs on each kind of database, unless it says `only_on` one."""
    if "databases" in metafunc.fixturenames:
        only = metafunc.definition.get_closest_marker("only_on")
        metafunc.parametrize("databases", only.args if only else KINDS, indirect=True, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = config.getoption("--database")
    if wanted != "both":
        others = [
            item
            for item in items
            if getattr(item, "callspec", None) and item.callspec.params.get("databases", wanted) != wanted
        ]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in set(others)]


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[NamedServer]:
    with postgresql.server() as server:
        yield server


@pytest.fixture(scope="session")
def databases_of(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Databases]:
    """What gives out databases of a kind, the same at every call."""

    @cache
    def of(kind: str) -> Databases:
        folder = tmp_path_factory.mktemp(kind)
        if kind == "postgresql":
            return PostgreSQLDatabases(request.getfixturevalue("postgresql_server"), folder)
        return SQLiteDatabases(folder)

    return of


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest, databases_of: Callable[[str], Databases]) -> Databases:
    """Gives out databases of one kind; a test that uses it runs once for each kind."""
    return databases_of(request.param)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "instance"
    folder.mkdir()
    return folder


@pytest.fixture
def database_url(data_dir: Path, databases: Databases) -> Iterator[str]:
    """A database of this test's own at the newest migration."""
    url = databases.migrated(data_dir)
    with engines_put_away():
        yield url
        # What reads beside the requests would be cut off in the middle, and leave its cursor open.
        for thread in threading.enumerate():
            if thread is not threading.current_thread() and thread.daemon and thread.name in _READERS:
                thread.join(60)
    databases.drop(url)


@pytest.fixture
def board_settings(data_dir: Path, database_url: str) -> Callable[..., Settings]:
    """Makes settings of a board in `data_dir` on this test's database; the values given replace or add."""

    def with_values(**values: object) -> Settings:
        given = {"secret_key": "a-key-for-tests-0123456789-abcdefgh", "database_url": database_url}
        return default_settings(data_dir, **{**given, **values})

    return with_values


@pytest.fixture
def app(board_settings: Callable[..., Settings]) -> Iterator[Flask]:
    """The whole board on its own database; limits are off but for the tests of limits."""
    board = create_app(board_settings(rate_limits=False, base_url="http://localhost"))
    board.testing = True
    with board.app_context():
        yield board
        db.session.remove()
        db.engine.dispose()


def make_person(name: str, **facts: object) -> Person:
    """Store a confirmed person of that name."""
    email = f"{name.lower()}@example.org"
    given = {
        "email": email,
        "email_key": email,
        "name": name,
        "password_hash": "!",
        "confirmed_at": clock.now(),
    }
    person = Person(**{**given, **facts})
    db.session.add(person)
    db.session.commit()
    return person


def browser(app: Flask) -> CheckedClient:
    app.test_client_class = CheckedClient
    return app.test_client()


def signed_in(app: Flask, name: str, **facts: object) -> Player:
    """A new confirmed person of that name, signed in through a session row as sign-in makes it."""
    person = make_person(name, **facts)
    client = browser(app)
    identity = sessions.begin(person, "127.0.0.1", "test")
    db.session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = identity.get_id()
        cookie["_fresh"] = True
    db.session.remove()
    return Player(name, client, person.id)


@pytest.fixture
def visitor(app: Flask) -> Player:
    return Player("Visitor", browser(app))


@pytest.fixture
def ana(app: Flask) -> Player:
    """A candidate."""
    return signed_in(app, "Ana")


@pytest.fixture
def ben(app: Flask) -> Player:
    """Another candidate."""
    return signed_in(app, "Ben")


@pytest.fixture
def eve(app: Flask) -> Player:
    """The owner of an employer (of `mercy`, once that fixture is asked for)."""
    return signed_in(app, "Eve")


@pytest.fixture
def max_(app: Flask) -> Player:
    """Eve's colleague."""
    return signed_in(app, "Max")


@pytest.fixture
def olga(app: Flask) -> Player:
    """The owner of another employer."""
    return signed_in(app, "Olga")


@pytest.fixture
def mo(app: Flask) -> Player:
    """A moderator."""
    return signed_in(app, "Mo", is_moderator=True)
