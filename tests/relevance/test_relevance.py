"""The judged searches are answered as well as they were, on the embedded engine and on a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jobboard import clock
from tests.engines import place
from tests.relevance import baseline
from tests.relevance.baseline import losses, recorded
from tests.relevance.board import NOW, judged_board
from tests.relevance.judged import JUDGED, Judged, is_held_out
from tests.relevance.judged.criteria import NEVER, topic
from tests.relevance.measure import Answered, answers, grades_of, ndcg, parted, summary, truths

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.only_engines("embedded", "opensearch")
def test_no_engine_answers_worse_than_recorded(search_engine: str, tmp_path: Path) -> None:
    with place(search_engine, tmp_path / "indexes") as found, judged_board(**found.settings()) as app:
        assert clock.now() == NOW
        answered = answers(app)
    assert losses(answered) == []


def perfect() -> list[Answered]:
    """Every search answered with the ten best postings that there are."""
    found = []
    for judged in JUDGED:
        known = grades_of(judged)
        best = sorted(known, key=known.__getitem__, reverse=True)
        found.append(Answered(judged, tuple(best[:10]), 10))
    return found


def test_ten_best_postings_are_worth_one() -> None:
    assert summary(perfect()).ndcg == pytest.approx(1.0)


def test_a_loss_of_more_than_a_hundredth_is_told_with_its_searches(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(baseline, "FILE", tmp_path / "baseline.json")
    best = perfect()
    baseline.record(best)
    assert losses(best) == []
    seen, held_out = parted(best)
    spoilt = {one.judged.query: Answered(one.judged, (), 0) for one in seen[:10]}
    told = losses([spoilt.get(one.judged.query, one) for one in best])
    assert any("seen: nDCG@10 was 1.0000" in line for line in told)
    assert any("found nothing" in line for line in told)
    assert f"  {seen[0].judged.query!r} lost 1.000" in told
    # What is held out is told as a mean alone.
    spoilt = {one.judged.query: Answered(one.judged, (), 0) for one in held_out[:10]}
    told = losses([spoilt.get(one.judged.query, one) for one in best])
    assert told
    assert all(line.startswith("held_out: ") for line in told)


def test_other_judgments_need_another_measure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(baseline, "FILE", tmp_path / "baseline.json")
    baseline.record(perfect())
    monkeypatch.setattr(baseline, "JUDGED", (*JUDGED, Judged("one more", topic("pain"))))
    assert "--move" in losses(perfect())[0]


@pytest.mark.parametrize(
    ("grades", "possible", "value"),
    [
        ([3, 0, 0], [3, 0, 0, 0], 1.0),
        ([0, 3], [3, 0], 0.6309),  # 1 / log2(3)
        ([1, 3], [3, 1], 0.7098),  # (1 + 7/1.585) / (7 + 1/1.585)
        ([0, 0], [2, 0], 0.0),
        ([], [1], 0.0),
        ([2] * 10, [2] * 40, 1.0),
        ([0] * 10 + [3], [3], 0.0),
    ],
)
def test_gain_is_discounted_by_rank(grades: list[int], possible: list[int], value: float) -> None:
    assert ndcg(grades, possible) == pytest.approx(value, abs=1e-4)


def test_every_search_is_asked_once_and_has_something_good() -> None:
    assert len({one.query.casefold() for one in JUDGED}) == len(JUDGED) >= 100
    for one in JUDGED:
        assert max(grades_of(one).values()) >= 2, one.query


def test_a_third_is_held_out() -> None:
    held_out = [one.query for one in JUDGED if is_held_out(one.query)]
    assert 0.28 <= len(held_out) / len(JUDGED) <= 0.39
    assert not {*held_out} & {*recorded()["ndcg"]}


def test_no_search_takes_everything() -> None:
    # Where half of the corpus were the best answer, order would not matter.
    for one in JUDGED:
        assert [*grades_of(one).values()].count(3) < 500, one.query
    assert Judged("nothing", NEVER).grade(truths()[1]) == 0
