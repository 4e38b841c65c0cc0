"""200 damaged excerpts for each reader of official files; `make fuzz` takes 10,000."""

from __future__ import annotations

import pytest

from tests.fuzz.readers import TARGETS, outcome, run


@pytest.mark.parametrize("name", TARGETS)
def test_a_damaged_file_is_read_or_refused_in_words(name: str) -> None:
    assert outcome(TARGETS[name], TARGETS[name].excerpt)[0] == "read"
    _, faults, _ = run(name, TARGETS[name].excerpt, 200, seed=1)
    assert faults == []
