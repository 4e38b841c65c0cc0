"""Imports through the command line, as people do them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from jobboard.codes.importers import code_lists, hierarchy
from jobboard.codes.records import EditionFile

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask, monkeypatch: pytest.MonkeyPatch, small_edition: EditionFile) -> Run:
    """`jobboard codes import` with these words; the shipped list is cut to three chapters."""
    for place in (code_lists, hierarchy):
        monkeypatch.setattr(place, "read_shipped", lambda: small_edition)
    return lambda *words: app.test_cli_runner().invoke(args=["codes", "import", *map(str, words)])


def counts(result: Result) -> dict[str, Any]:
    """The JSON object on the last line of an import that went well."""
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout.strip().splitlines()[-1])
    assert isinstance(found, dict)
    return found
