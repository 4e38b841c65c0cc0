"""What the worker does for the index."""

from __future__ import annotations

from jobboard.chores import Postponed
from jobboard.database import db
from jobboard.search.drain import drain, waiting
from jobboard.search.index import openings_index
from jobboard.search.leases import LeaseLost
from jobboard.search.rebuild import RebuildFailed, RebuildRunning, ensure
from search_index import MissingIndex, StaleSchema, Unavailable


def keep_the_index() -> int:
    """Carry what is due; make an index that is missing or unfit. Returns how many changes were carried.

    Raises `Postponed` where the engine is away, another process writes the index or builds it anew.
    """
    index = openings_index()
    due = waiting()
    db.session.rollback()
    if not due and index.is_known_fit():
        index.rest()
        return 0
    try:
        with index.writing() as writer:
            if not index.is_known_fit():
                index.refuse_a_newer_schema()
                ensure(writer)
                index.found_fit()
            return drain(writer).written
    except (MissingIndex, StaleSchema) as problem:
        index.found_unfit()
        raise Postponed(str(problem)) from problem
    except (Unavailable, RebuildRunning, RebuildFailed, LeaseLost) as problem:
        raise Postponed(str(problem)) from problem
