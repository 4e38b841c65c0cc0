from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from jobboard import create_app
from jobboard.accounts import actions, passwords
from jobboard.accounts.models import Person
from jobboard.database import db
from jobboard.mail.models import Letter
from jobboard.settings import Settings
from tests.conftest import PASSWORD

if TYPE_CHECKING:
    from flask import Flask

FindLetters = Callable[[str], list[Letter]]


def letters_of(kind: str) -> list[Letter]:
    """The letters of a kind as they stand in the database, the oldest first."""
    db.session.rollback()
    return list(db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def link_in(letter: Letter) -> str:
    """The first address of the board in a letter, as a path."""
    found = re.search(r"http://localhost(/\S+)", letter.text)
    assert found, letter.text
    return found[1]


@pytest.fixture
def nia(app: Flask) -> Person:
    """A confirmed person with a password, in no browser yet."""
    person = actions.add("Nia@example.org", "Nia", passwords.hash_of(PASSWORD))
    db.session.commit()
    return person


class CountingHasher(PasswordHasher):
    """The real hasher, with a count of how often it worked."""

    work = 0

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        self.work += 1
        return super().hash(password, salt=salt)

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:
        self.work += 1
        return super().verify(hash, password)


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> CountingHasher:
    """The hasher of the board, counting its work."""
    counting = CountingHasher(time_cost=2, memory_cost=19_456, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", counting)
    return counting


@pytest.fixture
def limited_app(board_settings: Callable[..., Settings]) -> Iterator[Flask]:
    """The board with its limits on."""
    board = create_app(board_settings(base_url="http://localhost"))
    board.testing = True
    with board.app_context():
        yield board
        db.session.remove()
        db.engine.dispose()
