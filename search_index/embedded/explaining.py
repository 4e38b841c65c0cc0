"""Tells which expression of a query was found in which fields of the documents shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import tantivy

from search_index.conditions import by_field
from search_index.embedded.compiling import Compiler
from search_index.embedded.reading import Snapshot
from search_index.query import Query
from search_index.query_text import MOST_EXPLAINED, Term, TextQuery, conditions_of, label, spellings
from search_index.schema import Intervals, Schema, Text


def explanations(
    schema: Schema,
    snapshot: Snapshot,
    compiler: Compiler,
    query: Query,
    texts: Sequence[TextQuery],
    ids: Sequence[str],
) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return for each id which expression was found in which fields."""
    if not ids:
        return {}
    shown = tantivy.Query.term_set_query(snapshot.schema, "_id", list(ids))
    fields = [field.name for field in schema.fields if isinstance(field, Text | Intervals)]
    asked: list[tuple[str, str, tantivy.Query]] = []
    for clause in dict.fromkeys(one for text in texts for one in text.scored):
        asked += [(label(clause), name, compiler.in_field(clause, name)) for name in fields]
        for other in spellings(clause):
            asked += [(" ".join(other), name, compiler.in_field(Term(other), name)) for name in fields]
        held = by_field(conditions_of(clause))
        asked += [(label(clause), name, compiler.condition(one)) for name, one in held.items()]
    for one in query.intervals:
        written = f"{one.system} {one.start}{'-' + one.end if one.end else ''}"
        asked += [
            (written, field.name, compiler.overlapping(field.name, [one])) for field in schema.of(Intervals)
        ]
    told: dict[str, dict[str, tuple[str, ...]]] = {identity: {} for identity in ids}
    for expression, name, clause_query in asked[:MOST_EXPLAINED]:
        hits = snapshot.searcher.search(compiler.all_of([clause_query, shown]), len(ids), count=False).hits
        for identity in snapshot.ids([hit for _, hit in hits]):
            names = (*told[identity].get(expression, ()), name)
            told[identity][expression] = tuple(dict.fromkeys(names))
    return told
