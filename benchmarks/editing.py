"""`python -m benchmarks.editing RATE`: edit postings at that rate until a line comes; prints what was done.

The editor hears of no index: it changes rows, as the board's own pages do.
"""

from __future__ import annotations

import json
import sys
import time
from threading import Event, Thread

from sqlalchemy import func, select

from jobboard import create_app
from jobboard.database import db, writing
from jobboard.postings.models import Posting


def main() -> None:
    """Edit until told to stop."""
    app, stopped = create_app(), Event()
    Thread(target=lambda: (sys.stdin.readline(), stopped.set()), daemon=True).start()
    every, done, slowest = 1 / float(sys.argv[1]), 0, 0.0
    with app.app_context():
        last = db.session.scalar(select(func.max(Posting.id))) or 0
        db.session.remove()
        print("ready", flush=True)
        began = time.perf_counter()
        while not stopped.is_set():
            due = began + done * every
            time.sleep(max(due - time.perf_counter(), 0))
            started = time.perf_counter()
            with writing():
                posting = db.session.get(Posting, done * 7919 % last + 1)
                assert posting is not None
                posting.title = f"{posting.title.partition(' [')[0]} [{done}]"
                db.session.commit()
                db.session.remove()
            slowest = max(slowest, time.perf_counter() - started)
            done += 1
        taken = time.perf_counter() - began
    print(
        json.dumps(
            {
                "edits": done,
                "edits_a_second": round(done / taken, 1),
                "slowest_edit_ms": round(slowest * 1000),
            }
        )
    )


if __name__ == "__main__":
    main()
