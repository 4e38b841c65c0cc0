"""Answers a query from one snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import tantivy

from search_index.checking import check
from search_index.embedded.compiling import Compiler
from search_index.embedded.counting import Counter
from search_index.embedded.explaining import explanations
from search_index.embedded.mapping import decay_column
from search_index.embedded.ordering import TIE_KEYS, Key, by_keys, by_score
from search_index.embedded.reading import Snapshot
from search_index.query import Order, Page, Query, Rings
from search_index.query_text import read
from search_index.schema import Schema


def answer(schema: Schema, snapshot: Snapshot, query: Query, now: float) -> Page:
    """Return the page that `query` asks for at `now` (seconds since 1970). Raises `BadQuery`."""
    text = read(query.text, query.synonyms)
    check(schema, query, text)
    compiler = Compiler(schema, snapshot.schema)
    scored = compiler.text(text)
    filters = {name: compiler.condition(condition) for name, condition in query.filters.items()}
    mentions = compiler.mentioning(query.intervals, exactly=False) if query.intervals else None
    base = [one for one in (scored, mentions) if one is not None]
    matching = compiler.all_of([*base, *filters.values()])

    keys = _keys(query)
    weight = decay_column(schema, snapshot.epoch, now) if query.decay and schema.posted else None
    ranking = _Ranking(snapshot, keys, weight, scored=keys is None and bool(text.required))
    offset = (query.page - 1) * query.size
    if isinstance(query.sort, Rings):
        ring = compiler.ringed(query.sort)
        ranking = _Ranking(snapshot, keys, None, scored=False, ringed=True)
        tiers = [compiler.all_of([ring, matching]), compiler.excluding(compiler.unscored(matching), ring)]
    elif keys is None and query.intervals:
        same = compiler.mentioning(query.intervals, exactly=True)
        tiers = [compiler.all_of([matching, same]), compiler.excluding(matching, same)]
    else:
        tiers = [matching]
    rows, total = ranking.rows(tiers, offset, query.size)

    counter = Counter(schema, snapshot, compiler, compiler.all_of(base) if base else None, filters)
    counts, beyond = counter.counts(query)
    ids = snapshot.ids([hit for _, hit in rows])
    return Page(
        ids=tuple(ids),
        scores=tuple(score for score, _ in rows),
        total=total,
        openings=total + beyond,
        counts=counts,
        matched=text.matched,
        explanations=explanations(schema, snapshot, compiler, query, text, ids) if query.explain else {},
    )


def _keys(query: Query) -> tuple[Key, ...] | None:
    """Return the columns to sort by, or None for relevance."""
    if query.sort is None or isinstance(query.sort, Rings):
        return None
    descending = query.sort.order is Order.DESCENDING
    order = tantivy.Order.Desc if descending else tantivy.Order.Asc
    return (Key(query.sort.field, order), *TIE_KEYS)


@dataclass(frozen=True, slots=True)
class _Ranking:
    """Orders rows by score, weighed by a decay column and its factor, or by `keys`, or newest first.

    Of `ringed` tiers only the first has scores, which say the ring of a row and are not its worth.
    """

    snapshot: Snapshot
    keys: Sequence[Key] | None
    weight: tuple[str, float] | None
    scored: bool
    ringed: bool = False

    def rows(
        self, tiers: Sequence[tantivy.Query], offset: int, limit: int
    ) -> tuple[list[tuple[float, tantivy.DocAddress]], int]:
        """Return a page of scores and hits over `tiers`, each wholly above the next, and the total of all."""
        rows: list[tuple[float, tantivy.DocAddress]] = []
        total = 0
        for nth, tier in enumerate(tiers):
            begin, left = max(offset - total, 0), limit - len(rows)
            if self.ringed and nth == 0:
                scored, count = by_score(self.snapshot, tier, None, begin, left)
                found = [(0.0, hit) for _, hit in scored]
            else:
                found, count = self._tier(tier, begin, left)
            rows += found
            total += count
        return rows, total

    def _tier(
        self, query: tantivy.Query, offset: int, limit: int
    ) -> tuple[list[tuple[float, tantivy.DocAddress]], int]:
        if not self.scored:
            hits, total = by_keys(self.snapshot, query, self.keys or TIE_KEYS, offset, limit)
            return [(0.0, hit) for hit in hits], total
        column, factor = self.weight or (None, 1.0)
        rows, total = by_score(self.snapshot, query, column, offset, limit)
        return [(score * factor, hit) for score, hit in rows], total
