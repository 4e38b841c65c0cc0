"""`python -m benchmarks.rebuild_process`: rebuild at once; when a line comes, drain and verify; print both as JSON.

It is a process of its own so that its memory is that of a rebuild and of a comparison, and of nothing else.
"""

from __future__ import annotations

import json
import sys
import time

from benchmarks.memory import Watched, status
from jobboard import create_app
from jobboard.collecting import collect_rarely
from jobboard.search.comparing import verify
from jobboard.search.drain import drain
from jobboard.search.index import openings_index
from jobboard.search.rebuild import rebuild


def main() -> None:
    """Print what the rebuild came to, and then what is different afterwards. MiB and seconds."""
    app = create_app()
    collect_rarely()
    with app.app_context():
        index = openings_index()
        began = time.perf_counter()
        with Watched() as memory, index.writing(30) as writer:
            done = rebuild(writer)
            taken = time.perf_counter() - began
        told = {"documents": done.documents, "refused": done.refused, "seconds": taken}
        _say({**told, "peak_mib": status().get("VmHWM"), "peak_own_mib": memory.peak_own})
        sys.stdin.readline()
        with index.writing(30) as writer:
            drain(writer)
        began = time.perf_counter()
        with Watched() as memory:
            found = verify(index.reader)
        index.rest(now=True)
        differences = len(found.missing) + len(found.extra) + len(found.stale)
        told = {"differences": differences, "seconds": time.perf_counter() - began}
        _say({**told, "peak_mib": status().get("VmHWM"), "peak_own_mib": memory.peak_own})


def _say(told: dict[str, object]) -> None:
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
