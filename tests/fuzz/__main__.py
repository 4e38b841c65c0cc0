"""`python -m tests.fuzz [NUMBER] [SEED] [PROCESSES]`: ask a board of 1,000 openings for generated addresses.

None may fail, and none may hold the board longer than a search may take. Several processes, one for each core if not
told otherwise, take slices of the addresses; a seed stands for the same ones however many there are. Says on its
standard error how far it is, and prints one JSON line at the end, or of what was asked until it was interrupted; 1
where something failed or was slow twice, or not all was asked. `make fuzz`.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from time import perf_counter

from benchmarks.searching import prepared
from tests.fuzz.asking import Told, asked_again
from tests.fuzz.sharing import POSTINGS, ask_slice, slices

NUMBER, SEED = 200_000, 1


def main() -> int:
    """0 where every address was answered in order and in time."""
    usual = (NUMBER, SEED, os.cpu_count() or 1)
    number, seed, processes = (int(one) for one in (*sys.argv[1:4], *usual[len(sys.argv[1:4]) :]))
    app = prepared(POSTINGS)
    began = perf_counter()
    told = asked_in_processes(number, seed, processes)
    client = app.test_client()
    # What only the first page of a process pays is nobody's fault.
    client.get("/jobs?q=coder")
    limit = app.extensions["settings"].search_timeout_seconds
    told = asked_again(told, client, limit)
    seconds = round(perf_counter() - began, 1)
    print(json.dumps({**told.figures(), "seed": seed, "processes": processes, "seconds": seconds}))
    return told.exit_code or int(told.answers.total() < number)


def asked_in_processes(number: int, seed: int, processes: int) -> Told:
    """Everything together, or what was asked for until an interruption."""
    told = Told()
    # Each opens an application of its own, as the web processes of a board do.
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=fresh) as pool:
        asking = [pool.submit(ask_slice, seed, *one) for one in slices(number)]
        try:
            for done in as_completed(asking):
                told += done.result()
                print(f"{told.answers.total():,} of {number:,}", file=sys.stderr, flush=True)
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
    return told


if __name__ == "__main__":
    sys.exit(main())
