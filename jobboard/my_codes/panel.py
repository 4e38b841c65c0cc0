"""What a code's page offers its reader to keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_login import current_user

from jobboard.my_codes import queries

if TYPE_CHECKING:
    from jobboard.my_codes.queries import FolderSeen


@dataclass(frozen=True, slots=True)
class Panel:
    """The reader's folders, each with whether it has the code, and their note on it."""

    folders: list[FolderSeen]
    note: str


def panel_of(system: str, code: str) -> Panel | None:
    """The panel for whoever is signed in: two statements; None for a visitor."""
    if not current_user.is_authenticated:
        return None
    person_id: int = current_user.person_id
    return Panel(queries.folders_of(person_id, system, code), queries.note_on(person_id, system, code))
