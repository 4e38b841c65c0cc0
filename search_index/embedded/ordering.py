"""The total order: whatever is asked for, equal rows fall newest first and then by id, highest first.

tantivy breaks ties by where a document happens to lie, so a page whose edge falls inside a run of equal rows is
settled here by asking for just that run in the order of the next key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import tantivy

from search_index.embedded.reading import Snapshot, counted

_Q = tantivy.Query
_MUST, _NOT = tantivy.Occur.Must, tantivy.Occur.MustNot
_MARGIN = 32


@dataclass(frozen=True, slots=True)
class Key:
    """A column to order by; rows without a value come last either way."""

    field: str
    order: tantivy.Order = tantivy.Order.Desc


TIE_KEYS = (Key("_rank"), Key("_number"), Key("_id"))


def by_keys(
    snapshot: Snapshot, query: tantivy.Query, keys: Sequence[Key], offset: int, limit: int
) -> tuple[list[tantivy.DocAddress], int]:
    """Return rows `offset` to `offset + limit` of `query` in the order of `keys`, and how many rows there are."""
    if limit <= 0:
        return [], snapshot.count(query)
    key, *further = keys
    first = max(offset - 1, 0)
    asked = offset - first + limit + 1
    found = snapshot.searcher.search(query, asked, order_by_field=key.field, offset=first, order=key.order)
    hits, total = found.hits, counted(found)
    wanted = range(offset, min(offset + limit, first + len(hits)))
    if not further or len({value for value, _ in hits}) == len(hits):
        return [hits[row - first][1] for row in wanted], total
    chosen: list[tantivy.DocAddress] = []
    row = first
    for value, group in groupby(hits, key=lambda hit: hit[0]):
        run = [hit for _, hit in group]
        begin, end = max(row, wanted.start), min(row + len(run), wanted.stop)
        whole = row > first or first == 0
        whole = whole and (row + len(run) < first + len(hits) or len(hits) < asked)
        if begin < end and len(run) == 1 and whole:
            chosen += run
        elif begin < end:
            before = row if row > first or first == 0 else _rows_before(snapshot, query, key, value)
            same = _with_value(snapshot, query, key.field, value)
            chosen += by_keys(snapshot, same, further, begin - before, end - begin)[0]
        row += len(run)
    return chosen, total


def _integer_range(snapshot: Snapshot, field: str, least: int | None, most: int | None) -> tantivy.Query:
    return _Q.range_query(snapshot.schema, field, tantivy.FieldType.Integer, least, most)


def _with_value(snapshot: Snapshot, query: tantivy.Query, field: str, value: int | None) -> tantivy.Query:
    if value is None:
        return _Q.boolean_query([(_MUST, query), (_NOT, _Q.exists_query(field))])
    return _Q.boolean_query([(_MUST, query), (_MUST, _integer_range(snapshot, field, value, value))])


def _rows_before(snapshot: Snapshot, query: tantivy.Query, key: Key, value: int | None) -> int:
    if value is None:
        ahead = _Q.exists_query(key.field)
    elif key.order == tantivy.Order.Desc:
        ahead = _integer_range(snapshot, key.field, value + 1, None)
    else:
        ahead = _integer_range(snapshot, key.field, None, value - 1)
    return snapshot.count(_Q.boolean_query([(_MUST, query), (_MUST, ahead)]))


def by_score(
    snapshot: Snapshot, query: tantivy.Query, weight: str | None, offset: int, limit: int
) -> tuple[list[tuple[float, tantivy.DocAddress]], int]:
    """Return rows `offset` to `offset + limit` of `query`, best first, and how many rows there are.

    Scores are weighed by the decay column `weight`.
    """
    if limit <= 0:
        return [], snapshot.count(query)
    needed = offset + limit
    everything = max(snapshot.searcher.num_docs, 1)
    fetched = needed + _MARGIN
    while True:
        found = snapshot.searcher.search(query, fetched, weight_by_field=weight)
        hits = found.hits
        if len(hits) < fetched or hits[-1][0] < hits[needed - 1][0]:
            break
        fetched = min(fetched * 4, max(everything, fetched + 1))
    return _settled(snapshot, hits, offset, needed)[offset:needed], counted(found)


def _settled(
    snapshot: Snapshot, hits: list[tuple[float, tantivy.DocAddress]], begin: int, end: int
) -> list[tuple[float, tantivy.DocAddress]]:
    """Return `hits`, best first, with each run of equal scores that reaches into `begin` to `end` in order.

    The columns are read once for all runs.
    """
    scores = [score for score, _ in hits]
    shared = {score for score, following in pairwise(scores) if score == following}
    shared &= set(scores[begin:end])
    places = [row for row, score in enumerate(scores) if score in shared] if shared else []
    tied = [hits[place] for place in places]
    addresses = [hit for _, hit in tied]
    columns = zip(snapshot.numbers("_rank", addresses), snapshot.numbers("_number", addresses), strict=True)
    keyed = [
        (score, rank or 0, -1 if number is None else number, _name(snapshot, hit, number))
        for (score, hit), (rank, number) in zip(tied, columns, strict=True)
    ]
    settled = list(hits)
    order = sorted(range(len(tied)), key=keyed.__getitem__, reverse=True)
    for place, nth in zip(places, order, strict=True):
        settled[place] = tied[nth]
    return settled


def _name(snapshot: Snapshot, hit: tantivy.DocAddress, number: int | None) -> str:
    return "" if number is not None else snapshot.ids([hit])[0]
