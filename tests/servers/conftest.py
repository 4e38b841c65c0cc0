"""Tests that ask for `search_server_name` run once for each server there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.servers.search import available_servers

if TYPE_CHECKING:
    import pytest


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "search_server_name" in metafunc.fixturenames:
        metafunc.parametrize("search_server_name", available_servers())
