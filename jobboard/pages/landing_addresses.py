"""Addresses of the pages of states, specialties and credentials."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from flask import url_for

from jobboard.places import state
from jobboard.postings.addresses import slug_of
from jobboard.vocabulary import vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jobboard.places import State
    from jobboard.search.carried import Carried

_ENDPOINTS = {"specialty": "pages.jobs_of_specialty", "credential": "pages.jobs_for_credential"}


@cache
def state_slug(one: State) -> str:
    """ "new-york"."""
    return slug_of(one.name)


def landing_path(facet: str, value: str) -> str:
    """The page of a value, '' for a facet without such pages or a value that is not known."""
    if facet == "state":
        home = state(value)
        return url_for("pages.jobs_in_state", slug=state_slug(home)) if home else ""
    if facet in _ENDPOINTS and value in vocabularies()[facet]:
        return url_for(_ENDPOINTS[facet], slug=value)
    return ""


def landing_paths(carried: Carried) -> Iterator[str]:
    """The pages for which something is open."""
    for facet in ("specialty", "credential"):
        yield from filter(None, (landing_path(facet, slug) for slug in carried.terms.get(facet, {})))
    yield from filter(None, (landing_path("state", code) for code in carried.states))
