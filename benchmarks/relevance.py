"""How well the judged searches are answered, on every family of engines (see docs/relevance.md)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.clusters import newest
from benchmarks.machine import figure
from tests.engines import EMBEDDED, place
from tests.relevance.board import judged_board
from tests.relevance.measure import answers, parted, summary
from tests.servers.search import stop_all


def figures(_size: int) -> Iterator[dict[str, Any]]:
    """A line per search that may be looked at, then the means; of those held out the means alone."""
    try:
        for engine in (EMBEDDED, *newest()):
            yield from of_engine(engine)
    finally:
        stop_all()


def of_engine(engine: str) -> Iterator[dict[str, Any]]:
    """The same on one engine, "embedded" or a server's name."""
    with (
        TemporaryDirectory() as folder,
        place(engine, Path(folder)) as found,
        judged_board(**found.settings()) as app,
    ):
        seen, held_out = parted(answers(app))
    for one in seen:
        yield {
            "figure": "nDCG@10 of a search", "engine": engine, "search": one.judged.query, "value": round(one.ndcg, 3),
            "results": one.total,
        }  # fmt: skip
    for name, part in (("searches seen", seen), ("searches held out", held_out)):
        of = summary(part)
        yield figure(
            f"mean nDCG@10, {name}, {engine}", of.ndcg, "nDCG", "≥ 0.90", of.ndcg >= 0.9, searches=of.searches
        )
        found_nothing = of.without_result
        yield figure(
            f"without a result, {name}, {engine}", found_nothing, "share", "< 0.02", found_nothing < 0.02
        )
