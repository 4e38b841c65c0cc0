"""A board with the demo in it: loaded once, copied for each test."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jobboard import create_app
from jobboard.database import db
from jobboard.demo.loading import load
from jobboard.settings import default_settings
from tests.databases import engines_put_away

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.databases import Databases


@dataclass
class DemoBoard:
    """A data folder with the documents of the demo, and the database that belongs to it."""

    folder: Path
    url: str


@pytest.fixture(scope="session")
def demo_board(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> DemoBoard:
    """A board that holds the demo."""
    folder = tmp_path_factory.mktemp("demo")
    url = databases.migrated(folder)
    with create_app(default_settings(folder, secret_key="x" * 40, database_url=url)).app_context():
        load()
        db.session.remove()
        db.engine.dispose()
    return DemoBoard(folder, url)


@pytest.fixture
def data_dir(tmp_path: Path, demo_board: DemoBoard) -> Path:
    """The demo's folder instead of an empty one."""
    return shutil.copytree(demo_board.folder, tmp_path / "instance")


@pytest.fixture
def database_url(data_dir: Path, demo_board: DemoBoard, databases: Databases) -> Iterator[str]:
    """A copy of the demo's database instead of an empty one."""
    url = databases.copy(demo_board.url, data_dir)
    with engines_put_away():
        yield url
    databases.drop(url)
