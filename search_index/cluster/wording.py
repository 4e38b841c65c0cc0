"""What a query's texts match and are worth on a cluster, and which words of it are like another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from search_index.analysis import fold
from search_index.checking import check
from search_index.cluster.compiling import LIVE, Compiler, Dsl, all_of, condition
from search_index.conditions import Between
from search_index.documents import WORDS
from search_index.errors import Unavailable
from search_index.likeness import (
    MOST_COUNTED,
    SHORTEST,
    LikeWord,
    WordsByLength,
    likeliest,
    near,
    slips_allowed,
)
from search_index.query import Query
from search_index.query_text import TextQuery, read
from search_index.schema import Schema
from search_index.scoring import scarcity

# Takes the body of a search, returns the answer.
Ask = Callable[[Dsl], Mapping[str, Any]]


def answered(ask: Ask, body: Dsl) -> Mapping[str, Any]:
    """Return the answer to `body`. Raises `Unavailable` where the cluster stopped before its end."""
    told = ask(body)
    if told.get("timed_out"):
        raise Unavailable("the search took too long, and the cluster stopped it")
    return told


def scored_texts(
    schema: Schema, ask: Ask, compiler: Compiler, texts: Sequence[TextQuery], query: Query, *, weighed: bool
) -> list[Dsl]:
    """Return the compiled `texts`, none where the first asks nothing; `weighed` where their score matters."""
    if not texts[0]:
        return []
    several = [clause for text in texts if len(text.required) > 1 for clause in text.required]
    scarcities: dict[Any, float] = {}
    if weighed and several:
        distinct = list(dict.fromkeys(several))
        asked = [LIVE, *(compiler.clause(clause) for clause in distinct)]
        documents, *found = counted(ask, asked, _joined(schema, query))
        scarcities = {one: scarcity(documents, count) for one, count in zip(distinct, found, strict=True)}
    return [
        compiler.text(text, [scarcities.get(clause, 1.0) for clause in text.required]) or LIVE
        for text in texts
    ]


def beside_text(schema: Schema, compiler: Compiler, query: Query) -> list[Dsl]:
    """Return what holds beside texts and named filters: codes, and having joined by `as_of`."""
    mentions = [compiler.mentioning(query.intervals, exactly=False)] if query.intervals else []
    return [*mentions, *_joined(schema, query)]


def _joined(schema: Schema, query: Query) -> list[Dsl]:
    if schema.listed is None or query.as_of is None:
        return []
    return [condition(Between(schema.listed, most=query.as_of))]


def counted(ask: Ask, queries: Sequence[Dsl], conditions: Sequence[Dsl] = ()) -> list[int]:
    """Return how many documents match each of `queries` under `conditions`."""
    if not queries:
        return []
    filters = {"filters": {str(nth): one for nth, one in enumerate(queries)}}
    told = answered(
        ask,
        {
            "query": all_of([LIVE, *conditions]),
            "size": 0,
            "track_total_hits": False,
            "aggs": {"each": {"filters": filters}},
        },
    )
    buckets = told["aggregations"]["each"]["buckets"]
    return [int(buckets[str(nth)]["doc_count"]) for nth in range(len(queries))]


def counts(schema: Schema, ask: Ask, texts: Sequence[str], query: Query) -> tuple[int, ...]:
    """Return how many documents match each of `texts` in the place of the texts of `query`. Raises `BadQuery`."""
    read_texts = [read(text, query.synonyms) for text in texts]
    check(schema, query, *read_texts)
    compiler = Compiler.of(schema)
    asked = [compiler.text(text) or LIVE for text in read_texts]
    filters = [condition(one) for one in query.filters.values()]
    return tuple(counted(ask, asked, [*beside_text(schema, compiler, query), *filters]))


def words_like(ask: Ask, word: str, most: int) -> tuple[LikeWord, ...]:
    """Return the `most` likeliest words that `word` may be a slip for."""
    folded = fold(word)
    allowed = slips_allowed(folded)
    if not allowed:
        return ()
    term = {
        "field": WORDS,
        "suggest_mode": "always",
        "max_edits": allowed,
        "prefix_length": 0,
        "min_word_length": SHORTEST,
        "size": MOST_COUNTED,
        "shard_size": MOST_COUNTED,
        # What is proposed is measured again below; here nothing near enough may be missing, however frequent.
        "accuracy": 0.1,
        "max_term_freq": 1_000_000_000,
    }
    told = answered(ask, {"size": 0, "suggest": {"like": {"text": folded, "term": term}}})
    proposed = [option["text"] for entry in told["suggest"]["like"] for option in entry["options"]]
    slips = near(word, WordsByLength(proposed))
    carrying = counted(ask, [{"term": {WORDS: one}} for one in slips])
    return likeliest(word, slips, carrying, most)
