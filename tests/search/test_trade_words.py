"""Words that say what every opening is demand nothing beside others, and everything alone."""

from __future__ import annotations

import pytest

from jobboard.search.trade_words import trade_ways
from jobboard.vocabulary import shipped

WORDS = shipped()
CASES = [
    ("coder", []),
    ("medical coding jobs", []),
    ("coder tampa", ["coder"]),
    ("medical coder tampa", ["medic coder"]),
    ("remote medical coding jobs", ["medic code", "job"]),
    ("cardiology coding specialist", ["code specialist"]),
    ("profee coder", ["coder"]),
    ("coder OR auditor", []),
    ("cardiology -coder", []),
    ("certified coder", ["coder"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_the_trade_is_wished_for_beside_other_words(text: str, expected: list[str]) -> None:
    assert [" ".join(run) for run in trade_ways(text, WORDS)] == expected
