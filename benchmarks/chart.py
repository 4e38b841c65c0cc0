"""`python -m benchmarks.chart LINES.jsonl PICTURE.svg`: draw what the bench printed against the number of postings.

Needs matplotlib (`pip install -e .[charts]`). Of a figure that is in the lines more than once the last is drawn.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

Points = Mapping[int, float]
# What is drawn: the beginning of a figure's name, which of its values, label, colour, and where the numbers stand.
ABOVE, BELOW, LEFT = (0, 7, "center", "bottom"), (0, -7, "center", "top"), (-4, 12, "right", "bottom")
Series = tuple[str, str, str, str, tuple[int, int, str, str]]
MILLISECONDS: tuple[Series, ...] = (
    ("SQLite FTS5", "fts5_ms", "SQLite FTS5, the same question", "#8c564b", LEFT),
    ("page", "page_ms", "page of results over HTTP, median", "#1f4e9c", ABOVE),
    ("page", "raw_ms", "raw: the engine and highlights in process", "#c2571a", BELOW),
)
MICROSECONDS: tuple[Series, ...] = (
    ("indexing from rows", "rows_us", "from database rows", "#1f4e9c", ABOVE),
    ("indexing from rows", "memory_us", "the same texts from memory", "#c2571a", BELOW),
)


def main() -> None:
    """Read the lines and write the picture."""
    lines, picture = Path(sys.argv[1]), Path(sys.argv[2])
    told = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines() if line.strip()]
    # Letters stay letters, and the same lines make the same file.
    matplotlib.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "cost", "font.family": "sans-serif"}
    matplotlib.rcParams |= {"font.size": 10, "axes.spines.top": False, "axes.spines.right": False}
    drawing, (left, right) = pyplot.subplots(1, 2, figsize=(11, 5.2), width_ratios=(3, 2))
    left.set_yscale("log")
    _draw(left, told, MILLISECONDS)
    left.set(title="A search for a broad word", ylabel="milliseconds (logarithmic)")
    _draw(right, told, MICROSECONDS)
    right.set(title="Indexing", ylabel="microseconds a posting", ylim=(0, None))
    drawing.tight_layout()
    drawing.savefig(picture, metadata={"Date": None}, facecolor="white")


def points(told: list[dict[str, Any]], begins: str, key: str) -> Points:
    """The values of `key` by the number of postings, of figures whose name begins so."""
    return {
        one["postings"]: one[key]
        for one in sorted(told, key=lambda one: int(one.get("postings", 0)))
        if one.get("figure", "").startswith(begins) and "postings" in one and key in one
    }


def _draw(axes: Axes, told: list[dict[str, Any]], drawn: tuple[Series, ...]) -> None:
    for begins, key, label, colour, (right, up, across, along) in drawn:
        found = points(told, begins, key)
        axes.plot(list(found), list(found.values()), marker="o", color=colour, label=label)
        for postings, value in found.items():
            axes.annotate(
                f"{value:,.1f}" if value < 10 else f"{value:,.0f}", (postings, value), (right, up),
                textcoords="offset points", ha=across, va=along, color=colour, fontsize=9,
            )  # fmt: skip
    axes.set_xscale("log")
    axes.set(xlabel="postings (logarithmic)", xlim=(600, 1_700_000))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _place: f"{value:,.0f}"))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _place: f"{value:,g}"))
    axes.margins(y=0.12)
    axes.grid(which="major", color="#dddddd", linewidth=0.7)
    axes.legend(frameon=False, fontsize=9, loc="best")


if __name__ == "__main__":
    main()
