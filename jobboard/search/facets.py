"""Facets as people see them: titles, labels of values, and counts in a sensible order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from jobboard.places import states
from jobboard.search.request import FACETS, NOT_STATED, STATE_FACETS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jobboard.search.request import SearchRequest
    from jobboard.vocabulary import Vocabularies
    from search_index import Count

TITLES = {
    "specialty": "Specialty",
    "credential": "Credential",
    "role": "Role",
    "side": "Coding side",
    "arrangement": "Arrangement",
    "hires_in": "Remote: hires in",
    "state": "Workplace",
    "employment": "Employment",
    "system": "Code system",
    "setting": "Setting",
}
POSTED_LABELS = {
    1: "Last 24 hours",
    3: "Last 3 days",
    7: "Last 7 days",
    14: "Last 14 days",
    30: "Last 30 days",
}


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value: advertisements and, beside them, the openings they stand for."""

    value: str
    label: str
    count: int
    openings: int
    selected: bool = False


def facet_options(name: str, values: Sequence[FacetValue]) -> Markup:
    """The values as a list of checkboxes; a page has some hundreds, and templates take ten times as long."""
    options = [
        f'<li><label class="choice facet-choice"><input type="checkbox" name="{name}" value="{_escaped(one.value)}"'
        f'{" checked" if one.selected else ""}><span class="facet-label">{_escaped(one.label)}</span>'
        f'<span class="facet-count">{one.count}<span class="sr-only"> openings</span></span></label></li>'
        for one in values
    ]
    return Markup(f'<ul class="facet-list">{"".join(options)}</ul>')  # noqa: S704 - every part is escaped


@lru_cache(maxsize=2048)
def _escaped(text: str) -> str:
    return str(escape(text))


@dataclass(frozen=True, slots=True)
class FacetShown:
    """A facet with its values, the most frequent first, "not stated" last."""

    name: str
    title: str
    values: tuple[FacetValue, ...]
    is_open: bool


def value_label(facet: str, value: str, words: Vocabularies) -> str:
    """What a person reads for a facet's value."""
    if value == NOT_STATED:
        return "Not stated"
    if facet in STATE_FACETS:
        return _state_names().get(value, value)
    return words[facet].label(value)


@cache
def _state_names() -> dict[str, str]:
    return {one.code: one.name for one in states()}


def facets_shown(
    counts: Mapping[str, Sequence[Count]], request: SearchRequest, words: Vocabularies
) -> tuple[FacetShown, ...]:
    """All facets in their order; a chosen value that nothing matches is shown with 0."""
    return tuple(_facet(name, counts.get(name, ()), request.facets.get(name, ()), words) for name in FACETS)


def _facet(name: str, counts: Sequence[Count], chosen: tuple[str, ...], words: Vocabularies) -> FacetShown:
    values = [
        FacetValue(
            one.value, value_label(name, one.value, words), one.count, one.openings, one.value in chosen
        )
        for one in counts
    ]
    met = {value.value for value in values}
    values += [
        FacetValue(value, value_label(name, value, words), 0, 0, True) for value in chosen if value not in met
    ]
    values.sort(key=lambda one: (one.value == NOT_STATED, -one.count, one.label))
    return FacetShown(name, TITLES[name], tuple(values), bool(chosen) or name in {"specialty", "credential"})
