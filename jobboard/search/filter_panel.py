"""What the column of filters shows: fields for place and pay, the histogram of pay, and the facets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobboard.search.addresses import address
from jobboard.search.facets import (
    CLOSING_LABELS,
    POSTED_LABELS,
    FacetShown,
    FacetValue,
    narrowed,
    nested,
    uncounted,
)
from jobboard.search.quantities import MILES
from jobboard.search.request import ALL_FILTERS, FIRST_FACETS, NOT_STATED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jobboard.search.finder import Results
    from jobboard.search.request import SearchRequest

_OWN_PLACE = frozenset({"posted", "closing", "pay"})
# The histogram as drawn: a step is so wide, the tallest so high.
STEP_WIDTH, TALLEST = 24, 56
_GAP, _LEAST_HEIGHT = 3, 2


@dataclass(frozen=True)
class Bar:
    """A step of the histogram: its corner and size in the drawing."""

    x: int
    y: float
    width: int
    height: float
    selected: bool


@dataclass(frozen=True)
class FilterPanel:
    """Everything in the column. `near` and `pay` are as typed, also where that was not understood.

    `further` are the facets beyond those of the first sight; they come with `more_url`, and go with `fewer_url`.
    """

    facets: tuple[FacetShown, ...]
    further: tuple[FacetShown, ...]
    more_url: str
    fewer_url: str
    near: str
    near_problem: str
    miles: int
    miles_choices: Sequence[int]
    pay: str
    pay_problem: str
    pay_steps: tuple[FacetValue, ...]
    pay_unstated: FacetValue | None
    bars: tuple[Bar, ...]
    posted: tuple[FacetValue, ...]
    closing: tuple[FacetValue, ...]
    days_counted: bool
    values: str

    @property
    def drawing(self) -> str:
        """The box of the drawing, as SVG has it."""
        return f"0 0 {len(self.bars) * STEP_WIDTH} {TALLEST}"


def filter_panel(
    asked: SearchRequest, results: Results, args: Mapping[str, str], wrong: Mapping[str, str]
) -> FilterPanel:
    """The column for a search and its results."""
    by_name = {facet.name: facet for facet in results.facets}
    pay = by_name["pay"].values if "pay" in by_name else ()
    steps = tuple(one for one in pay if one.value != NOT_STATED)
    facets = narrowed([one for one in nested(results.facets) if one.name not in _OWN_PLACE], asked.values)
    least = next((value for value in asked.pay if value != NOT_STATED), "")
    return FilterPanel(
        facets=tuple(one for one in facets if one.name in FIRST_FACETS),
        further=tuple(one for one in facets if one.name not in FIRST_FACETS),
        more_url="" if asked.filters == ALL_FILTERS or asked.values else address(asked, filters=ALL_FILTERS),
        fewer_url=address(asked, filters="") if asked.filters == ALL_FILTERS else "",
        near=args.get("near", "").strip()[:80] if "near" in wrong else asked.near,
        near_problem=wrong.get("near", ""),
        miles=asked.miles,
        miles_choices=MILES,
        pay=least,
        pay_problem=wrong.get("pay", ""),
        pay_steps=steps,
        pay_unstated=next((one for one in pay if one.value == NOT_STATED), None),
        bars=_bars(steps),
        posted=_days(by_name, "posted", POSTED_LABELS),
        closing=_days(by_name, "closing", CLOSING_LABELS),
        days_counted=asked.counts_days,
        values=asked.values,
    )


def _days(shown: Mapping[str, FacetShown], name: str, labels: Mapping[int, str]) -> tuple[FacetValue, ...]:
    if name not in shown:
        return ()
    return shown[name].values or uncounted(name, labels)


def _bars(steps: Sequence[FacetValue]) -> tuple[Bar, ...]:
    most = max((one.count for one in steps), default=0)
    if not most:
        return ()
    heights = [
        max(round(TALLEST * one.count / most, 1), _LEAST_HEIGHT) if one.count else 0.0 for one in steps
    ]
    return tuple(
        Bar(nth * STEP_WIDTH, round(TALLEST - height, 1), STEP_WIDTH - _GAP, height, one.selected)
        for nth, (one, height) in enumerate(zip(steps, heights, strict=True))
    )
