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
    from collections.abc import Hashable, Iterable

    from jobboard.postings.presentation import Card
    from jobboard.search.rows import PostingRow

SHORTEST_TEXT = 300


@dataclass(frozen=True)
class Opening:
    """An opening on a page of results: the card of its first advertisement, and the cards of the others."""

    card: Card
    also: tuple[Card, ...] = ()


def openings(advertised: Iterable[tuple[PostingRow, Card]]) -> list[Opening]:
    """The advertisements in their order, each opening once."""
    first: dict[Hashable, int] = {}
    groups: dict[int, list[Card]] = {}
    for row, card in advertised:
        keys = keys_of(row)
        leader = next((first[key] for key in keys if key in first), row.id)
        groups.setdefault(leader, []).append(card)
        for key in keys:
            first.setdefault(key, leader)
    return [Opening(cards[0], tuple(cards[1:])) for cards in groups.values()]


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
