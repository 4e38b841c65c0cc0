"""`python -m tests.fuzz [NUMBER] [SEED] [PROCESSES]`: ask a board of 1,000 openings for generated addresses.

None may fail, and none may hold the board longer than a search may take. Several processes, one for each core if not
told otherwise, ask for every so-manieth address each, so that a seed stands for the same addresses however many there
are. Prints one JSON line; 1 where something failed or was slow twice. `make fuzz`.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from time import perf_counter

from benchmarks.searching import prepared
from tests.fuzz.asking import Told, asked_again
from tests.fuzz.sharing import POSTINGS, share

NUMBER, SEED = 200_000, 1


def main() -> int:
    """0 where every address was answered in order and in time."""
    usual = (NUMBER, SEED, os.cpu_count() or 1)
    number, seed, processes = (int(one) for one in (*sys.argv[1:4], *usual[len(sys.argv[1:4]) :]))
    app = prepared(POSTINGS)
    began = perf_counter()
    # Each opens an application of its own, as the web processes of a board do.
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=fresh) as pool:
        shares = pool.map(share, range(processes), repeat(processes), repeat(number), repeat(seed))
        told = sum(shares, Told())
    client = app.test_client()
    # What only the first page of a process pays is nobody's fault.
    client.get("/jobs?q=coder")
    limit = app.extensions["settings"].search_timeout_seconds
    told = asked_again(told, client, limit)
    seconds = round(perf_counter() - began, 1)
    print(json.dumps({**told.figures(), "seed": seed, "processes": processes, "seconds": seconds}))
    return told.exit_code


if __name__ == "__main__":
    sys.exit(main())
