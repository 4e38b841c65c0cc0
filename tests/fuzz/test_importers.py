"""200 damaged excerpts for each importer; `make fuzz` takes 10,000."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobboard.codes.importers.registry import IMPORTERS
from tests.fuzz.importer_excerpts import Excerpt, own
from tests.fuzz.importers import by_kind, outcome, run, small_board

OWN = by_kind(own())


def test_every_importer_has_an_excerpt() -> None:
    assert [kind for kind, given in OWN.items() if not given] == []
    assert OWN.keys() == IMPORTERS.keys()


@pytest.mark.parametrize(
    "excerpt", list(own()), ids=lambda excerpt: f"{excerpt.kind}-{next(iter(excerpt.files))}"
)
def test_a_whole_excerpt_is_read_and_fits_the_tables(excerpt: Excerpt, tmp_path: Path) -> None:
    with small_board(tmp_path / "board"):
        assert outcome(excerpt, excerpt.files, tmp_path) == ("read", "")


@pytest.mark.parametrize("kind", IMPORTERS)
def test_a_damaged_file_is_imported_or_refused_in_words(kind: str) -> None:
    told = run(OWN[kind], 200, seed=1)
    assert told.faults == []
    assert told.outcomes.total() == 200
