"""A board that serves, and a real browser in front of it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.serving import Board, served_board

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.databases import Databases

CHROMIUM_SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Iterator[Board]:
    """`jobboard serve` with its worker and a mail server, one for all tests of a file."""
    folder = tmp_path_factory.mktemp("served") / "instance"
    with served_board(folder, databases.migrated(folder)) as board:
        yield board


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; its absence fails the test that wants it."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_SWITCHES)
        yield browser
        browser.close()
