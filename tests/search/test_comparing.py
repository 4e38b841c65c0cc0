"""A comparison of database and index that breaks off leaves nothing open."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator

import pytest
from flask import Flask

from jobboard.code_search.entries import entries
from jobboard.database import db
from jobboard.search.comparing import compared
from search_index import Unavailable
from tests.code_search.conftest import load_few
from tests.search.conftest import a_company, a_posting


class GoneAway:
    """An index whose engine goes away while its ids are read."""

    def ids_and_versions(self) -> Iterator[tuple[str, int]]:
        yield "1", 1
        raise Unavailable("gone")


def test_an_engine_that_goes_away_leaves_no_cursor_open(app: Flask) -> None:
    company = a_company()
    for _ in range(3):
        a_posting(company)
    db.session.commit()
    with pytest.raises(Unavailable):
        compared(GoneAway())  # type: ignore[arg-type]
    assert _complaints() == []


def test_a_stream_of_codes_that_is_closed_early_leaves_no_cursor_open(app: Flask) -> None:
    load_few()
    found = entries()
    assert next(found)
    found.close()
    assert _complaints() == []


def _complaints() -> list[str]:
    """What whatever is thrown away now complains about."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        gc.collect()
    return [str(each.message) for each in caught]
