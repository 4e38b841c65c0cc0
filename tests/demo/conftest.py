"""A board with the demo in it: loaded once, copied for each test."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from jobboard import create_app
from jobboard.database import db
from jobboard.demo.loading import load
from jobboard.settings import default_settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory, migrated_database: Path) -> Path:
    """A data folder whose database and documents hold the demo."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copy(migrated_database, folder / "board.db")
    with create_app(default_settings(folder, secret_key="x" * 40)).app_context():
        load()
        db.session.remove()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    return folder


@pytest.fixture
def data_dir(tmp_path: Path, demo_folder: Path) -> Path:
    """The demo's folder instead of an empty one."""
    return shutil.copytree(demo_folder, tmp_path / "instance")
