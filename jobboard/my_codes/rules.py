"""How much a person may keep, and what holds for a change; pure."""

from __future__ import annotations

import hashlib
from typing import Final

MOST_FOLDERS: Final = 100
MOST_IN_A_FOLDER: Final = 500
MOST_NOTES: Final = 2_000
LONGEST_NOTE: Final = 10_000
LONGEST_NAME: Final = 120
KEPT_IN_HISTORY: Final = 500
DEFAULT_FOLDER: Final = "Favourites"


class NotKept(Exception):
    """What a person asked to keep cannot be kept; the message says why, in a sentence for them."""


def mark_of(text: str) -> str:
    """What a form carries of the note that its reader saw, empty for none: another mark means another text."""
    return hashlib.sha256(text.encode()).hexdigest()[:20] if text else ""


def is_taken(name: str, others: list[str]) -> bool:
    """Whether one of a person's other folders has this name, in whatever case."""
    return name.casefold() in {other.casefold() for other in others}
