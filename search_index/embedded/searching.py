"""Answers a query from one snapshot."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import tantivy

from search_index.embedded.compiling import Compiler
from search_index.embedded.counting import Counter
from search_index.embedded.mapping import decay_column
from search_index.embedded.ordering import TIE_KEYS, Key, by_keys, by_score
from search_index.embedded.reading import Snapshot
from search_index.errors import BadQuery
from search_index.query import Order, Page, Query
from search_index.query_text import TextQuery, label, read
from search_index.schema import Integer, Intervals, Schema, Text

_Row = tuple[float, tantivy.DocAddress]


def answer(schema: Schema, snapshot: Snapshot, query: Query) -> Page:
    """Return the page that `query` asks for. Raises `BadQuery`."""
    compiler = Compiler(schema, snapshot.schema)
    text = read(query.text, query.synonyms)
    scored = compiler.text(text)
    filters = {name: compiler.condition(condition) for name, condition in query.filters.items()}
    mentions = compiler.mentioning(query.intervals, exactly=False) if query.intervals else None
    base = [one for one in (scored, mentions) if one is not None]
    matching = compiler.all_of([*base, *filters.values()])
    keys = _keys(schema, query)
    total = snapshot.count(matching)
    offset = (query.page - 1) * query.size
    if keys is not None or mentions is None:
        rows = _rows(schema, snapshot, query, matching, keys, text, offset, query.size)
    else:
        rows = _exact_first(schema, snapshot, query, compiler, matching, text, offset)
    counter = Counter(schema, snapshot, compiler, compiler.all_of(base) if base else None, filters)
    ids = snapshot.ids([hit for _, hit in rows])
    return Page(
        ids=tuple(ids),
        scores=tuple(score for score, _ in rows),
        total=total,
        openings=total + counter.beyond_one(matching),
        counts=counter.counts(query),
        matched=text.matched,
        explanations=_explanations(schema, snapshot, compiler, query, text, ids) if query.explain else {},
    )


def _keys(schema: Schema, query: Query) -> tuple[Key, ...] | None:
    """Return the columns to sort by, or None for relevance."""
    if query.sort is None:
        return None
    if not isinstance(schema.field(query.sort.field), Integer):
        raise BadQuery(f"sort: {query.sort.field} is not an integer field of {schema.name}")
    descending = query.sort.order is Order.DESCENDING
    order = tantivy.Order.Desc if descending else tantivy.Order.Asc
    return (Key(query.sort.field, order), *TIE_KEYS)


def _rows(
    schema: Schema,
    snapshot: Snapshot,
    query: Query,
    matching: tantivy.Query,
    keys: Sequence[Key] | None,
    text: TextQuery,
    offset: int,
    limit: int,
) -> list[_Row]:
    if keys is None and text.required:
        if not (query.decay and schema.posted):
            return by_score(snapshot, matching, None, offset, limit)
        now = time.time() if query.now is None else query.now
        column, factor = decay_column(schema, snapshot.epoch, now)
        return [(score * factor, hit) for score, hit in by_score(snapshot, matching, column, offset, limit)]
    return [(0.0, hit) for hit in by_keys(snapshot, matching, keys or TIE_KEYS, offset, limit)]


def _exact_first(
    schema: Schema,
    snapshot: Snapshot,
    query: Query,
    compiler: Compiler,
    matching: tantivy.Query,
    text: TextQuery,
    offset: int,
) -> list[_Row]:
    """Return a page on which what mentions the very codes comes above what only overlaps them."""
    same = compiler.mentioning(query.intervals, exactly=True)
    exact = compiler.all_of([matching, same])
    above = snapshot.count(exact)
    rows = _rows(schema, snapshot, query, exact, None, text, offset, min(query.size, max(above - offset, 0)))
    left = query.size - len(rows)
    others = compiler.excluding(matching, same)
    return rows + _rows(schema, snapshot, query, others, None, text, max(offset - above, 0), left)


def _explanations(
    schema: Schema, snapshot: Snapshot, compiler: Compiler, query: Query, text: TextQuery, ids: Sequence[str]
) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return for each id which expression was found in which fields."""
    if not ids:
        return {}
    shown = tantivy.Query.term_set_query(snapshot.schema, "_id", list(ids))
    fields = [field.name for field in schema.fields if isinstance(field, Text | Intervals)]
    asked: list[tuple[str, str, tantivy.Query]] = [
        (label(clause), name, compiler.in_field(clause, name))
        for clause in (*text.required, *text.wished)
        for name in fields
    ]
    for one in query.intervals:
        written = f"{one.system} {one.start}{'-' + one.end if one.end else ''}"
        asked += [
            (written, field.name, compiler.overlapping(field.name, [one])) for field in schema.of(Intervals)
        ]
    told: dict[str, dict[str, tuple[str, ...]]] = {identity: {} for identity in ids}
    for expression, name, clause_query in asked:
        hits = snapshot.searcher.search(compiler.all_of([clause_query, shown]), len(ids), count=False).hits
        for identity in snapshot.ids([hit for _, hit in hits]):
            told[identity][expression] = (*told[identity].get(expression, ()), name)
    return told
