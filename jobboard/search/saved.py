"""A search to keep: what it sought when it was saved, resolved, and the address that it was asked under.

Vocabularies and readers change; a saved search goes on seeking what it sought, on its page of results as in matching
new postings. What moves with the day of looking ("posted within 7 days", "closing soon", "still open") is no part of
what is matched: the address says it, and the page works it out anew each time. A place is kept as a point and a
radius: which ZIP codes and cities lie within is asked of the same gazetteer that tells where a posting is.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import orjson
from werkzeug.datastructures import MultiDict

from jobboard.search import filters
from jobboard.search.finder import query_of
from jobboard.search.quantities import MILES
from jobboard.search.request import read_search
from search_index import OutdatedForm, Query, StoredQuery

if TYPE_CHECKING:
    from jobboard.search.request import SearchRequest
    from jobboard.vocabulary import Vocabularies
    from search_index import Condition

FORM_VERSION = 1
# The filters that move with the clock.
MOVING = frozenset({"open", "posted", "closing"})
_NEAR = "near"
# A million searches are read one after the other, and many of them are near the same places.
_PLACES_KEPT = 8192


@dataclass(frozen=True)
class Near:
    """A point in degrees, the state that it lies in, and miles around it."""

    latitude: float
    longitude: float
    state: str
    miles: int


@dataclass(frozen=True)
class SavedSearch:
    """`address` are the parameters as they were asked, without a page; `sought` is what they meant then.

    Where that has a filter "near", it is the one that `near` makes.
    """

    address: tuple[tuple[str, str], ...]
    sought: StoredQuery
    near: Near | None = None

    @classmethod
    def of(cls, request: SearchRequest, words: Vocabularies) -> SavedSearch:
        """Resolve `request` with the vocabularies of today."""
        query = query_of(request, words)
        sought = StoredQuery.of(
            Query(
                text=query.text,
                synonyms=query.synonyms,
                filters={name: one for name, one in query.filters.items() if name not in MOVING},
                intervals=query.intervals,
            )
        )
        place = request.place
        near = (
            Near(place.latitude, place.longitude, place.state, request.miles) if place is not None else None
        )
        return cls(tuple(replace(request, page=1, filters="").pairs()), sought, near)

    def request(self, words: Vocabularies) -> SearchRequest:
        """The search as the page shows it: its words, chosen values and sort; what is no longer known is left out."""
        return read_search(MultiDict(self.address), words)[0]

    def query(self, words: Vocabularies, page: int = 1) -> Query:
        """The engine's question for a page of results: what was sought, seen from now."""
        shown = query_of(replace(self.request(words), page=page), words)
        return replace(
            shown,
            text=self.sought.text,
            synonyms=self.sought.query().synonyms,
            filters={**self.sought.filters, **_moving(shown)},
            intervals=self.sought.intervals,
            below=(),
        )

    def moving(self, words: Vocabularies) -> StoredQuery:
        """What a posting that matches has to meet besides to be on the page now (see `matching.matches`)."""
        return StoredQuery(filters=_moving(query_of(self.request(words), words)))

    def to_json(self) -> str:
        """The stored form."""
        told: dict[str, Any] = {"form": FORM_VERSION, "address": self.address}
        sought = self.sought
        if self.near is not None:
            told["near"] = astuple(self.near)
            sought = replace(
                sought, filters={name: one for name, one in sought.filters.items() if name != _NEAR}
            )
        return orjson.dumps(told | {"sought": sought.told()}).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> SavedSearch:
        """Read a stored form back.

        Raises `ValueError` naming the part that is malformed; `OutdatedForm` where another version wrote what was
        sought: then `renewed` resolves the address again.
        """
        told = _told(text)
        address, near, sought = _address(told), _near(told), StoredQuery.read(told.get("sought"))
        if near is not None:
            sought = replace(sought, filters={**sought.filters, _NEAR: _around(near)})
        return cls(address, sought, near)


def _moving(query: Query) -> dict[str, Condition]:
    return {name: one for name, one in query.filters.items() if name in MOVING}


def renewed(text: str | bytes, words: Vocabularies) -> SavedSearch:
    """The saved search of a stored form that another version wrote, resolved again from its address.

    Raises `ValueError` where there is no address in it.
    """
    return SavedSearch.of(read_search(MultiDict(_address(_told(text, any_version=True))), words)[0], words)


def _told(text: str | bytes, *, any_version: bool = False) -> dict[str, Any]:
    try:
        told = orjson.loads(text)
    except orjson.JSONDecodeError as problem:
        raise ValueError(f"a saved search is no JSON: {problem}") from None
    if not isinstance(told, dict):
        raise ValueError("a saved search is an object")
    if told.get("form") != FORM_VERSION and not any_version:
        raise OutdatedForm(f"form: version {told.get('form')!r} is not {FORM_VERSION}")
    return told


def _address(told: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    pairs = told.get("address", [])
    if not all(len(pair) == 2 and isinstance(pair[0], str) and isinstance(pair[1], str) for pair in pairs):
        raise ValueError("address: pairs of a parameter and its value are needed")
    return tuple((name, value) for name, value in pairs)


def _near(told: dict[str, Any]) -> Near | None:
    match told.get("near"):
        case None:
            return None
        case [float(latitude), float(longitude), str(state), int(miles)] if 0 < miles <= max(MILES):
            return Near(latitude, longitude, state, miles)
    raise ValueError("near: latitude, longitude, state and miles are needed")


@lru_cache(maxsize=_PLACES_KEPT)
def _around(near: Near) -> Condition:
    return filters.near(*astuple(near))
