"""Answers a query from one snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import tantivy

from search_index.checking import check
from search_index.conditions import AnyOf
from search_index.embedded.compiling import Compiler
from search_index.embedded.counting import Counter
from search_index.embedded.explaining import explanations
from search_index.embedded.mapping import decay_column
from search_index.embedded.ordering import TIE_KEYS, Key, by_keys, by_score
from search_index.embedded.reading import Snapshot
from search_index.embedded.wording import beside_text, scored_texts
from search_index.query import Order, Page, Query, Rings
from search_index.query_text import is_too_little, loosened, read_all
from search_index.schema import Schema


def answer(schema: Schema, snapshot: Snapshot, query: Query, now: float) -> Page:
    """Return the page that `query` asks for at `now` (seconds since 1970). Raises `BadQuery`."""
    texts = read_all(query)
    check(schema, query, *texts)
    compiler = Compiler(schema, snapshot.schema, snapshot.terms)
    keys = _keys(query)
    ranked = query.sort is None and bool(texts[0].required)
    scored = scored_texts(snapshot, compiler, texts, query, weighed=ranked)
    filters = {name: compiler.condition(condition) for name, condition in query.filters.items()}
    beside = beside_text(compiler, query)
    conditions = [*beside, *filters.values()]
    weight = decay_column(schema, snapshot.epoch, now) if query.decay and schema.posted else None
    ringed = isinstance(query.sort, Rings)
    ranking = _Ranking(snapshot, keys, weight, scored=ranked, ringed=ringed)
    rows, counted = _rows(compiler, ranking, _tiers(compiler, scored, conditions), query)
    if is_too_little(query, texts, sum(counted)):
        looser = scored_texts(snapshot, compiler, loosened(texts), query, weighed=ranked)
        rows, _ = _rows(compiler, ranking, _tiers(compiler, looser, conditions), query)

    base = [*([compiler.any_of(scored)] if scored else []), *beside]
    counter = Counter(schema, snapshot, compiler, compiler.all_of(base) if base else None, filters)
    counts, beyond = counter.counts(query)
    ids = snapshot.ids([hit for _, hit in rows])
    return Page(
        ids=tuple(ids),
        scores=tuple(score for score, _ in rows),
        total=sum(counted),
        openings=sum(counted) + beyond,
        counts=counts,
        matched=frozenset().union(*(text.matched for text in texts)),
        explanations=explanations(schema, snapshot, compiler, query, texts, ids) if query.explain else {},
        tiers=tuple(counted),
        as_of=snapshot.newest(schema.listed) if query.as_of is None else query.as_of,
    )


def _rows(
    compiler: Compiler, ranking: _Ranking, tiers: Sequence[tantivy.Query], query: Query
) -> tuple[list[tuple[float, tantivy.DocAddress]], list[int]]:
    """Return the scores and hits of the page that `query` asks for, and how many hits there are in each of `tiers`."""
    offset = (query.page - 1) * query.size
    parted = _parted(compiler, tiers, query)
    if not parted:
        return ranking.rows(tiers, offset, query.size)
    rows, counted = ranking.rows(parted, offset, query.size)
    return rows, [first + second for first, second in zip(counted[::2], counted[1::2], strict=True)]


def _tiers(
    compiler: Compiler, scored: Sequence[tantivy.Query], conditions: Sequence[tantivy.Query]
) -> list[tantivy.Query]:
    """Return what each text matches that none above it does; without texts all that meets `conditions`."""
    if not scored:
        return [compiler.all_of(conditions)]
    return [
        compiler.all_of([compiler.excluding(one, scored[:nth]), *conditions])
        for nth, one in enumerate(scored)
    ]


def _parted(compiler: Compiler, tiers: Sequence[tantivy.Query], query: Query) -> list[tantivy.Query]:
    """Return each tier in two where rings or codes rank rows: what is in a ring or has the very codes, and the rest."""
    if isinstance(query.sort, Rings):
        ring = compiler.ringed(query.sort)
        # All rings as one set of values are quicker than ring by ring, where nothing is ranked.
        near = compiler.condition(AnyOf(query.sort.field, tuple(chain.from_iterable(query.sort.rings))))
        pairs = [
            (compiler.all_of([ring, tier]), compiler.excluding(compiler.unscored(tier), [near]))
            for tier in tiers
        ]
    elif query.sort is None and query.intervals:
        same = compiler.mentioning(query.intervals, exactly=True)
        pairs = [(compiler.all_of([tier, same]), compiler.excluding(tier, [same])) for tier in tiers]
    else:
        return []
    return [part for pair in pairs for part in pair]


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

    Of `ringed` tiers every other one, from the first on, has scores, which say the ring of a row and are not its worth.
    """

    snapshot: Snapshot
    keys: Sequence[Key] | None
    weight: tuple[str, float] | None
    scored: bool
    ringed: bool = False

    def rows(
        self, tiers: Sequence[tantivy.Query], offset: int, limit: int
    ) -> tuple[list[tuple[float, tantivy.DocAddress]], list[int]]:
        """Return a page of scores and hits over `tiers`, each wholly above the next, and how many are in each."""
        rows: list[tuple[float, tantivy.DocAddress]] = []
        counts: list[int] = []
        for nth, tier in enumerate(tiers):
            begin, left = max(offset - sum(counts), 0), limit - len(rows)
            if self.ringed and nth % 2 == 0:
                scored, count = by_score(self.snapshot, tier, None, begin, left)
                found = [(0.0, hit) for _, hit in scored]
            else:
                found, count = self._tier(tier, begin, left)
            rows += found
            counts.append(count)
        return rows, counts

    def _tier(
        self, query: tantivy.Query, offset: int, limit: int
    ) -> tuple[list[tuple[float, tantivy.DocAddress]], int]:
        if not self.scored:
            hits, total = by_keys(self.snapshot, query, self.keys or TIE_KEYS, offset, limit)
            return [(0.0, hit) for hit in hits], total
        column, factor = self.weight or (None, 1.0)
        rows, total = by_score(self.snapshot, query, column, offset, limit)
        return [(score * factor, hit) for score, hit in rows], total
