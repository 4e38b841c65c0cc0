"""Where few openings match: searches that are one step wider, each with how many it finds.

All that keep the words and codes are counted in one question to the engine, the first few others in one each.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from jobboard.postings.labels import REMOTE
from jobboard.search.facets import TITLES, value_label
from jobboard.search.finder import query_of
from jobboard.search.index import openings_index
from jobboard.search.kinship import kin_of
from jobboard.search.lenience import FEW
from jobboard.search.quantities import MILES
from jobboard.search.reading import reading_of
from jobboard.search.request import NOT_STATED, SearchRequest
from search_index import Both, Buckets, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jobboard.vocabulary import Vocabularies

MOST = 6
_KIN, _KIN_OF_WORDS = 3, 2
_ASKED_ALONE = 6
_RADII = 2


@dataclass(frozen=True)
class Wider:
    """A wider search: what is other about it in words, and the advertisements it finds."""

    words: str
    request: SearchRequest
    total: int = 0


def wider_searches(request: SearchRequest, total: int, words: Vocabularies) -> list[Wider]:
    """At most six searches that find more than `request` did, the nearest to it first; none where enough was found.

    None either while the engine is away.
    """
    if total >= FEW or request.page > 1 or not request.is_filtered:
        return []
    steps = list(_steps(request, words))
    try:
        found = _counted(request, steps, words)
    except Unavailable:
        return []
    return [one for one in found if one.total > total][:MOST]


def _steps(request: SearchRequest, words: Vocabularies) -> Iterator[Wider]:
    """Every wider search there is, the nearest first."""
    yield from _farther(request)
    yield from _remote(request, words)
    yield from _kin(request, words)
    # Words that are said two hundred times can be left out two hundred times; no more of them would be counted.
    yield from islice(_other_words(request, words), _ASKED_ALONE)
    for facet, values in request.facets.items():
        labels = " or ".join(value_label(facet, value, words) for value in values)
        others = {name: chosen for name, chosen in request.facets.items() if name != facet}
        yield Wider(f"Without {TITLES[facet]}: {labels}", replace(request, facets=others, page=1))
    if place := request.place:
        yield Wider(f"Not only near {place.label}", request.without("near", ""))
    if request.pay:
        yield Wider("Whatever is paid", replace(request, pay=(), page=1))
    if request.posted:
        yield Wider("Posted at any time", request.without("posted", ""))
    if request.closing:
        yield Wider("Closing at any time", request.without("closing", ""))
    for code in request.codes if _is_narrowed_by_more_than(request, "codes") else ():
        yield Wider(f"Without the code {code}", request.without("code", code))
    if request.q.strip() and _is_narrowed_by_more_than(request, "q"):
        yield Wider(f"Without the words “{request.q.strip()}”", replace(request, q="", page=1))


def _is_narrowed_by_more_than(request: SearchRequest, name: str) -> bool:
    bare = replace(request, q="") if name == "q" else replace(request, codes=())
    return bare.is_filtered


def _farther(request: SearchRequest) -> Iterator[Wider]:
    """The next larger radius, and the one after it."""
    if place := request.place:
        for miles in [one for one in MILES if one > request.miles][:_RADII]:
            yield Wider(f"Within {miles} miles of {place.label}", replace(request, within=miles, page=1))


def _remote(request: SearchRequest, words: Vocabularies) -> Iterator[Wider]:
    """Remote work for those who live there, instead of a workplace there."""
    homes = tuple(code for code in request.facets.get("state", ()) if code != NOT_STATED)
    if not homes or {"arrangement", "hires_in"} & set(request.facets):
        return
    facets = {name: values for name, values in request.facets.items() if name != "state"}
    labels = " or ".join(value_label("state", code, words) for code in homes)
    facets |= {"arrangement": tuple(sorted(REMOTE)), "hires_in": homes}
    yield Wider(f"Remote, hiring in {labels}", replace(request, facets=facets, page=1))


def _kin(request: SearchRequest, words: Vocabularies) -> Iterator[Wider]:
    chosen = request.facets.get("specialty", ())
    kin = dict.fromkeys(one for slug in chosen for one in kin_of(slug) if one not in chosen)
    for slug in list(kin)[:_KIN]:
        label = words["specialty"].label(slug)
        facets = {**request.facets, "specialty": (*chosen, slug)}
        yield Wider(f"Also {label}", replace(request, facets=facets, page=1))


def _other_words(request: SearchRequest, words: Vocabularies) -> Iterator[Wider]:
    """What was read out of the words: a specialty next of kin in its place, or the words without it."""
    q, concepts = request.q, [one for one in reading_of(request, words).concepts if not one.excluded]
    for one in concepts:
        if one.meaning.parameter == "specialty":
            for slug in kin_of(one.meaning.value)[:_KIN_OF_WORDS]:
                kin = words["specialty"][slug]
                other = f"{q[: one.start]}{kin.name}{q[one.end :]}"
                yield Wider(f"{kin.label} instead of “{one.words}”", replace(request, q=other, page=1))
    for one in concepts:
        rest = " ".join(f"{q[: one.lead]} {q[one.end :]}".split())
        if rest:
            yield Wider(f"Without “{q[one.lead : one.end].strip()}”", replace(request, q=rest, page=1))


def _counted(request: SearchRequest, steps: list[Wider], words: Vocabularies) -> list[Wider]:
    base = query_of(request, words)
    queries = [query_of(step.request, words) for step in steps]
    together = tuple(
        (str(number), Both(tuple(query.filters.values())))
        for number, query in enumerate(queries)
        if (query.text, query.intervals) == (base.text, base.intervals)
    )
    totals: dict[str, int] = {}
    index = openings_index()
    if together:
        asked = replace(
            base,
            filters={"open": base.filters["open"]},
            facets=(Buckets("wider", together),),
            sort=None,
            page=1,
            size=0,
        )
        totals = {one.value: one.count for one in index.search(asked).counts["wider"]}
    found, asked_alone = [], 0
    for number, (step, query) in enumerate(zip(steps, queries, strict=True)):
        known = totals.get(str(number))
        if known is None:
            if asked_alone == _ASKED_ALONE:
                continue
            asked_alone += 1
            known = index.search(replace(query, facets=(), sort=None, page=1, size=0)).total
        found.append(replace(step, total=known))
    return found
