"""The board under test and the cast that uses it: everything real, in a folder of its own for each test."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask_migrate import upgrade

from jobboard import clock, create_app
from jobboard.accounts import sessions
from jobboard.accounts.models import Person
from jobboard.database import db
from jobboard.settings import default_settings
from tests.page_check import CheckedClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

pytest_plugins = ["tests.servers.search_plugin"]

SHARED = Path(__file__).resolve().parents[2] / "shared"
PASSWORD = "granite-otter-violin-42"


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


@pytest.fixture(scope="session")
def migrated_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file at the newest migration, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("migrated")
    app = create_app(default_settings(folder, secret_key="x" * 40))
    with app.app_context():
        upgrade()
        db.session.remove()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    return folder / "board.db"


@pytest.fixture
def data_dir(tmp_path: Path, migrated_database: Path) -> Path:
    folder = tmp_path / "instance"
    folder.mkdir()
    shutil.copy(migrated_database, folder / "board.db")
    return folder


@pytest.fixture
def app(data_dir: Path) -> Iterator[Flask]:
    """The whole board on its own database; limits are off but for the tests of limits."""
    board = create_app(
        default_settings(
            data_dir,
            secret_key="a-key-for-tests-0123456789-abcdefgh",
            rate_limits=False,
            base_url="http://localhost",
        )
    )
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
