"""Facets whose values are no vocabulary: stretches of a number, and yes or no."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Band:
    """A stretch of a number from `least` to `most`, both inclusive, None being open."""

    value: str
    label: str
    least: float | None
    most: float | None


_MONTHS = (
    Band("1", "Up to 1 year", 1, 12),
    Band("2", "Over 1, up to 2 years", 13, 24),
    Band("3", "Over 2, up to 3 years", 25, 36),
    Band("5", "Over 3, up to 5 years", 37, 60),
    Band("more", "More than 5 years", 61, None),
)
# By facet: months of experience, and the accuracy aimed at, in percent.
BANDS: Mapping[str, tuple[Band, ...]] = MappingProxyType(
    {
        "experience": (Band("none", "None needed", None, 0), *_MONTHS),
        "specialty_experience": (Band("none", "None needed", None, 0), *_MONTHS),
        "accuracy": (
            Band("under-95", "Below 95 %", None, 94.999),
            Band("95", "95 %", 95, 95),
            Band("over-95", "Above 95 %", 95.001, None),
        ),
    }
)
_YES_OR_NO = {
    "apprentice": ("Apprentices welcome", "No apprentices"),
    "qa_appeal": ("QA findings can be appealed", "No appeal"),
}
# The labels of all such facets, in the order in which their values are shown.
BANDED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {facet: {band.value: band.label for band in bands} for facet, bands in BANDS.items()}
    | {facet: {"yes": yes, "no": no} for facet, (yes, no) in _YES_OR_NO.items()}
)


def band_of(facet: str, number: float | None) -> list[str]:
    """The value of `facet` that a number falls into; none for no number."""
    if number is None:
        return []
    return [
        band.value
        for band in BANDS[facet]
        if (band.least is None or number >= band.least) and (band.most is None or number <= band.most)
    ]


def yes_or_no(answer: bool | None) -> list[str]:
    """The value of a facet that says yes or no; none where nothing is said."""
    return [] if answer is None else ["yes" if answer else "no"]
