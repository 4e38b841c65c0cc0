"""Facets as people see them: titles, labels of values, and counts in a sensible order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from jobboard.codes.chapters import chapters
from jobboard.places import states
from jobboard.postings.pay import money
from jobboard.search.bands import BANDED
from jobboard.search.filters import PAY_STEPS
from jobboard.search.hierarchies import LEVELS, from_index, parent, unfolded
from jobboard.search.quantities import cents
from jobboard.search.request import CLOSING_DAYS, NOT_STATED, POSTED_DAYS, STATE_FACETS
from search_index import Count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jobboard.search.request import SearchRequest
    from jobboard.vocabulary import Vocabularies

TITLES = {
    "specialty": "Specialty",
    "credential": "Credential",
    "role": "Role",
    "side": "Coding side",
    "arrangement": "Arrangement",
    "hires_in": "Remote: hires in",
    "state": "Workplace",
    "city": "City",
    "employment": "Employment",
    "experience": "Experience",
    "specialty_experience": "Experience in the specialty",
    "apprentice": "Apprentices",
    "schedule": "Schedule",
    "pay_basis": "Paid",
    "system": "Code system",
    "chapter": "Chapter",
    "block": "Block",
    "setting": "Setting",
    "tool": "Tools",
    "benefit": "Benefits",
    "chart_type": "Chart type",
    "accuracy": "Accuracy target",
    "qa_appeal": "QA appeal",
    "posted": "Posted",
    "closing": "Closing",
    "pay": "Pay",
}
POSTED_LABELS = {
    1: "Last 24 hours",
    3: "Last 3 days",
    7: "Last 7 days",
    14: "Last 14 days",
    30: "Last 30 days",
}
CLOSING_LABELS = {3: "Within 3 days", 7: "Within 7 days", 14: "Within 14 days"}
_OPEN = frozenset({"specialty", "credential"})
_SHORT_DASH = str.maketrans("-", "–")


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value: advertisements and, beside them, the openings they stand for.

    `facet` is the parameter that it belongs to, `level` how far below the top of a hierarchy it stands.
    """

    value: str
    label: str
    count: int
    openings: int
    selected: bool = False
    facet: str = ""
    level: int = 0


def facet_options(name: str, values: Sequence[FacetValue]) -> Markup:
    """The values as a list of checkboxes; a page has some hundreds, and templates take ten times as long."""
    options = [
        f'<li{f" class=facet-level-{one.level}" if one.level else ""}><label class="choice facet-choice">'
        f'<input type="checkbox" name="{one.facet or name}" value="{_escaped(one.value)}"'
        f'{" checked" if one.selected else ""}><span class="facet-label">{_escaped(one.label)}</span>'
        f'<span class="facet-count">{one.count}<span class="sr-only"> openings</span></span></label></li>'
        for one in values
    ]
    return Markup(f'<ul class="facet-list">{"".join(options)}</ul>')  # noqa: S704 - every part is escaped


@lru_cache(maxsize=4096)
def _escaped(text: str) -> str:
    return str(escape(text))


@dataclass(frozen=True, slots=True)
class FacetShown:
    """A facet with its values: those of a number in its order, others the most frequent first; "not stated" last."""

    name: str
    title: str
    values: tuple[FacetValue, ...]
    is_open: bool


@lru_cache(maxsize=16_384)
def value_label(facet: str, value: str, words: Vocabularies) -> str:
    """What a person reads for a facet's value."""
    if value == NOT_STATED:
        return "Not stated" if facet != "pay" else "Not stated or not comparable"
    if facet in STATE_FACETS:
        return _state_names().get(value, value)
    if facet in {"chapter", "block"}:
        found = chapters()[value]
        return f"{found.codes.translate(_SHORT_DASH)} {found.title}"
    if facet in BANDED:
        return BANDED[facet].get(value, value)
    if facet == "pay":
        return f"At least {money(cents(value))} an hour"
    return value if facet == "city" else words[facet].label(value)


@cache
def _state_names() -> dict[str, str]:
    return {one.code: one.name for one in states()}


def facets_shown(
    counts: Mapping[str, Sequence[Count]], request: SearchRequest, words: Vocabularies
) -> tuple[FacetShown, ...]:
    """The counted facets in their order; a chosen value that nothing matches is shown with 0."""
    return (
        *(_facet(name, _branches(name, counts, request), request, words) for name in request.counted_facets),
        _steps("posted", counts, {str(days): POSTED_LABELS[days] for days in POSTED_DAYS}, request.posted),
        _steps(
            "closing", counts, {str(days): CLOSING_LABELS[days] for days in CLOSING_DAYS}, request.closing
        ),
        _pay(counts, request),
    )


