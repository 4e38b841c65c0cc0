"""The judged searches, and which of them are kept unseen."""

from __future__ import annotations

from hashlib import sha256

from tests.relevance.judged import credentials_and_codes, mixed, places, specialties, work
from tests.relevance.judged.criteria import Judged

__all__ = ["JUDGED", "KINDS", "Judged", "is_held_out"]

KINDS: dict[str, tuple[Judged, ...]] = {
    "specialties": specialties.JUDGED,
    "credentials and codes": credentials_and_codes.JUDGED,
    "places": places.JUDGED,
    "work": work.JUDGED,
    "several things at once": mixed.JUDGED,
}
JUDGED: tuple[Judged, ...] = tuple(one for kind in KINDS.values() for one in kind)


def is_held_out(query: str) -> bool:
    """Whether this search is of the third that nobody looks at while tuning: a matter of its words alone."""
    return sha256(query.encode()).digest()[0] % 3 == 0
