"""The judged searches, and which of them are kept unseen."""

from __future__ import annotations

from hashlib import sha256

from tests.relevance.judged import credentials_and_codes, mixed, places, specialties, work
from tests.relevance.judged.criteria import Judged

__all__ = ["JUDGED", "Judged", "is_held_out"]

JUDGED: tuple[Judged, ...] = (
    *specialties.JUDGED, *credentials_and_codes.JUDGED, *places.JUDGED, *work.JUDGED, *mixed.JUDGED
)  # fmt: skip


def is_held_out(query: str) -> bool:
    """Whether this search is of the third that nobody looks at while tuning: a matter of its words alone."""
    return sha256(query.encode()).digest()[0] % 3 == 0
