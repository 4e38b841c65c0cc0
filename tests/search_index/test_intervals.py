"""Codes, families and ranges are intervals, and terms tell exactly whether two overlap."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index import Interval, Schema, Text
from search_index.intervals import ALPHABET, position
from search_index.schema import Integer


@pytest.mark.parametrize(
    ("system", "code", "expected"),
    [
        ("icd10cm", "e11.9", "E119"),
        ("cpt", "99213", "99213"),
        ("cpt", "0075T", "T0075"),
        ("hcpcs", "j1100", "J1100"),
        ("hcc", "18", "018"),
        ("msdrg", "3", "003"),
        ("icd10pcs", "0SR", "0SR"),
    ],
)
def test_positions_follow_the_order_of_the_system(system: str, code: str, expected: str) -> None:
    assert position(system, code) == expected


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"system": "cpt", "start": ""}, "not a code"),
        ({"system": "cpt", "start": "99 213"}, "not a code"),
        ({"system": "cpt", "start": "123456789"}, "not a code"),
        ({"system": "cpt", "start": "É1"}, "not a code"),
        ({"system": "CPT codes", "start": "99213"}, "code system"),
        ({"system": "cpt", "start": "99215", "end": "99202"}, "backwards"),
        ({"system": "icd10cm", "start": "E11", "end": "E11.9"}, "not a range"),
        ({"system": "icd10cm", "start": "E08", "end": "E13", "family": True}, "not both"),
    ],
)
def test_what_is_no_interval_is_refused_with_its_reason(arguments: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Interval(**arguments)


def test_a_range_from_a_code_to_itself_is_the_code() -> None:
    assert Interval("cpt", "99213", "99213") == Interval("cpt", "99213")


def test_even_the_widest_range_has_a_bounded_cover() -> None:
    assert len(Interval("icd10cm", "00000001", "ZZZZZZZY").cover) < 600


letters = st.text(alphabet="09AZ", min_size=1, max_size=4)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    start, end = sorted((draw(letters), draw(letters)))
    kind = draw(st.sampled_from(["code", "family", "range"]))
    if kind == "range" and not end.startswith(start):
        return Interval("x", start, end)
    return Interval("x", start, family=kind == "family")


def contains(interval: Interval, code: str) -> bool:
    """Whether a code lies in an interval, by its definition rather than by terms."""
    if interval.end is not None:
        return interval.start <= code and (code <= interval.end or code.startswith(interval.end))
    return code.startswith(interval.start) if interval.family else code == interval.start


@given(intervals(), intervals())
def test_overlap_by_terms_is_overlap_by_definition(one: Interval, other: Interval) -> None:
    # If two intervals share a code, they share the first code of one of them.
    expected = contains(one, other.start) or contains(other, one.start)
    assert one.overlaps(other) is expected
    assert other.overlaps(one) is expected


@given(intervals(), st.text(alphabet=ALPHABET, min_size=1, max_size=5))
def test_a_cover_holds_exactly_the_codes_of_the_interval(interval: Interval, code: str) -> None:
    held = [node for node in interval.cover if (code + "$").startswith(node)]
    assert len(held) == (1 if contains(interval, code) else 0)


def test_other_systems_never_overlap() -> None:
    assert not Interval("cpt", "00000", "ZZZZZ").overlaps(Interval("hcpcs", "J1100"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"fields": (Text("Title"),)}, "names"),
        ({"fields": (Text("_id"),)}, "names"),
        ({"fields": (Text("a"), Integer("a"))}, "twice"),
        ({"fields": (Text("a"),), "posted": "a"}, "integer"),
        ({"fields": (Text("a"),), "weight": "gone"}, "integer"),
        ({"fields": (Text("a", 0),)}, "weight"),
        ({"fields": (Text("a"),), "half_life_days": 0}, "half_life"),
    ],
)
def test_a_schema_that_cannot_work_is_refused(arguments: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Schema("postings", **arguments)
