"""Chapters and blocks of the code systems: what meets a code, and that the file says what the tabular list says."""

from __future__ import annotations

import pytest

from jobboard.codes.chapters import chapters, chapters_of
from jobboard.codes.icd10cm_source import read_shipped
from jobboard.codes.linker import interval


@pytest.mark.parametrize(
    ("system", "start", "end", "family", "expected"),
    [
        ("icd10cm", "I21.09", None, False, ["icd10cm:I00-I99", "icd10cm:I20-I25"]),
        ("icd10cm", "E11", None, True, ["icd10cm:E00-E89", "icd10cm:E08-E13"]),
        ("icd10cm", "A00", "A18.9", False, ["icd10cm:A00-B99", "icd10cm:A00-A09", "icd10cm:A15-A19"]),
        ("icd10cm", "R99", None, False, ["icd10cm:R00-R99", "icd10cm:R99-R99"]),
        (
            "icd10cm",
            "I99.9",
            "J00",
            False,
            ["icd10cm:I00-I99", "icd10cm:I95-I99", "icd10cm:J00-J99", "icd10cm:J00-J06"],
        ),
        ("icd10pcs", "0DTJ4ZZ", None, False, ["icd10pcs:0", "icd10pcs:0D"]),
        ("icd10pcs", "B", None, True, ["icd10pcs:B"]),
        ("hcpcs", "J1885", None, False, ["hcpcs:J"]),
        ("cpt", "99213", None, False, ["cpt:99200-99499"]),
        ("cpt", "93458", "99203", False, ["cpt:90000-99199", "cpt:99200-99499"]),
        ("cpt", "0075T", None, False, ["cpt:0001T-9999T"]),
        ("msdrg", "470", None, False, []),
        ("modifier", "59", None, False, []),
    ],
)
def test_the_chapters_and_blocks_that_a_code_meets(
    system: str, start: str, end: str | None, family: bool, expected: list[str]
) -> None:
    assert [one.key for one in chapters_of(system, *interval(system, start, end, family))] == expected


def test_every_block_lies_in_its_chapter_and_chapters_do_not_overlap() -> None:
    tops = [one for one in chapters().values() if not one.chapter]
    for one in chapters().values():
        if one.chapter:
            above = chapters()[one.chapter_key]
            assert above.low <= one.low <= one.high <= above.high, one.key
        met = [
            each
            for each in tops
            if each.system == one.system and each.low <= one.high and one.low <= each.high
        ]
        assert len(met) == 1, one.key


def test_the_file_says_what_the_tabular_list_says() -> None:
    shipped = {one.code: one for one in read_shipped().records if one.kind in {"chapter", "block"}}
    holders = {one.parent for one in shipped.values()}
    listed = {one.codes: one for one in chapters().values() if one.system == "icd10cm"}
    assert set(listed) == {
        code for code, one in shipped.items() if one.kind == "chapter" or code not in holders
    }
    assert all(shipped[codes].long == one.title for codes, one in listed.items())