def _branches(name: str, counts: Mapping[str, Sequence[Count]], request: SearchRequest) -> list[Count]:
    """The counts of a facet; for a lower level those of its branches together."""
    tree = LEVELS.get(name, ())
    if not tree or name == tree[0]:
        return list(counts.get(name, ()))
    found = {one.value: one for one in counts.get(name, ())}
    for above in unfolded(tree, request.facets)[name]:
        found |= {one.value: one for one in counts.get(f"{name} {above}", ())}
    return [replace(one, value=from_index(name, one.value)) for one in found.values()]


def _facet(name: str, counts: Sequence[Count], request: SearchRequest, words: Vocabularies) -> FacetShown:
    chosen = request.facets.get(name, ())
    met = {one.value for one in counts}
    values = [
        FacetValue(value, value_label(name, value, words), count, openings, value in chosen, name)
        for value, count, openings in (
            *((one.value, one.count, one.openings) for one in counts),
            *((value, 0, 0) for value in chosen if value not in met),
        )
    ]
    if name in BANDED:
        order = {value: nth for nth, value in enumerate(BANDED[name])}
        values.sort(key=lambda one: order.get(one.value, len(order)))
    elif name in {"chapter", "block"}:
        order = {value: nth for nth, value in enumerate(chapters())}
        values.sort(key=lambda one: order[one.value])
    else:
        values.sort(key=lambda one: (one.value == NOT_STATED, -one.count, one.label))
    return FacetShown(name, TITLES[name], tuple(values), bool(chosen) or name in _OPEN)


def _steps(
    name: str, counts: Mapping[str, Sequence[Count]], labels: Mapping[str, str], chosen: int | None
) -> FacetShown:
    values = (
        FacetValue(one.value, labels[one.value], one.count, one.openings, one.value == str(chosen), name)
        for one in counts.get(name, ())
    )
    return FacetShown(name, TITLES[name], tuple(values), bool(chosen))


def uncounted(name: str, labels: Mapping[int, str]) -> tuple[FacetValue, ...]:
    """The steps of days as they are offered where nothing is counted."""
    return tuple(FacetValue(str(days), label, 0, 0, facet=name) for days, label in labels.items())


def _pay(counts: Mapping[str, Sequence[Count]], request: SearchRequest) -> FacetShown:
    """The steps of the histogram by their first dollar, and what states no comparable pay."""
    wanted = [cents(one) for one in request.pay if one != NOT_STATED]
    labels = {
        str(first): (
            f"{money(first * 100)} to {money(end * 100 - 1)}" if end else f"{money(first * 100)} and more"
        )
        for first, end in zip(PAY_STEPS, (*PAY_STEPS[1:], None), strict=True)
    }
    labels |= {"0": f"Under {money(PAY_STEPS[1] * 100)}", NOT_STATED: "Not stated or not comparable"}
    met = {one.value: one for one in counts.get("pay", ())}
    values = []
    for step, label in labels.items():
        found = met.get(step, Count(step, 0, 0))
        chosen = (
            step in request.pay if step == NOT_STATED else any(int(step) * 100 >= least for least in wanted)
        )
        values.append(FacetValue(step, label, found.count, found.openings, chosen, "pay"))
    return FacetShown("pay", TITLES["pay"], tuple(values) if "pay" in counts else (), is_open=True)


def nested(shown: Sequence[FacetShown]) -> list[FacetShown]:
    """The facets of a page: lower levels stand below their values, under the title of the top."""
    by_name = {facet.name: facet for facet in shown}
    found = []
    for facet in shown:
        tree = LEVELS.get(facet.name, ())
        if not tree:
            found.append(facet)
        elif facet.name == tree[0]:
            values = tuple(_below(facet.values, tree[1:], by_name, 1))
            found.append(replace(facet, values=values, is_open=any(one.selected for one in values)))
    return found


def _below(
    values: Sequence[FacetValue], levels: Sequence[str], by_name: Mapping[str, FacetShown], level: int
) -> list[FacetValue]:
    if not levels:
        return list(values)
    under: dict[str, list[FacetValue]] = {}
    for one in by_name[levels[0]].values:
        label = one.label.rpartition(", ")[0] if one.facet == "city" else one.label
        under.setdefault(parent(levels[0], one.value), []).append(replace(one, level=level, label=label))
    found = []
    for value in values:
        found.append(value)
        found += _below(under.get(value.value, ()), levels[1:], by_name, level + 1)
    return found


def narrowed(shown: Sequence[FacetShown], text: str) -> list[FacetShown]:
    """Those values whose label has `text` in it, and chosen ones; everything for an empty text."""
    wanted = text.strip().casefold()
    if not wanted:
        return list(shown)
    found = []
    for facet in shown:
        values = tuple(one for one in facet.values if one.selected or wanted in one.label.casefold())
        if values:
            found.append(replace(facet, values=values, is_open=True))
    return found
