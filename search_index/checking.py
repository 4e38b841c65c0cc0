"""Whether a schema can answer a query, asked once before any engine does."""

from __future__ import annotations

from typing import TypeVar

from search_index.conditions import AnyOf, Between, Both, Condition, Either, Overlapping, Stated, Without
from search_index.errors import BadQuery
from search_index.query import MOST_RINGS, Buckets, Query, Rings
from search_index.query_text import TextQuery
from search_index.schema import Integer, Intervals, Keyword, Schema

_Kind = TypeVar("_Kind", Keyword, Integer, Intervals)


def check(schema: Schema, query: Query, *texts: TextQuery) -> None:
    """Raise `BadQuery` naming the first field or value that `schema` does not offer to `query` and its read `texts`."""
    for condition in query.filters.values():
        _check_condition(schema, condition)
    for text in texts:
        for condition in text.conditions:
            _check_condition(schema, condition)
    for facet in query.facets:
        if isinstance(facet, Buckets):
            for _, condition in facet.conditions:
                _check_condition(schema, condition)
            continue
        counted = schema.field(facet.field)
        if not isinstance(counted, Keyword) or not counted.count:
            raise BadQuery(f"facet {facet.name}: {facet.field} is not a counted keyword field")
    if isinstance(query.sort, Rings):
        field_of(schema, query.sort.field, Keyword)
        if len(query.sort.rings) > MOST_RINGS:
            raise BadQuery(f"sort: at most {MOST_RINGS} rings, not {len(query.sort.rings)}")
    elif query.sort is not None and not isinstance(schema.field(query.sort.field), Integer):
        raise BadQuery(f"sort: {query.sort.field} is not an integer field of {schema.name}")
    if query.intervals and not any(schema.of(Intervals)):
        raise BadQuery(f"{schema.name} has no field for codes")


def field_of(schema: Schema, name: str, kind: type[_Kind]) -> _Kind:
    """Return the field `name`, which must be of `kind`. Raises `BadQuery` naming it."""
    field = schema.field(name)
    if not isinstance(field, kind):
        raise BadQuery(f"{name}: {schema.name} has no such {kind.__name__.lower()} field")
    return field


def _check_condition(schema: Schema, condition: Condition) -> None:
    match condition:
        case AnyOf(name):
            field_of(schema, name, Keyword)
        case Overlapping(name):
            field_of(schema, name, Intervals)
        case Stated(name):
            field_of(schema, name, Integer)
        case Between(name, least, most):
            field_of(schema, name, Integer)
            for bound in (least, most):
                if bound is not None and not -(2**63) <= bound < 2**63:
                    raise BadQuery(f"{name}: {bound} is beyond 64 bits")
        case Without(unwanted):
            _check_condition(schema, unwanted)
        case Either(conditions) | Both(conditions):
            for one in conditions:
                _check_condition(schema, one)
