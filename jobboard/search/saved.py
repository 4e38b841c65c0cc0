"""A search to keep: what it sought when it was saved, resolved, and the address that it was asked under.

Vocabularies and readers change; a saved search goes on seeking what it sought, on its page of results as in matching
new postings. What moves with the day of looking ("posted within 7 days", "closing soon", "still open") is no part of
what is matched: the address says it, and the page works it out anew each time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import orjson
from werkzeug.datastructures import MultiDict

from jobboard.search.finder import query_of
from jobboard.search.request import read_search
from search_index import OutdatedForm, Query, StoredQuery

if TYPE_CHECKING:
    from jobboard.search.request import SearchRequest
    from jobboard.vocabulary import Vocabularies

FORM_VERSION = 1
# The filters that move with the clock.
MOVING = frozenset({"open", "posted", "closing"})


@dataclass(frozen=True)
class SavedSearch:
    """`address` are the parameters as they were asked, without a page; `sought` is what they meant then."""

    address: tuple[tuple[str, str], ...]
    sought: StoredQuery

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
        return cls(tuple(replace(request, page=1).pairs()), sought)

    def request(self, words: Vocabularies) -> SearchRequest:
        """The search as the page shows it: its words, chosen values and sort; what is no longer known is left out."""
        return read_search(MultiDict(self.address), words)[0]

    def query(self, words: Vocabularies, page: int = 1) -> Query:
        """The engine's question for a page of results: what was sought, seen from now."""
        shown = query_of(replace(self.request(words), page=page), words)
        moving = {name: one for name, one in shown.filters.items() if name in MOVING}
        return replace(
            shown,
            text=self.sought.text,
            synonyms=self.sought.query().synonyms,
            filters={**self.sought.filters, **moving},
            intervals=self.sought.intervals,
        )

    def to_json(self) -> str:
        """The stored form."""
        told = {"form": FORM_VERSION, "address": self.address, "sought": self.sought.told()}
        return orjson.dumps(told).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> SavedSearch:
        """Read a stored form back.

        Raises `ValueError` naming the part that is malformed; `OutdatedForm` where another version wrote what was
        sought: then `renewed` resolves the address again.
        """
        told = _told(text)
        return cls(_address(told), StoredQuery.read(told.get("sought")))


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
