"""How a schema becomes tantivy's fields, and a document becomes tantivy's.

Beside the schema's own fields: `_id` (text, the only thing stored), `_version`, `_number` (a decimal id as a number),
`_rank` (posted time and id in one number, so that one sort gives the total order), `_flags` (`live` for documents,
`several` where the weight is above 1), `_count` (all counted keywords of a document as `field␟value`, so that one
walk over one dictionary counts every facet; those that are `apart` keep a field each), `_words` (see
`documents.WORDS`), and columns of decay. A deletion stays as a document without flags that holds only id and version,
so that an older write cannot bring the thing back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tantivy

from search_index.documents import WORDS, Document, analysed, decimal
from search_index.intervals import Interval, mention_terms
from search_index.schema import Integer, Intervals, Keyword, Schema, Text

LIVE, SEVERAL = "live", "several"
UNIT = "\x1f"
_DAY = 86_400
_ID_BITS = 30

# tantivy multiplies a score by log2(2 + column) in single precision, so a column can say 1 to 127: seven halvings.
# Each column covers seven half-lives from its start, the next starts two later, and a query takes the latest that
# reaches its own time: what was posted within the last five half-lives is weighed exactly, older things at the floor.
DECAY_COLUMNS = 32
_STEP, _SPAN = 2.0, 6.9


def tantivy_schema(schema: Schema) -> tantivy.Schema:
    """Return tantivy's schema for `schema`."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("_id", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("_version", fast=True)
    builder.add_integer_field("_number", fast=True)
    builder.add_integer_field("_rank", fast=True)
    builder.add_text_field("_flags", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("_count", tokenizer_name="raw", index_option="basic", fast=True)
    for text in schema.of(Text):
        builder.add_text_field(text.name, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field(WORDS, tokenizer_name="whitespace", index_option="basic")
    for keyword in schema.of(Keyword):
        if not keyword.count or keyword.apart:
            builder.add_text_field(
                keyword.name, tokenizer_name="raw", index_option="basic", fast=keyword.count
            )
    for integer in schema.of(Integer):
        builder.add_integer_field(integer.name, fast=True)
    for intervals in schema.of(Intervals):
        builder.add_text_field(intervals.name, tokenizer_name="raw", index_option="basic")
    if schema.posted:
        for column in range(DECAY_COLUMNS):
            builder.add_float_field(f"_decay{column}", fast=True)
    return builder.build()


def register(index: tantivy.Index) -> None:
    """Give `index` its tokenizer; tantivy forgets it between opens."""
    index.register_tokenizer(
        "whitespace", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    )
    index.config_reader("manual")


def half_life_seconds(schema: Schema) -> float:
    """Return the half-life of `schema` in seconds."""
    return schema.half_life_days * _DAY


def first_epoch(schema: Schema, now: float) -> int:
    """Return where the first decay column of a build made at `now` starts."""
    return int(now - (_SPAN - _STEP) * half_life_seconds(schema))


def decay_column(schema: Schema, epoch: int, now: float) -> tuple[str, float]:
    """Return the column to weigh by at `now`, and the factor that makes a thing posted at `now` weigh 1."""
    passed = (now - epoch) / half_life_seconds(schema)
    column = min(max(int((passed - (_SPAN - _STEP)) / _STEP), 0), DECAY_COLUMNS - 1)
    return f"_decay{column}", 2.0 ** -min(max(passed - column * _STEP, 0.0), _SPAN)


def _decay_weights(schema: Schema, epoch: int, posted: int) -> list[tuple[str, float]]:
    passed = (posted - epoch) / half_life_seconds(schema)
    weights = []
    for column in range(DECAY_COLUMNS):
        age = passed - column * _STEP
        if age <= 0:
            break
        weights.append((f"_decay{column}", 2.0 ** (2.0 ** min(age, _SPAN)) - 2.0))
    return weights


def keyword_term(keyword: Keyword, value: str) -> tuple[str, str]:
    """Return the tantivy field and term that stand for a value of `keyword`."""
    shared = keyword.count and not keyword.apart
    return ("_count", keyword.name + UNIT + value) if shared else (keyword.name, value)


def deletion(identity: str, version: int) -> tantivy.Document:
    """Return the document that remembers a deletion."""
    made = tantivy.Document()
    made.add_text("_id", identity)
    made.add_integer("_version", version)
    return made


def tantivy_document(schema: Schema, epoch: int, document: Document) -> tantivy.Document:
    """Return `document` for tantivy. Raises `ValueError` naming the field that cannot be taken."""
    taken: Mapping[str, Any] = analysed(schema, document)
    made = deletion(document.id, document.version)
    made.add_text("_flags", LIVE)
    number = decimal(document.id)
    if number is not None:
        made.add_integer("_number", number)
    for field in schema.fields:
        value = taken.get(field.name)
        if value is None:
            continue
        match field:
            case Text(name):
                made.add_text(name, value)
            case Integer(name):
                made.add_integer(name, value)
            case Keyword():
                for one in value:
                    made.add_text(*keyword_term(field, one))
            case Intervals(name):
                intervals: list[Interval] = value
                for term in mention_terms(intervals):
                    made.add_text(name, term)
    if WORDS in taken:
        made.add_text(WORDS, taken[WORDS])
    posted = taken.get(schema.posted, 0) if schema.posted else 0
    made.add_integer("_rank", _rank(posted, number))
    if schema.posted and schema.posted in taken:
        for column, weight in _decay_weights(schema, epoch, posted):
            made.add_float(column, weight)
    if schema.weight and taken.get(schema.weight, 1) > 1:
        made.add_text("_flags", SEVERAL)
    return made


def _rank(posted: int, number: int | None) -> int:
    """Return one number that orders by posted time, then id; where it ties, `_number` and `_id` decide."""
    time: int = min(max(posted, -(2**32)), 2**32)
    return (time << _ID_BITS) + min(number or 0, (1 << _ID_BITS) - 1)
