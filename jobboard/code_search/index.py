"""The codes' index of the running application, and the table of words that belongs to it."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

from flask import current_app

from jobboard.code_search.documents import SCHEMA, STILL
from jobboard.code_search.entries import entries
from jobboard.code_search.fingerprint import fingerprint
from jobboard.code_search.other_names import other_names
from jobboard.code_search.table import Table, table_of
from jobboard.code_search.table_files import kept_or_made
from jobboard.database import db
from jobboard.search.connecting import engine_of
from jobboard.search.index import ServedIndex
from search_index import AnyOf, Query

if TYPE_CHECKING:
    from flask import Flask

log = logging.getLogger(__name__)
_INDEX, _TABLE = "codes_index", "codes_table"
# A table is looked after this often: whether editions were loaded since.
LOOK_SECONDS = 20.0


def codes_index() -> ServedIndex:
    """The index of codes; nothing is opened before it is used."""
    found: ServedIndex | None = current_app.extensions.get(_INDEX)
    if found is None:
        # Codes do not age, so their clock stands.
        engine = engine_of(current_app.extensions["settings"], lambda: float(STILL))
        found = current_app.extensions.setdefault(_INDEX, ServedIndex(engine, SCHEMA, engine.open(SCHEMA)))
    return found


def is_made_of(made_of: str) -> bool:
    """Whether the index can be searched and was made of that. Raises `Unavailable` where the engine is away."""
    asked = Query(size=0, filters={"made_of": AnyOf("made_of", (made_of,))})
    return codes_index().reader.search(asked).total == 1


class TableKeeper:
    """Keeps a process's table; what is to be packed anew is packed beside the requests."""

    def __init__(self, app: Flask) -> None:
        """Take the application, in whose context tables are made."""
        self._app = app
        self._lock = threading.Lock()
        self._table: Table | None = None
        self._until = 0.0
        self.looking: threading.Thread | None = None

    @property
    def kept(self) -> Table | None:
        """What is there, without looking for anything newer."""
        return self._table

    def get(self, patience: float = 0.0) -> Table | None:
        """The table; None while the first one is made and that takes longer than `patience` seconds."""
        if time.monotonic() > self._until and self._lock.acquire(blocking=False):
            self.looking = threading.Thread(target=self._look, name="words of codes", daemon=True)
            self.looking.start()
        if self._table is None and self.looking is not None and patience:
            self.looking.join(patience)
        return self._table

    def made(self) -> Table:
        """The table of what is loaded now, waiting for it."""
        with self._lock:
            return self._made()

    def _made(self) -> Table:
        made_of = fingerprint()
        if self._table is None or self._table.made_of != made_of:
            folder = self._app.extensions["settings"].data_dir
            self._table = kept_or_made(folder, made_of, lambda: _packed(made_of))
        self._until = time.monotonic() + LOOK_SECONDS
        return self._table

    def _look(self) -> None:
        try:
            with self._app.app_context():
                try:
                    self._made()
                finally:
                    db.session.remove()
        except Exception:
            # What is there stays good enough; the next question after a while looks again.
            self._until = time.monotonic() + LOOK_SECONDS
            log.exception("the words of codes could not be read")
        finally:
            self._lock.release()


def _packed(made_of: str) -> Table:
    with closing(entries()) as found:
        return table_of(found, made_of, other_names())


def table_keeper() -> TableKeeper:
    """The keeper of the running application's table."""
    found: TableKeeper | None = current_app.extensions.get(_TABLE)
    if found is None:
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        found = current_app.extensions.setdefault(_TABLE, TableKeeper(app))
    return found
