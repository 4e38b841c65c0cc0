"""What the worker does for the index."""

from __future__ import annotations

from jobboard.database import db
from jobboard.search.drain import drain, waiting
from jobboard.search.index import openings_index
from jobboard.search.rebuild import ensure
from search_index import State


def keep_the_index() -> int:
    """Carry what is due; make an index that is missing or unfit. Returns how many changes were carried."""
    index = openings_index()
    due = waiting()
    db.session.rollback()
    if not due and index.reader.state() is State.READY:
        index.rest()
        return 0
    with index.writing() as writer:
        ensure(writer)
        return drain(writer).written
