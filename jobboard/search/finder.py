"""Answers a search: the engine ranks and counts, the database decides what is still visible and says the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup
from sqlalchemy import func, select

from jobboard import clock
from jobboard.database import db
from jobboard.measures import measures
from jobboard.postings.models import Posting
from jobboard.postings.queries import listed
from jobboard.search.code_widening import beyond_the_code
from jobboard.search.concept_codes import intervals_of
from jobboard.search.facets import FacetShown, facets_shown
from jobboard.search.filters import conditions, counted, distance_order
from jobboard.search.index import openings_index
from jobboard.search.lenience import leniently
from jobboard.search.moments import MICROSECONDS, settled
from jobboard.search.nearness import nearest_line
from jobboard.search.reading import QueryWords, reading_of
from jobboard.search.reasons import Reason, reasons
from jobboard.search.request import SearchRequest
from jobboard.search.shelf import shelf
from search_index import Order, Page, Query, Sort, Unavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jobboard.postings.presentation import Card
    from jobboard.search.code_widening import Widened
    from jobboard.search.lenience import Lenience
    from jobboard.search.rows import PostingRow
    from jobboard.vocabulary import Vocabularies

_SORTS = {"newest": Sort("posted"), "pay": Sort("pay"), "closing-soon": Sort("closes", Order.ASCENDING)}


@dataclass(frozen=True)
class Found:
    """A listed posting among the results, with what to highlight."""

    row: PostingRow
    title: Markup
    extract: Markup | None
    place_line: str | None = None
    reasons: tuple[Reason, ...] = ()

    @property
    def card(self) -> Card:
        """The entry for a list, marked."""
        card = shelf().card(self.row)
        if self.place_line:
            # What was drawn says another place.
            card = replace(card, place_line=self.place_line, facts_html=Markup())
        return replace(card, title=self.title, highlights=(self.extract,) if self.extract else ())


@dataclass(frozen=True)
class Results:
    """A page of results. `degraded` says that the engine was away: the newest from the database, unfiltered.

    `lenience` says what was corrected and left out where few matched. `as_of` (microseconds since 1970) is what further
    pages are asked with.
    `query` is the question that was answered, None where it was not.
    `widened` says that no opening is linked to the code searched for, and what was sought instead.
    """

    found: tuple[Found, ...]
    total: int
    openings: int
    facets: tuple[FacetShown, ...]
    degraded: bool = False
    query: Query | None = None
    widened: Widened | None = None
    lenience: Lenience | None = None
    as_of: int | None = None

    @property
    def exact(self) -> int:
        """How many match as it was asked, nothing corrected or left out."""
        return self.total if self.lenience is None else self.lenience.exact


def query_of(request: SearchRequest, words: Vocabularies) -> Query:
    """The engine's question for a search."""
    now = request.as_of // MICROSECONDS if request.as_of else int(clock.now().timestamp())
    reading = reading_of(request, words)
    text, intervals = reading.text, intervals_of(request.mentions())
    if not intervals and reading.only_code is not None:
        text, intervals = "", reading.only_intervals
    return Query(
        text=text,
        filters=conditions(request, now) | reading.filters,
        intervals=intervals,
        facets=counted(request, now, every_branch=bool(request.values)),
        sort=distance_order(request) or _SORTS.get(request.order),
        page=request.page,
        size=request.size,
        now=now,
        as_of=request.as_of,
        explain=request.explain,
        synonyms=QueryWords(reading, words),
    )


def find(request: SearchRequest, words: Vocabularies, resolved: Query | None = None) -> Results:
    """Answer `request`, or the question `resolved` that it once was. Raises `Unavailable` where the engine cannot."""
    query = resolved or query_of(request, words)
    kept = measures()
    with kept.search_seconds.time(), kept.searches_unanswered.count_exceptions(Unavailable):
        index = openings_index()
        page = index.search(query)
        widened = None
        if not (resolved or page.total or query.text) and query.intervals and request.q.strip():
            page, widened = beyond_the_code(index.search, query, reading_of(request, words))
        lenience = None
        if not resolved:
            page, lenience = leniently(
                index,
                query,
                page,
                words,
                literal=request.literal,
                understood=lambda text: QueryWords(reading_of(replace(request, q=text), words), words),
            )
            if lenience:
                query = replace(query, below=lenience.below, synonyms=lenience.synonyms)
    found = _found(page, request)
    if request.explain:
        found = [
            replace(one, reasons=reasons(page.explanations.get(str(one.row.id), {}), query, words))
            for one in found
        ]
    return Results(
        found=tuple(found),
        total=page.total,
        openings=page.openings,
        facets=facets_shown(page.counts, request, words),
        query=query,
        widened=widened,
        lenience=lenience,
        as_of=request.as_of or settled(page.as_of),
    )


def find_or_newest(request: SearchRequest, words: Vocabularies) -> Results:
    """The same, or the newest listed postings where the engine is away."""
    try:
        return find(request, words)
    except Unavailable:
        newest = select(Posting.id).where(listed()).order_by(Posting.posted_at.desc(), Posting.id.desc())
        ids = db.session.scalars(newest.limit(request.size)).all()
        total = db.session.scalar(select(func.count(Posting.id)).where(listed())) or 0
        rows = shelf().listed(ids)
        found = tuple(_highlighted(rows[one], frozenset()) for one in ids if one in rows)
        return Results(found, total, total, (), degraded=True)


def _found(page: Page, request: SearchRequest) -> list[Found]:
    ids = [int(one) for one in page.ids]
    rows = shelf().listed(ids)
    found = [_highlighted(rows[one], page.matched) for one in ids if one in rows]
    place = request.place
    if place is None:
        return found
    return [replace(one, place_line=nearest_line(one.row, place, request.miles)) for one in found]


def _highlighted(row: PostingRow, matched: frozenset[str]) -> Found:
    title, text = row.passages
    extract = text.snippet(matched) if matched else None
    return Found(row, title.highlight(matched), extract if extract and "<mark>" in extract else None)


def highlights_of(found: Found) -> dict[str, list[str]]:
    """What matched, by field, as escaped HTML with <mark>; fields without a match are left out."""
    parts: dict[str, Sequence[Markup | None]] = {"title": [found.title], "description": [found.extract]}
    marked = {name: [str(one) for one in pieces if one and "<mark>" in one] for name, pieces in parts.items()}
    return {name: pieces for name, pieces in marked.items() if pieces}
