"""Codes typed alone."""

from __future__ import annotations

import pytest

from jobboard.codes.linker import link, parse_query_code


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("E11.9", [("icd10cm", "E11.9", None)]),
        (" e119 ", [("icd10cm", "E11.9", None)]),
        ("62320-62327", [("cpt", "62320", "62327")]),
        ("99202-15", [("cpt", "99202", "99215")]),
        ("99213-25", [("cpt", "99213", None)]),
        ("I50.x", [("icd10cm", "I50", None)]),
        ("E10-E14", [("icd10cm", "E10", "E14")]),
        ("0SR", [("icd10pcs", "0SR", None)]),
        ("PCS 027", [("icd10pcs", "027", None)]),
        ("0dtj4zz", [("icd10pcs", "0DTJ4ZZ", None)]),
        ("E1165", [("hcpcs", "E1165", None), ("icd10cm", "E11.65", None)]),
        ("icd10cm:E1165", [("icd10cm", "E11.65", None)]),
        ("DRG 470", [("msdrg", "470", None)]),
        ("HCC 17-19", [("hcc", "17", "19")]),
        ("modifier xu", [("modifier", "XU", None)]),
    ],
)
def test_a_code_family_or_range_is_read(typed, readings):
    assert [(m.system, m.start, m.end) for m in parse_query_code(typed)] == readings


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "remote",
        "470",
        "25",
        "B12",
        "zip 77003",
        "cath lab 93458",
        "99213, 99214",
        "99215-99202",
        "0" * 5000,
        "ICD-9 V57.1",
    ],
)
def test_anything_else_is_no_code(typed):
    assert parse_query_code(typed) == []


@pytest.mark.parametrize("text", ["E11-E11.A9", "E11 - E11.a9", "I10-I10.9"])
def test_a_range_that_ends_below_its_beginning_is_the_family(text: str) -> None:
    (mention,) = parse_query_code(text.replace(" ", ""))
    assert (mention.end, mention.family) == (None, True)
    assert all(each.end is None or each.end > each.start for each in link(f"You code {text} and more."))
