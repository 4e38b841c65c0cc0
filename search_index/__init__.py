"""Documents in, ranked ids and counts out: a search library that knows no application.

    engine = connect("embedded:/srv/board/search")
    schema = Schema(
        "postings",
        (Text("title", 8), Text("body"), Keyword("state"), Integer("posted"), Intervals("codes")),
        posted="posted",
    )
    with engine.open(schema, write=True) as index:          # one writer; readers open without `write`
        if index.state() is not State.READY:
            index.swap(index.begin_rebuild())               # an empty index, or load the build before the swap
        index.write([Document("7", 1, {"title": "Cath lab coder", "posted": 1_790_000_000})], [Deletion("3", 9)])
        index.commit()                                      # durable and visible everywhere
    page = engine.open(schema).search(Query("cath", facets=(Facet("state", "state"),)))
    highlight(title, page.matched)

- `connect(url, access=Access(…)) -> Engine`; `Engine.open(schema, write=False) -> Index`.
- `Index`: `search`, `counts`, `words_like`, `state`, `refresh`, `count`, `ids_and_versions`, `write`, `commit`,
  `begin_rebuild -> Build`, `swap`, `abandon`, `close`. `Build`: `write`, `commit`, `count`, `ids_and_versions`.
- `Schema(name, fields, posted, weight, half_life_days)` of `Text`, `Keyword`, `Integer`, `Intervals`.
- `Document`, `Deletion` → `Written(id, version, outcome, error)` with `Outcome.WRITTEN`, `OLDER`, `REFUSED`.
- `Query` with conditions `AnyOf`, `Between`, `Overlapping`, `Stated`, `Without`, `Either`, `Both`; `Facet`, `Buckets`;
  `Sort(field, Order)` or `Rings(field, rings)`; `Synonyms.of_groups` of other words, codes and conditions. The answer
  is a `Page` of ids with `Count`s.
- `Interval(system, start, end, family)`: codes, families, ranges; matched by overlap, equal ones ranked first.
- `StoredQuery.of(query)` keeps what a query seeks as JSON; `search_index.matching.Matcher` holds up to a million of
  them and says which a document matches: those for which any engine would return it.
- `tokens`, `highlight`, `snippet`: the one analysis, for queries, highlights and saved searches alike; `Passage` is a
  text that is marked often.
- Errors: `Unavailable` (`MissingIndex`, `StaleSchema`, `Locked` are kinds of it), `BadQuery`.

`engine.py` holds the promises; `embedded/` keeps them with tantivy in the same process, `cluster/` with Elasticsearch
or OpenSearch. `matching/` answers the other way round, in memory and without an engine.
"""

from search_index.access import Access
from search_index.analysis import tokens
from search_index.conditions import (
    AnyOf,
    Between,
    Both,
    Condition,
    Either,
    Overlapping,
    Stated,
    Without,
)
from search_index.documents import Deletion, Document, Outcome, Written
from search_index.engine import Build, Engine, Index, State, connect
from search_index.errors import BadQuery, Locked, MissingIndex, StaleSchema, Unavailable
from search_index.highlights import Passage, highlight, snippet
from search_index.intervals import Interval
from search_index.likeness import LikeWord
from search_index.query import Buckets, Count, Facet, Order, Page, Query, Rings, Sort
from search_index.query_text import Part, parts
from search_index.schema import Field, Integer, Intervals, Keyword, Schema, Text
from search_index.stored import OutdatedForm, StoredQuery
from search_index.synonyms import NO_SYNONYMS, Synonyms

__all__ = [
    "NO_SYNONYMS",
    "Access",
    "AnyOf",
    "BadQuery",
    "Between",
    "Both",
    "Buckets",
    "Build",
    "Condition",
    "Count",
    "Deletion",
    "Document",
    "Either",
    "Engine",
    "Facet",
    "Field",
    "Index",
    "Integer",
    "Interval",
    "Intervals",
    "Keyword",
    "LikeWord",
    "Locked",
    "MissingIndex",
    "Order",
    "Outcome",
    "OutdatedForm",
    "Overlapping",
    "Page",
    "Part",
    "Passage",
    "Query",
    "Rings",
    "Schema",
    "Sort",
    "StaleSchema",
    "State",
    "Stated",
    "StoredQuery",
    "Synonyms",
    "Text",
    "Unavailable",
    "Without",
    "Written",
    "connect",
    "highlight",
    "parts",
    "snippet",
    "tokens",
]
