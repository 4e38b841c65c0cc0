"""The page of results."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for

from jobboard.access.audience import ANYONE, audience
from jobboard.access.limits import limited
from jobboard.postings.labels import joined
from jobboard.search.addresses import address, address_of
from jobboard.search.chips import offered_readings, read_chips
from jobboard.search.code_card import code_card
from jobboard.search.facets import CLOSING_LABELS, POSTED_LABELS, TITLES, value_label
from jobboard.search.filter_panel import filter_panel
from jobboard.search.finder import Results, find_or_newest
from jobboard.search.home_states import forget, remember, remembered, with_states
from jobboard.search.kept_pages import kept_pages
from jobboard.search.notices import openings_in_words, said_of
from jobboard.search.reading import reading_of
from jobboard.search.request import ALL_FILTERS, DEEPEST, FIRST, LONGEST_QUERY, SearchRequest, read_search
from jobboard.search.same_opening import openings
from jobboard.search.versions import VERSION, of_today
from jobboard.search.wider import wider_searches
from jobboard.vocabulary import vocabularies

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from jobboard.search.code_card import CodeCard
    from jobboard.search.concept_reader import Reading
    from jobboard.vocabulary import Vocabularies

blueprint = Blueprint("search", __name__)
SORT_LABELS = (
    ("relevance", "Best match"),
    ("newest", "Newest first"),
    ("pay", "Best paid first"),
    ("distance", "Nearest first"),
    ("closing-soon", "Closing soon first"),
)


NAMED_IN_HEADING = 3
MOVED_FOR_GOOD = 301
_KEPT_BY_FILTERS = frozenset({"q", "code", "plain", "literal", "filters", VERSION})
# Parameter → what its wrong value meant for the list; those of filters stand in the chips, or do not.
COMPLAINTS = {
    "q": f"Only the first {LONGEST_QUERY} characters of your words were searched for.",
    "code": "The address has a code that this search cannot read, so it was left out. Type it into the box, "
    "with its system where it has no letters of its own: MS-DRG 470.",
    "near": "The place in the address is not known, so it was left out. Give a five-digit ZIP code or a city with its "
    "state: Tampa, FL.",
    "page": f"There is no such page, so this is the first. At most {DEEPEST:,} openings can be paged through.",
}


@dataclass(frozen=True)
class Chip:
    """Something chosen, with the address without it."""

    label: str
    remove_url: str
    group: str = ""


@blueprint.get("/jobs")
@limited("search", "120/minute", methods=("GET",))
@audience(ANYONE)
def jobs() -> Response:
    """Openings that match; what the address says and this page does not know is ignored.

    A page that stands already (htmx says so in a header) is answered with its changing part.
    """
    kept = kept_pages()
    if (made := kept.answer()) is not None:
        return made
    asked_at = time.monotonic()
    words = vocabularies()
    given = list(request.args.items(multi=True))
    if (today := of_today(given)) != given:
        return redirect(address_of(today), MOVED_FOR_GOOD)
    asked, wrong = read_search(request.args, words)
    asked = replace(asked, filters=ALL_FILTERS if request.args.get("filters") == ALL_FILTERS else FIRST)
    results = find_or_newest(asked, words)
    chosen = applied(asked, words)
    reading = reading_of(asked, words)
    pages = 1 if results.degraded else max(1, -(-min(results.total, DEEPEST) // asked.size))
    complaints = [words for name, words in COMPLAINTS.items() if name in wrong]
    wider = [
        (one.words, address(one.request), one.total)
        for one in ([] if results.degraded else wider_searches(asked, results.exact, words))
    ]
    homes = remembered(request.cookies)
    offered = homes if "hires_in" not in asked.facets else ()
    in_place = request.headers.get("HX-Request") == "true"
    shown = openings(results)
    page = render_template(
        "search/jobs.html",
        in_place=in_place,
        search=asked,
        results=results,
        openings=shown,
        wider=wider,
        said=said_of(asked, results),
        why={found.card.url: found.reasons for found in results.found} if asked.explain else {},
        why_url=why_address(asked, results),
        heading=heading(asked, chosen),
        count_line=count_line(results),
        applied=chosen,
        read=read_chips(asked, reading),
        offered=offered_readings(asked, reading),
        card=card_of(asked, reading, results, words),
        pages=pages,
        url_of=lambda page: page_address(asked, results, page),
        canonical=current_app.extensions["settings"].base_url + url_for("search.jobs"),
        panel=filter_panel(asked, results, request.args, wrong),
        sorts=[pair for pair in SORT_LABELS if pair[0] != "distance" or asked.near],
        kept_by_words=[pair for pair in asked.pairs() if pair[0] not in {"q", "page", "literal"}],
        kept_by_filters=[pair for pair in asked.pairs() if pair[0] in _KEPT_BY_FILTERS],
        complaints=complaints,
        home_states=joined([value_label("hires_in", code, words) for code in offered], "or"),
        home_url=address(with_states(asked, homes)),
        forget_url=f"{url_for('search.forget_states')}?{urlencode(asked.pairs())}",
    )
    answer = make_response(page)
    # One address, two answers: browsers must never show a part where the whole was asked for.
    answer.vary.add("HX-Request")
    answer.vary.add("Cookie")
    remember(answer, asked, homes)
    if in_place:
        answer.headers["Cache-Control"] = "private, no-store"
    if results.degraded:
        return answer
    return kept.keep(answer, [row for opening in shown for row in opening.rows], asked_at)


@blueprint.post("/jobs/forget-states")
@limited("forget states", "60/hour")
@audience(ANYONE)
def forget_states() -> Response:
    """Forget where somebody can be hired, and go on with the search of the address."""
    asked, _ = read_search(request.args, vocabularies())
    answer = redirect(address(asked), 303)
    forget(answer)
    return answer


def page_address(asked: SearchRequest, results: Results, page: int) -> str:
    """The address of another page of the same list; the first is made anew."""
    further = (
        {"page": str(page), "as_of": str(results.as_of or "")} if page > 1 else {"page": "", "as_of": ""}
    )
    return address(asked, **further)


def why_address(asked: SearchRequest, results: Results) -> str:
    """The address of the same page on which each opening says why it is here, or no longer does; "" without words."""
    if results.degraded or not asked.q.strip():
        return ""
    page = {"page": str(asked.page), "as_of": str(results.as_of or "")} if asked.page > 1 else {}
    return address(asked, **page, explain="" if asked.explain else "1")


def card_of(asked: SearchRequest, reading: Reading, results: Results, words: Vocabularies) -> CodeCard | None:
    """The card of a code that is all that was searched for."""
    if results.degraded or asked.page > 1:
        return None
    if reading.only_code is not None and not asked.codes:
        return code_card(reading.only_code.value, results.total, results.widened, words)
    if len(asked.codes) == 1 and not asked.q.strip():
        return code_card(asked.codes[0], results.total, None, words)
    return None


def heading(asked: SearchRequest, chosen: list[Chip]) -> str:
    """The page's heading: the words searched for, else up to three of the filters."""
    if asked.q.strip():
        return f"Openings for “{asked.q.strip()}”"
    if 0 < len(chosen) <= NAMED_IN_HEADING:
        return f"Openings for medical coders: {', '.join(chip.label for chip in chosen)}"
    return "Openings for medical coders"


