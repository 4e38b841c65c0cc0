"""On every engine relevance halves with age, however long ago the index was built."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from search_index import Document, Engine, Integer, Query, Schema, Text

DAY = 86_400
BUILT = 1_790_000_000
SCHEMA = Schema("aging", (Text("title"), Integer("posted")), posted="posted", half_life_days=10)


@pytest.mark.parametrize("days_after", [0, 5, 19, 20, 21, 45, 100, 365])
def test_scores_halve_exactly_over_five_half_lives(
    engine_with_clock: Callable[[Callable[[], float]], Engine], days_after: int
) -> None:
    now = BUILT
    engine = engine_with_clock(lambda: now)
    with engine.open(SCHEMA, write=True) as index:
        index.swap(index.begin_rebuild())
        now = BUILT + days_after * DAY
        ages = [0, 1, 10, 25, 40, 48, 200]
        index.write([Document(str(age), 1, {"title": "coder", "posted": now - age * DAY}) for age in ages])
        index.write([Document("999", 1, {"title": "coder"})])
        index.commit()
        plain = index.search(Query("coder", decay=False))
        page = index.search(Query("coder"))
    scores = dict(zip(page.ids, page.scores, strict=True))
    assert len(set(plain.scores)) == 1
    for age in ages[:-1]:
        assert scores[str(age)] == pytest.approx(plain.scores[0] * 0.5 ** (age / 10), rel=1e-4)
    assert page.ids == ("0", "1", "10", "25", "40", "48", "200", "999")
    assert 0 < scores["200"] == scores["999"] < plain.scores[0] / 29
