"""`python -m tests.fuzz [NUMBER] [SEED]`: ask a board of 1,000 openings for generated addresses; `make fuzz`.

None may fail, and none may hold the board longer than a search may take. Prints one JSON line; 1 where something did.
"""

from __future__ import annotations

import json
import sys
from itertools import islice
from time import perf_counter

from benchmarks.searching import prepared
from tests.fuzz.addresses import addresses

NUMBER, SEED, POSTINGS = 200_000, 1, 1_000


def main() -> int:
    """0 where every address was answered in order and in time."""
    number, seed = (int(one) for one in (*sys.argv[1:3], *map(str, (NUMBER, SEED)[len(sys.argv[1:3]) :])))
    app = prepared(POSTINGS)
    limit = app.extensions["settings"].search_timeout_seconds
    client = app.test_client()
    failed: list[str] = []
    slow: list[tuple[float, str]] = []
    slowest, answers = 0.0, dict[int, int]()
    began = perf_counter()
    for address in islice(addresses(seed), number):
        started = perf_counter()
        status = client.get(address).status_code
        taken = perf_counter() - started
        answers[status] = answers.get(status, 0) + 1
        slowest = max(slowest, taken)
        if status >= 500:
            failed.append(address)
            print(f"{status} {address}", file=sys.stderr, flush=True)
        if taken > limit:
            slow.append((round(taken, 2), address))
            print(f"{taken:.2f} s {address}", file=sys.stderr, flush=True)
    told = {
        "addresses": number,
        "answers": answers,
        "failed": len(failed),
        "too_slow": len(slow),
        "slowest_seconds": round(slowest, 3),
        "seconds": round(perf_counter() - began, 1),
    }
    print(json.dumps(told))
    return 1 if failed or slow else 0


if __name__ == "__main__":
    sys.exit(main())
