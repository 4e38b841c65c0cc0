"""What a search narrows by, as the index takes it: a condition for every filter, and what is counted beside."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from jobboard.places import rings
from jobboard.postings.labels import REMOTE
from jobboard.search.hierarchies import LEVELS, TREES, condition_of, prefix_of, unfolded
from jobboard.search.quantities import cents
from jobboard.search.request import CLOSING_DAYS, FACETS, NOT_STATED, POSTED_DAYS
from search_index import AnyOf, Between, Both, Buckets, Either, Facet, Rings, Stated, Without

if TYPE_CHECKING:
    from jobboard.search.request import SearchRequest
    from search_index import Condition

DAY = 86_400
PLACE_FIELD = "place_key"
# The histogram is counted by a keyword, in the same walk as the other facets, and not by looking at every number.
PAY_STEP_FIELD = "pay_step"
# The first dollar of each step of the pay histogram; the first step has no beginning, the last no end.
PAY_STEPS = (0, 15, 20, 25, 30, 35, 40, 45, 50, 60, 75)
_TOPS = tuple(tree[0] for tree in TREES)
_SIMPLE = tuple(facet for facet in FACETS if facet not in LEVELS)


def conditions(request: SearchRequest, now: int) -> dict[str, Condition]:
    """Everything that a posting must meet, by the name of the filter, seen from `now` (seconds since 1970)."""
    found: dict[str, Condition] = {
        name: AnyOf(name, request.facets[name]) for name in _SIMPLE if name in request.facets
    }
    for tree in TREES:
        if (chosen := condition_of(tree, request.facets)) is not None:
            found[tree[0]] = chosen
    found["open"] = Between("closes", least=now + 1)
    if request.posted:
        found["posted"] = _posted(request.posted, now)
    if request.closing:
        found["closing"] = _closing(request.closing, now)
    if request.pay:
        found["pay"] = _pay(request.pay)
    if (place := request.place) is not None:
        found["near"] = near(place.latitude, place.longitude, place.state, request.miles)
    return found


def distance_order(request: SearchRequest) -> Rings | None:
    """The order by distance, where it was asked for and there is a place to measure from."""
    place = request.place
    if request.order != "distance" or place is None:
        return None
    return Rings(PLACE_FIELD, rings(place.latitude, place.longitude, request.miles))


def counted(request: SearchRequest, now: int, *, every_branch: bool = False) -> tuple[Facet | Buckets, ...]:
    """What is counted: the facets that the request names; of lower levels only the open branches, or `every_branch`.

    A branch is counted under its level's name and the value above it: "city TX".
    """
    wanted = request.counted_facets
    found: list[Facet | Buckets] = [
        Facet(name, name) for name in wanted if name not in LEVELS or name in _TOPS
    ]
    for tree in TREES:
        for level, above in unfolded(tree, request.facets).items():
            found += [
                Facet(f"{level} {value}", level, prefix=prefix_of(level, value), without=tree[0])
                for value in above
                if value != NOT_STATED
            ]
    if every_branch:
        found += [Facet(level, level, without=tree[0]) for tree in TREES for level in tree[1:]]
    if request.counts_days:
        found.append(Buckets("posted", tuple((str(days), _posted(days, now)) for days in POSTED_DAYS)))
        found.append(Buckets("closing", tuple((str(days), _closing(days, now)) for days in CLOSING_DAYS)))
    found.append(Facet("pay", PAY_STEP_FIELD))
    return tuple(found)


def pay_step(cents_an_hour: int | None) -> str:
    """The step of the histogram that a comparable pay falls into, by its first dollar; `not-stated` for None."""
    if cents_an_hour is None:
        return NOT_STATED
    return str(max(first for first in PAY_STEPS if first * 100 <= max(cents_an_hour, 0)))


def _posted(days: int, now: int) -> Condition:
    return Between("posted", least=now - days * DAY)


def _closing(days: int, now: int) -> Condition:
    return Between("closes", least=now + 1, most=now + days * DAY)


def _pay(wanted: tuple[str, ...]) -> Condition:
    options: list[Condition] = [
        Without(Stated("pay")) if one == NOT_STATED else Between("pay", least=cents(one)) for one in wanted
    ]
    return options[0] if len(options) == 1 else Either(tuple(options))


@lru_cache(maxsize=1024)
def near(latitude: float, longitude: float, state: str, miles: int) -> Condition:
    """Work within so many miles of a point, or remote work that may be done in its state."""
    keys = tuple(key for ring in rings(latitude, longitude, miles) for key in ring)
    remote = Both((AnyOf("arrangement", tuple(sorted(REMOTE))), AnyOf("hires_in", (state,))))
    return Either((AnyOf(PLACE_FIELD, keys), remote))
