"""The write lock of one request: unsafe requests begin their transactions with it."""

from __future__ import annotations

from flask import g

from jobboard.database import writing


def take_write_lock() -> None:
    """From now on, what this request begins on SQLite takes the write lock at once."""
    g.write_lock = writing()
    g.write_lock.__enter__()


def let_go_of_write_lock() -> None:
    """What this request begins from now on only reads; harmless where there was no lock."""
    lock = g.pop("write_lock", None)
    if lock is not None:
        lock.__exit__(None, None, None)
