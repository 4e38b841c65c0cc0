"""Who may see what of the code reference; pure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from jobboard.codes.models import CodeEdition

EVERYONE: Final = "everyone"
MEMBERS: Final = "members"


def open_to_everyone(edition: CodeEdition, today: date) -> bool:
    """Whether the official text of `edition` may be shown to anybody who comes along, without a word before."""
    ended = edition.ends_on is not None and edition.ends_on < today
    return edition.visible_to == EVERYONE and not edition.notice and not ended
