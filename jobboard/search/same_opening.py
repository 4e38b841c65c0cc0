"""The same opening advertised twice: shown once on a page of results, the other advertisements below the first.

Two advertisements are of the same opening where place, arrangement, employment and the states that may apply are
equal, and besides either

- company, title and specialties, or
- the whole text, where it is long enough to be no coincidence (an agency and its client, two feeds).

Advertisements of a confidential employer are never joined: that would say whose they are. What is joined stays what
was found: every advertisement is counted, and stands on exactly one page, where its rank puts it.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from jobboard.vocabulary import folded

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from jobboard.postings.presentation import Card
    from jobboard.search.finder import Found
    from jobboard.search.rows import PostingRow

SHORTEST_TEXT = 300


@dataclass(frozen=True)
class Opening:
    """An opening on a page of results: the card of its first advertisement, and the cards of the others."""

    card: Card
    also: tuple[Card, ...] = ()


def openings(found: Sequence[Found]) -> list[Opening]:
    """What was found, in order, each opening once."""
    first: dict[Hashable, int] = {}
    groups: dict[int, list[Found]] = {}
    for one in found:
        keys = keys_of(one.row)
        leader = next((first[key] for key in keys if key in first), one.row.id)
        groups.setdefault(leader, []).append(one)
        for key in keys:
            first.setdefault(key, leader)
    return [Opening(several[0].card, tuple(one.card for one in several[1:])) for several in groups.values()]


def keys_of(row: PostingRow) -> tuple[Hashable, ...]:
    """What an advertisement shares with others of its opening; any one of them is enough."""
    if row.confidential:
        return ()
    conditions = (
        frozenset((folded(place.city), place.state) for place in row.places),
        row.arrangement,
        frozenset(row.slugs("employment")),
        row.eligible_mode,
        frozenset(row.eligible_states),
    )
    title = (row.company.slug, folded(row.title), frozenset(row.slugs("specialty")))
    text = " ".join(row.description.casefold().split())
    if len(text) < SHORTEST_TEXT:
        return ((title, conditions),)
    return ((title, conditions), (blake2b(text.encode(), digest_size=16).digest(), conditions))
