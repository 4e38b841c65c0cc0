"""What tells that two advertisements are of the same opening; the index holds it, so that any page can ask.

They are where place, arrangement, employment and the states that may apply are equal, and besides either

- company, title and specialties, or
- the whole text, where it is long enough to be no coincidence (an agency and its client, two feeds).

Advertisements of a confidential employer are never joined: that would say whose they are.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from jobboard.vocabulary import folded

if TYPE_CHECKING:
    from jobboard.search.rows import PostingRow

OPENING_FIELD = "opening"
SHORTEST_TEXT = 300
_BYTES = 12


def keys_of(row: PostingRow) -> tuple[str, ...]:
    """What an advertisement shares with others of its opening, any one being enough; nothing for a confidential one."""
    if row.confidential:
        return ()
    conditions = (
        sorted({(folded(place.city), place.state) for place in row.places}),
        row.arrangement,
        sorted(row.slugs("employment")),
        row.eligible_mode,
        sorted(row.eligible_states),
    )
    title = _digest(repr((row.company.slug, folded(row.title), sorted(row.slugs("specialty")), conditions)))
    text = _text_digest(row.description)
    return (title, _digest(repr((text, conditions)))) if text else (title,)


@lru_cache(maxsize=2048)
def _text_digest(text: str) -> str:
    plain = " ".join(text.casefold().split())
    return _digest(plain) if len(plain) >= SHORTEST_TEXT else ""


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=_BYTES).hexdigest()