def count_line(results: Results) -> str:
    """How many were found, in words."""
    advertised = openings_in_words(results.total)
    if results.openings > results.total:
        return f"{advertised}, {results.openings:,} positions"
    return advertised


def code_label(code: str, words: Vocabularies) -> str:
    """A code as it was asked for; "modifier:59", which names its system, as "Modifier 59"."""
    system, named, written = code.partition(":")
    return f"{words['system'].label(system)} {written}" if named and system in words["system"] else code


def applied(asked: SearchRequest, words: Vocabularies) -> list[Chip]:
    """Everything that narrows the list, each with the way to take it off."""
    chips = [Chip(asked.q.strip(), address(asked.without("q", "")), "Words")] if asked.q.strip() else []
    chips += [
        Chip(code_label(code, words), address(asked.without("code", code)), "Code") for code in asked.codes
    ]
    for facet, values in asked.facets.items():
        for value in values:
            label = value_label(facet, value, words)
            chips.append(Chip(label, address(asked.without(facet, value)), TITLES[facet]))
    for name, chosen, labels in (
        ("posted", asked.posted, POSTED_LABELS),
        ("closing", asked.closing, CLOSING_LABELS),
    ):
        if chosen:
            chips.append(Chip(labels[chosen], address(asked.without(name, "")), TITLES[name]))
    chips += [
        Chip(value_label("pay", value, words), address(asked.without("pay", value)), "Pay")
        for value in asked.pay
    ]
    if place := asked.place:
        within = f"Within {asked.miles} miles of {place.label}{f' {place.zip}' if place.zip else ''}"
        chips.append(Chip(within, address(asked.without("near", "")), "Where"))
    return chips
