"""What is open for one value of a facet, in figures: how many, what is paid where it compares, what is usual."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jobboard.postings.labels import REMOTE
from jobboard.search.documents import comparable_pay
from jobboard.search.finder import query_of
from jobboard.search.index import openings_index
from jobboard.search.request import NOT_STATED, SearchRequest
from jobboard.search.same_opening import openings_of
from jobboard.search.shelf import shelf
from search_index import AnyOf, Both, Buckets, Facet, Order, Sort, Stated

if TYPE_CHECKING:
    from jobboard.search.same_opening import Opening
    from jobboard.vocabulary import Vocabularies
    from search_index import Query

NEWEST = 10
USUAL = 8
_COUNTED = ("specialty", "credential", "state", "arrangement")


@dataclass(frozen=True)
class PaySpan:
    """The lowest and the highest of the best hourly rates offered, in cents, and how many advertisements compare."""

    least: int
    most: int
    compared: int


@dataclass(frozen=True)
class Overview:
    """The open advertisements that carry one value.

    `usual` maps other facets to their most frequent (value, advertisements); `pay` is None where none compares.
    `remote` counts the remote ones that may hire in the state that the overview is of, 0 for other facets.
    """

    total: int
    openings: int
    pay: PaySpan | None
    usual: dict[str, tuple[tuple[str, int], ...]]
    newest: tuple[Opening, ...]
    remote: int = 0


def overview(facet: str, value: str, words: Vocabularies) -> Overview:
    """Count what is open, in at most three questions to the engine. Raises `Unavailable` where it is away."""
    request = SearchRequest(facets={facet: (value,)}, sort="newest", size=NEWEST)
    query = query_of(request, words)
    index = openings_index()
    # Remote work is counted without the filter of the workplace: the count bears its name.
    remote = Both((AnyOf("arrangement", tuple(sorted(REMOTE))), AnyOf("hires_in", (value,))))
    page = index.search(
        replace(
            query,
            facets=(
                *(Facet(name, name, USUAL + 1) for name in _COUNTED if name != facet),
                Buckets("paid", (("paid", Stated("pay")),)),
                *([Buckets(facet, (("remote", remote),))] if facet == "state" else []),
            ),
        )
    )
    compared = page.counts["paid"][0].count if page.total else 0
    rows = shelf().listed([int(one) for one in page.ids])
    usual = {
        name: tuple((one.value, one.count) for one in page.counts[name] if one.value != NOT_STATED)[:USUAL]
        for name in _COUNTED
        if name != facet
    }
    return Overview(
        total=page.total,
        openings=page.openings,
        pay=_pay_span(query, compared),
        usual=usual,
        newest=tuple(openings_of([rows[int(one)] for one in page.ids if int(one) in rows])),
        remote=page.counts["state"][0].count if facet == "state" else 0,
    )


def _pay_span(query: Query, compared: int) -> PaySpan | None:
    """From the worst and the best paid advertisement; None where they are gone since, or none compares."""
    if not compared:
        return None
    rates = []
    for order in (Order.ASCENDING, Order.DESCENDING):
        paid = replace(
            query,
            facets=(),
            filters={**query.filters, "paid": Stated("pay")},
            sort=Sort("pay", order),
            size=1,
        )
        rows = shelf().listed([int(one) for one in openings_index().search(paid).ids])
        rates += [rate for row in rows.values() if (rate := comparable_pay(row)) is not None]
    return PaySpan(min(rates), max(rates), compared) if rates else None
