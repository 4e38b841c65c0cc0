"""What goes in: documents and deletions with versions, and what became of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from search_index.analysis import token_text, written_words
from search_index.intervals import Interval
from search_index.schema import Field, Integer, Intervals, Keyword, Schema, Text

Value = str | int | None | Sequence[str] | Sequence[Interval]
BETWEEN_VALUES = "¦"
# Our own field: the words of a document as people write them, for `Index.words_like`.
WORDS = "_words"
LONGEST_KEYWORD = 512
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Document:
    """A thing to be found: `id` is decimal text (any text is accepted), `version` rises with each change.

    `fields` maps names of the schema to values: text to a string or strings, keyword to a string or strings,
    integer to an int or None, intervals to `Interval`s. Fields left out are empty.
    """

    id: str
    version: int
    fields: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deletion:
    """The thing `id` is to be found no more, as of `version`."""

    id: str
    version: int


class Outcome(Enum):
    """What became of a write: done, superseded (the engine holds a newer version), or refused with an error."""

    WRITTEN = "written"
    OLDER = "older"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Written:
    """The outcome for one document or deletion; `error` says why it was refused."""

    id: str
    version: int
    outcome: Outcome
    error: str = ""


def key_error(change: Document | Deletion) -> str:
    """Say what is wrong with the id or version of `change`; empty when nothing is."""
    if not isinstance(change.id, str) or not 0 < len(change.id) <= 200 or not change.id.isprintable():
        return "id: 1 to 200 printable characters are needed"
    if type(change.version) is not int or not 0 <= change.version <= _LARGEST:
        return "version: a whole number from 0 is needed"
    return ""


def decimal(identity: str) -> int | None:
    """Return a canonical decimal id as a number, None for any other."""
    if identity.isascii() and identity.isdigit() and len(identity) <= 18 and str(int(identity)) == identity:
        return int(identity)
    return None


def analysed(schema: Schema, document: Document) -> dict[str, str | int | list[str] | list[Interval]]:
    """Return the fields of `document` as engines take them: token text, keywords once each, ints, intervals.

    Empty fields are left out. `WORDS` holds the words of all texts as they are written (see `written_words`). Raises
    `ValueError` naming the field that cannot be taken.
    """
    taken: dict[str, str | int | list[str] | list[Interval]] = {}
    for name, value in document.fields.items():
        known = schema.field(name)
        if known is None:
            raise ValueError(f"{name}: no such field in {schema.name}")
        if value is None or value == "":
            continue
        result = _taken(known, value)
        if result or result == 0:
            taken[name] = result
    if words := written_words(_texts(schema, document)):
        taken[WORDS] = " ".join(sorted(words))
    return taken


def _texts(schema: Schema, document: Document) -> Iterator[str]:
    for field_ in schema.of(Text):
        value = document.fields.get(field_.name)
        if value:
            yield from _strings(field_.name, value)


def _taken(known: Field, value: Value) -> str | int | list[str] | list[Interval]:
    match known:
        case Integer(name):
            if type(value) is not int or not -_LARGEST <= value <= _LARGEST:
                raise ValueError(f"{name}: a whole number of 64 bits is needed, not {value!r:.80}")
            return value
        case Intervals(name):
            if isinstance(value, str | int) or value is None:
                raise ValueError(f"{name}: a list of intervals is needed")
            intervals = [one for one in value if isinstance(one, Interval)]
            if len(intervals) != len(value):
                raise ValueError(f"{name}: every value must be an Interval")
            return intervals
        case Text(name):
            texts = _strings(name, value)
            if len(texts) == 1:
                return token_text(texts[0])
            return f" {BETWEEN_VALUES} ".join(filter(None, map(token_text, texts)))
        case Keyword(name):
            keywords = list(dict.fromkeys(_strings(name, value)))
            for keyword in keywords:
                if not keyword.isprintable() or not 0 < len(keyword) <= LONGEST_KEYWORD:
                    raise ValueError(
                        f"{name}: {keyword!r:.80} is not 1 to {LONGEST_KEYWORD} printable characters"
                    )
            return keywords


def _strings(name: str, value: Value) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, int) or value is None:
        raise ValueError(f"{name}: text is needed, not {value!r:.80}")
    strings = [one for one in value if isinstance(one, str)]
    if len(strings) != len(value):
        raise ValueError(f"{name}: every value must be text")
    return strings
