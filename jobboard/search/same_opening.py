"""The same opening advertised twice stands once in the results: at its first advertisement, the others below it.

An advertisement whose opening stands on an earlier page is left out of its own, so that none is met twice and none
is lost; counts and the numbers of pages stay those of advertisements. See `opening_keys` for the rule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jobboard.search.index import openings_index
from jobboard.search.opening_keys import OPENING_FIELD
from jobboard.search.shelf import shelf
from search_index import AnyOf, Query, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jobboard.postings.presentation import Card
    from jobboard.search.finder import Results
    from jobboard.search.rows import PostingRow

_MOST = 100
# An advertisement may lead to another by its title and on to a third by its text: so many times it is followed.
_STEPS = 3


@dataclass(frozen=True)
class Opening:
    """An opening in a list: the card of its first advertisement, the cards of the others, and the rows of all."""

    card: Card
    also: tuple[Card, ...] = ()
    rows: tuple[PostingRow, ...] = ()


def openings(results: Results) -> list[Opening]:
    """The openings of a page of results, in order; those that stand on an earlier page are left out."""
    here = {found.row.id: found.row for found in results.found}
    cards = {found.row.id: found.card for found in results.found}
    everywhere = {} if results.query is None else _everywhere(results.query, here, results.total)
    rows = {**everywhere, **{one: row for one, row in here.items() if one not in everywhere}}
    groups = grouped(rows.values())
    place = {one: number for number, one in enumerate(here)}
    shown = sorted((group for group in groups if group[0] in here), key=lambda group: place[group[0]])
    return [_opening([rows[one] for one in group], cards) for group in shown]


def openings_of(rows: Sequence[PostingRow]) -> list[Opening]:
    """The openings of a list that is shown whole."""
    by_id = {row.id: row for row in rows}
    return [_opening([by_id[one] for one in group], {}) for group in grouped(rows)]


def _opening(rows: Sequence[PostingRow], marked: Mapping[int, Card]) -> Opening:
    first, *others = [marked[row.id] if row.id in marked else shelf().card(row) for row in rows]
    return Opening(first, tuple(others), tuple(rows))


def grouped(rows: Iterable[PostingRow]) -> list[list[int]]:
    """The ids of advertisements by their opening, the first of each in front, all in the order given."""
    first: dict[str, int] = {}
    groups: dict[int, list[int]] = {}
    for row in rows:
        keys = row.opening_keys
        # It may share its title with one opening and its text with another: then they are one.
        met = {first[key] for key in keys if key in first}
        leader, *others = [one for one in groups if one in met] or [row.id]
        groups.setdefault(leader, []).append(row.id)
        for other in others:
            groups[leader] += groups.pop(other)
        first |= {key: leader for key, one in first.items() if one in others}
        first |= dict.fromkeys(keys, leader)
    return list(groups.values())


def _everywhere(query: Query, here: Mapping[int, PostingRow], total: int) -> dict[int, PostingRow]:
    """The listed advertisements among all results that share an opening with those `here`, in the results' order.

    Empty where the page has them all, or the engine has gone away since.
    """
    if total <= len(here):
        return {}
    rows = dict(here)
    asked: set[str] = set()
    ids: list[int] = []
    try:
        if not _is_advertised_elsewhere(here.values()):
            return {}
        for _ in range(_STEPS):
            keys = {key for row in rows.values() for key in row.opening_keys}
            if keys <= asked:
                break
            asked |= keys
            shared = {**query.filters, OPENING_FIELD: AnyOf(OPENING_FIELD, tuple(sorted(asked)))}
            wanted = replace(query, filters=shared, facets=(), page=1, size=_MOST)
            ids = [int(one) for one in openings_index().search(wanted).ids]
            rows |= shelf().listed([one for one in ids if one not in rows])
    except Unavailable:
        return {}
    return {one: rows[one] for one in ids if one in rows}


def _is_advertised_elsewhere(rows: Iterable[PostingRow]) -> bool:
    """Whether any other advertisement shares an opening with these: a question without words, which costs little.

    Of advertisements that stood alone a moment ago nothing is asked again.
    """
    asked = [row for row in rows if row.opening_keys and not shelf().stood_alone(row)]
    if not asked:
        return False
    shared = AnyOf(OPENING_FIELD, tuple(sorted({key for row in asked for key in row.opening_keys})))
    if openings_index().counts([""], Query(filters={OPENING_FIELD: shared}))[0] > len(asked):
        return True
    shelf().found_alone(asked)
    return False
