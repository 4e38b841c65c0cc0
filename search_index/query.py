"""What is asked and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from search_index.conditions import Condition
from search_index.errors import BadQuery
from search_index.intervals import Interval
from search_index.synonyms import NO_SYNONYMS, Synonyms

LARGEST_PAGE = 100
DEEPEST_ROW = 10_000
MOST_BELOW = 8
MOST_RINGS = 500


@dataclass(frozen=True, slots=True)
class Facet:
    """Count the values of the keyword `field` under `name`, leaving out the filter called `without`.

    That is the filter of the facet's own name unless said otherwise: levels of one hierarchy share a filter. Only
    values that begin with `prefix` count. At most `limit` values come back, the most frequent first, equal ones by
    value.
    """

    name: str
    field: str
    limit: int = 1000
    prefix: str = ""
    without: str = ""

    @property
    def left_out(self) -> str:
        """The name of the filter that is left out."""
        return self.without or self.name


@dataclass(frozen=True, slots=True)
class Buckets:
    """Count what meets each of the named conditions, leaving out the filter called `name`; order is kept."""

    name: str
    conditions: tuple[tuple[str, Condition], ...]

    @property
    def left_out(self) -> str:
        """The name of the filter that is left out."""
        return self.name


class Order(Enum):
    """Which way a sort runs."""

    ASCENDING = "ascending"
    DESCENDING = "descending"


@dataclass(frozen=True, slots=True)
class Sort:
    """By the integer `field`, documents without it last; equal ones newest first, then by id, highest first."""

    field: str
    order: Order = Order.DESCENDING


@dataclass(frozen=True, slots=True)
class Rings:
    """By the first of `rings` that has a value which the keyword `field` carries, such as places by their distance.

    Documents that carry none come last; equal ones newest first, then by id, highest first. At most `MOST_RINGS`.
    """

    field: str
    rings: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A question to an index.

    `text` is what a person typed: all words must match somewhere in the text fields; `"phrase"`, `-word`, `word*`
    and `OR` are understood, all else is plain words. `synonyms` add what else a word may be written as,
    or by which codes or condition on fields it is met; a condition scores a constant.
    With `any_word` one word is enough, and what matches more of them, and scarcer ones, comes first. Where fewer than
    `enough` match, the rows are those that `any_word` gives, while everything that is counted stays as it is.
    Matches of each text of `below` follow below those of `text` and of the texts before it, each document once: what
    is less sure, such as the same with a word corrected or left out. Everything else holds for all of them alike.
    `intervals`: a mention must overlap one of them; under relevance those that equal one come above the others.
    `filters` are named; all must hold, and they never change the score. `facets` are counted, each without the
    filter of its own name. `sort` None is relevance: by score with text, else newest first. `page` counts from 1,
    `size` is 0 to 100, and no row lies beyond 10,000. With `decay` a score halves with each half-life of the schema
    since the document was posted, seen from `now` (seconds since 1970; None is the clock's), down to a floor of
    about a thirtieth. `as_of`, taken from the first `Page` of a list, leaves out whatever joined the index later, so
    that further pages continue the same list; scores stay too. `explain` tells for each hit which expression matched
    in which fields.
    """

    text: str = ""
    filters: Mapping[str, Condition] = field(default_factory=dict)
    intervals: tuple[Interval, ...] = ()
    facets: tuple[Facet | Buckets, ...] = ()
    sort: Sort | Rings | None = None
    page: int = 1
    size: int = 20
    decay: bool = True
    now: int | None = None
    explain: bool = False
    synonyms: Synonyms = NO_SYNONYMS
    below: tuple[str, ...] = ()
    any_word: bool = False
    enough: int = 0
    as_of: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.size <= LARGEST_PAGE:
            raise BadQuery(f"size: from 0 to {LARGEST_PAGE}, not {self.size}")
        if self.page < 1:
            raise BadQuery(f"page: from 1, not {self.page}")
        if self.page * self.size > DEEPEST_ROW:
            raise BadQuery(
                f"page: only the first {DEEPEST_ROW:,} results can be paged through; narrow the search"
            )
        names = [facet.name for facet in self.facets]
        if twice := {name for name in names if names.count(name) > 1}:
            raise BadQuery(f"facet {min(twice)} is asked for twice")
        if len(self.below) > MOST_BELOW:
            raise BadQuery(f"below: at most {MOST_BELOW} texts, not {len(self.below)}")
        if self.as_of is not None and not -(2**63) <= self.as_of < 2**63:
            raise BadQuery(f"as_of: {self.as_of} is beyond 64 bits")


@dataclass(frozen=True, slots=True)
class Count:
    """How many documents carry `value`, and the sum of their weights ("openings")."""

    value: str
    count: int
    openings: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the answer.

    `tiers` counts the matches of the text and then of each text below it, without those of the texts above it; they
    sum up to `total`. `as_of` is what to ask further pages of this list with: the highest value of the schema's
    `listed` field in the index, or that of the query.

    `ids` and `scores` (0.0 where nothing was scored) run in the order asked for; `total` counts all matches and
    `openings` sums their weights. `counts` maps facets to values. `matched` holds what was sought, for `highlight`:
    tokens, `prefix*`, and phrases as tokens joined by spaces. `explanations` maps an id to the expressions that
    matched, and to their other spellings that did, each with the names of the fields it was found in, be it as words
    or by a condition.
    """

    ids: tuple[str, ...] = ()
    scores: tuple[float, ...] = ()
    total: int = 0
    openings: int = 0
    counts: Mapping[str, tuple[Count, ...]] = field(default_factory=dict)
    matched: frozenset[str] = frozenset()
    explanations: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    tiers: tuple[int, ...] = ()
    as_of: int | None = None
