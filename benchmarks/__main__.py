"""`python -m benchmarks`: measure, and print one JSON line per figure. `make bench` and `make bench ONLY=name`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from typing import Any

from benchmarks import (
    clusters,
    code_search,
    endurance,
    importing,
    linker,
    machine,
    matching,
    paging,
    rebuilding,
    relevance,
    searching,
)
from jobboard.collecting import collect_rarely

SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "1m": 1_000_000}
Measures = Callable[[int], Iterable[dict[str, Any]]]


def _at_most(measure: Measures) -> Measures:
    """The same for no more postings than a large board has: of more it tells nothing that time would pay."""
    return lambda size: measure(min(size, searching.USUAL))


ALL: dict[str, Measures] = {
    "linker": lambda _size: linker.figures(),
    "importing": lambda _size: importing.figures(),
    "relevance": relevance.figures,
    "codes": lambda _size: code_search.figures(),
    "search": searching.figures,
    "statements": searching.statements,
    "matching": matching.figures,
    "paging": _at_most(paging.figures),
    "clusters": _at_most(clusters.figures),
    "rebuild": rebuilding.figures,
    "endurance": _at_most(endurance.figures),
}


def main() -> int:
    """Run what was asked for; 0 even where a goal is missed, for a figure is not a verdict."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--only", choices=sorted(ALL), help="one group of figures")
    parser.add_argument("--size", choices=sorted(SIZES), default="100k", help="postings in the large corpus")
    options = parser.parse_args()
    # What is measured in this process is measured as in the board's own processes.
    collect_rarely()
    print(json.dumps(machine.facts()), flush=True)
    for name, measure in ALL.items():
        if options.only in {None, name}:
            for figure in measure(SIZES[options.size]):
                print(json.dumps(figure), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
