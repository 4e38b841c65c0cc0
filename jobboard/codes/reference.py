"""What the linker asks of the loaded editions, answered from the database."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.exc import OperationalError, ProgrammingError

from jobboard.codes import queries
from jobboard.codes.linker.mention import NothingLoaded, Reference
from jobboard.database import db


class LoadedEditions:
    """The editions in force when it was made; answers are remembered, so make one for each piece of work."""

    def __init__(self) -> None:
        self._systems = frozenset(queries.editions_in_force())
        self._answers: dict[tuple[str, str, bool], bool] = {}

    def is_loaded(self, system: str) -> bool:
        """Whether any edition of the system is in force."""
        return system in self._systems

    def contains(self, system: str, code: str, family: bool) -> bool:
        """Whether the code is there; for a family, whether anything begins with the stem `code`."""
        key = (system, code, family)
        if key not in self._answers:
            self._answers[key] = (
                queries.has_family(system, code)
                if family
                else queries.code_in_force(system, code) is not None
            )
        return self._answers[key]


def reference_if_any() -> Reference:
    """The loaded editions, or `NothingLoaded` where there is no database yet, or one without our tables.

    Makes no data folder: a missing SQLite file is not created by asking.
    """
    file = db.engine.url.database
    if db.engine.dialect.name == "sqlite" and file and file != ":memory:" and not Path(file).exists():
        return NothingLoaded()
    try:
        return LoadedEditions()
    except (OperationalError, ProgrammingError):
        db.session.rollback()
        return NothingLoaded()
