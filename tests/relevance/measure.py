"""How well the board answers the judged searches: normalised discounted cumulative gain, and searches that fail."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, cached_property
from statistics import fmean
from typing import TYPE_CHECKING

from werkzeug.datastructures import MultiDict

from jobboard.search.finder import find
from jobboard.search.request import read_search
from jobboard.vocabulary import vocabularies
from tests.relevance.judged import JUDGED, Judged, is_held_out
from tests.relevance.writing import postings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flask import Flask

    from tests.relevance.truth import Truth

DEPTH = 10


@dataclass(frozen=True)
class Answered:
    """A judged search and what came of it: the ids of the first results, and how many there are in all."""

    judged: Judged
    ids: tuple[int, ...]
    total: int

    @property
    def grades(self) -> list[int]:
        """Of the first results, in their order."""
        known = grades_of(self.judged)
        return [known[one] for one in self.ids]

    @cached_property
    def ndcg(self) -> float:
        """0 to 1; see `ndcg`."""
        return ndcg(self.grades, grades_of(self.judged).values())


@dataclass(frozen=True)
class Summary:
    """Means over some searches: nDCG at 10, and the share that found nothing."""

    searches: int
    ndcg: float
    without_result: float


@cache
def truths() -> dict[int, Truth]:
    """The facts of every posting by its id."""
    return {written.truth.number: written.truth for written in postings()}


@cache
def grades_of(judged: Judged) -> dict[int, int]:
    """What every posting is worth for a search, by id."""
    return {number: judged.grade(truth) for number, truth in truths().items()}


def answer(judged: Judged) -> Answered:
    """Ask the running board as its results page does."""
    request, _ = read_search(MultiDict({"q": judged.query, "size": str(DEPTH)}), vocabularies())
    results = find(request, vocabularies())
    return Answered(judged, tuple(found.row.id for found in results.found), results.total)


def answers(app: Flask) -> list[Answered]:
    """Every judged search, asked of `app`."""
    with app.test_request_context("/jobs"):
        return [answer(one) for one in JUDGED]


def summary(answered: Iterable[Answered]) -> Summary:
    """The means of what was answered, of which there is at least one."""
    of = list(answered)
    return Summary(len(of), fmean(one.ndcg for one in of), fmean(one.total == 0 for one in of))


def parted(answered: Iterable[Answered]) -> tuple[list[Answered], list[Answered]]:
    """Those that may be looked at, and those that are held out."""
    parts: tuple[list[Answered], list[Answered]] = ([], [])
    for one in answered:
        parts[is_held_out(one.judged.query)].append(one)
    return parts


def ndcg(grades: Sequence[int], possible: Iterable[int]) -> float:
    """The discounted cumulative gain of the first ten results over that of the best ten that are `possible`.

    A result of grade g at rank r gains (2**g - 1) / log2(r + 1): Järvelin and Kekäläinen, "Cumulated gain-based
    evaluation of IR techniques" (2002), with the steeper gain of Burges and others, "Learning to rank using gradient
    descent" (2005).
    """
    best = _gain(sorted(possible, reverse=True)[:DEPTH])
    return _gain(grades[:DEPTH]) / best if best else 0.0


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))
