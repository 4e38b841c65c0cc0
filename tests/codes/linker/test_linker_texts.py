"""The linker against its labelled texts."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.linker import (
    FOURTH_TEXTS,
    PRECISION_GOAL,
    RECALL_GOAL,
    SECOND_TEXTS,
    TEXTS,
    THIRD_TEXTS,
    figures,
    labelled_texts,
    score,
)


@pytest.mark.parametrize(
    "path",
    [TEXTS, SECOND_TEXTS, THIRD_TEXTS, FOURTH_TEXTS],
    ids=["first set", "second set", "third set", "fourth set"],
)
def test_precision_and_recall_reach_their_goals(path):
    result = score(labelled_texts(path))
    assert result.precision >= PRECISION_GOAL
    assert result.recall >= RECALL_GOAL


def _all_texts():
    return [
        text for path in (TEXTS, SECOND_TEXTS, THIRD_TEXTS, FOURTH_TEXTS) for text in labelled_texts(path)
    ]


def test_the_texts_cover_every_system_and_a_third_of_them_are_pure_traps():
    texts = _all_texts()
    systems = Counter(expected.split()[0] for text in texts for expected in text.expect)
    assert set(systems) == {"cpt", "icd10cm", "icd10pcs", "hcpcs", "msdrg", "hcc", "modifier"}
    assert min(systems.values()) >= 20
    assert sum(not text.expect for text in texts) >= len(texts) / 3


def test_no_text_is_labelled_twice():
    texts = [text.text for text in _all_texts()]
    assert len(texts) == len(set(texts))


def test_the_benchmark_prints_each_figure_with_its_goal():
    rows = list(figures())
    assert {row["figure"] for row in rows} >= {"linker_precision", "linker_recall"}
    assert all(set(row) == {"figure", "value", "unit", "goal", "met"} for row in rows)
