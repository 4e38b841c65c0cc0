"""What a query's texts match and are worth in one snapshot, and which words of it are like another."""

from __future__ import annotations

from collections.abc import Sequence

import tantivy

from search_index.analysis import fold
from search_index.checking import check
from search_index.conditions import Between
from search_index.documents import WORDS
from search_index.embedded.compiling import Compiler
from search_index.embedded.reading import Snapshot
from search_index.likeness import LikeWord, likeliest, near, slips_allowed
from search_index.query import Query
from search_index.query_text import Clause, TextQuery, read
from search_index.schema import Schema
from search_index.scoring import scarcity


def scored_texts(
    snapshot: Snapshot, compiler: Compiler, texts: Sequence[TextQuery], query: Query, *, weighed: bool
) -> list[tantivy.Query]:
    """Return the compiled `texts`, none where the first asks nothing; `weighed` where their score matters."""
    if not texts[0]:
        return []
    found = []
    for text in texts:
        factors: Sequence[float] = ()
        if weighed and len(text.required) > 1:
            documents = _carrying(snapshot, compiler, None, query)
            factors = [
                scarcity(documents, _carrying(snapshot, compiler, clause, query)) for clause in text.required
            ]
        found.append(compiler.text(text, factors) or compiler.live())
    return found


def _carrying(snapshot: Snapshot, compiler: Compiler, clause: Clause | None, query: Query) -> int:
    """Return how many documents match `clause`, or are there at all, as of then; kept for the snapshot's time."""

    def counted() -> int:
        matching = compiler.clause(clause) if clause is not None else compiler.live()
        return snapshot.count(compiler.all_of([compiler.unscored(matching), *_joined(compiler, query)]))

    return snapshot.kept((clause, query.as_of), counted)


def beside_text(compiler: Compiler, query: Query) -> list[tantivy.Query]:
    """Return what holds beside texts and named filters: codes, and having joined by `as_of`."""
    mentions = [compiler.mentioning(query.intervals, exactly=False)] if query.intervals else []
    return [*mentions, *_joined(compiler, query)]


def _joined(compiler: Compiler, query: Query) -> list[tantivy.Query]:
    listed = compiler.schema.listed
    if listed is None or query.as_of is None:
        return []
    return [compiler.condition(Between(listed, most=query.as_of))]


def counts(schema: Schema, snapshot: Snapshot, texts: Sequence[str], query: Query) -> tuple[int, ...]:
    """Return how many documents match each of `texts` in the place of the texts of `query`. Raises `BadQuery`."""
    read_texts = [read(text, query.synonyms) for text in texts]
    check(schema, query, *read_texts)
    compiler = Compiler(schema, snapshot.schema, snapshot.terms)
    filters = [compiler.condition(condition) for condition in query.filters.values()]
    conditions = [*beside_text(compiler, query), *filters]

    def count(text: TextQuery) -> int:
        asked = compiler.text(text)
        return snapshot.count(compiler.all_of([*([asked] if asked is not None else []), *conditions]))

    return tuple(map(count, read_texts))


def words_like(snapshot: Snapshot, word: str, most: int) -> tuple[LikeWord, ...]:
    """Return the `most` likeliest words that `word` may be a slip for."""
    if not slips_allowed(fold(word)):
        return ()
    slips = near(word, snapshot.terms_by_length(WORDS))
    query = tantivy.Query.term_query
    carrying = [snapshot.count(query(snapshot.schema, WORDS, one, "basic")) for one in slips]
    return likeliest(word, slips, carrying, most)
