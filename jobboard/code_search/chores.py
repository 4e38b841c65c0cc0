"""What the worker does for the index of codes."""

from __future__ import annotations

from jobboard.chores import Postponed
from jobboard.code_search.fingerprint import fingerprint
from jobboard.code_search.index import codes_index, is_made_of
from jobboard.code_search.rebuild import ensure_codes
from jobboard.database import db
from jobboard.search.leases import LeaseLost, RebuildRunning
from search_index import MissingIndex, StaleSchema, Unavailable


def keep_the_codes() -> int:
    """Build the index anew where editions, sets or articles have changed. Returns how many documents were written.

    Raises `Postponed` where the engine is away, or another process writes the index or builds it anew.
    """
    index = codes_index()
    try:
        if _is_fit():
            index.rest(now=True)
            return 0
        index.refuse_a_newer_schema()
        with index.writing() as writer:
            done = ensure_codes(writer)
            index.found_fit()
    except (Unavailable, RebuildRunning, LeaseLost) as problem:
        raise Postponed(str(problem)) from problem
    finally:
        index.rest(now=True)
    return done.documents if done else 0


def _is_fit() -> bool:
    made_of = fingerprint()
    db.session.rollback()
    try:
        return is_made_of(made_of)
    except (MissingIndex, StaleSchema):
        return False
