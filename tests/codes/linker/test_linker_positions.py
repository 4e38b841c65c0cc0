"""Positions and intervals: when a query meets a mention."""

from __future__ import annotations

import pytest

from jobboard.codes.linker import interval, position


def meet(system: str, one: tuple, other: tuple) -> bool:
    low, high = interval(system, *one)
    other_low, other_high = interval(system, *other)
    return low <= other_high and other_low <= high


@pytest.mark.parametrize(
    ("system", "query", "mention", "expected"),
    [
        ("icd10cm", ("E11.9",), ("E11", None, True), True),
        ("icd10cm", ("E11",), ("E11.65",), True),
        ("icd10cm", ("E11.9",), ("E10", "E14"), True),
        ("icd10cm", ("E14.9",), ("E10", "E14"), True),
        ("icd10cm", ("E15",), ("E10", "E14"), False),
        ("icd10cm", ("E11.9",), ("E11.65",), False),
        ("icd10cm", ("S72.001",), ("S72.001A",), True),
        ("icd10pcs", ("0SR", None, True), ("0SRD0J9",), True),
        ("cpt", ("62323",), ("62320", "62327"), True),
        ("cpt", ("62328",), ("62320", "62327"), False),
        ("cpt", ("99213",), ("9921", None, True), True),
        ("cpt", ("0075T",), ("00100", "01999"), False),
        ("hcpcs", ("J1885",), ("J0000", "J9999"), True),
        ("msdrg", ("65",), ("064", "066"), True),
        ("hcc", ("9",), ("8", "12"), True),
        ("hcc", ("100",), ("8", "12"), False),
    ],
)
def test_intervals_overlap_as_their_codes_do(system, query, mention, expected):
    assert meet(system, query, mention) is expected


def test_a_position_is_undotted_and_upper_case():
    assert position("icd10cm", "e11.65") == "E1165"
    assert position("cpt", "0075t") == "T0075"
