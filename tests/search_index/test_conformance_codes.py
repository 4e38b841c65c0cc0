"""Every engine matches codes, families and ranges by overlap. Knows the promise only, no engine."""

from __future__ import annotations

import pytest

from search_index import BadQuery, Engine, Index, Interval, Query, Schema, Sort, Text
from tests.search_index.conftest import found
from tests.search_index.corpus import cpt, hcpcs, icd, icd_family, pcs_table

CASES: list[tuple[str, tuple[Interval, ...], list[int]]] = [
    ("a code that is mentioned", (cpt("93458"),), [1]),
    ("a code inside a mentioned range", (cpt("99205"),), [2]),
    ("an equal code above a containing range, though older", (cpt("99213"),), [15, 2]),
    ("the first and last code of a range", (cpt("62320"), cpt("36248")), [9, 11]),
    ("a code just outside a range", (cpt("62328"),), []),
    ("a code between two mentioned ones", (cpt("93459"),), []),
    ("a range around codes and ranges", (cpt("93000", "93999"),), [1, 3]),
    ("a range that reaches into another", (cpt("99213", "99282"),), [2, 13, 15]),
    ("a range equal to a mentioned one", (cpt("99281", "99285"),), [13]),
    ("a range over half a chapter", (cpt("70000", "79999"),), [10, 9, 12]),
    ("a diagnosis, its family and a range around it", (icd("E11.9"),), [6, 7, 8]),
    ("the family itself above its members", (icd_family("E11"),), [7, 6, 8]),
    ("a narrower family", (icd_family("E11.6"),), [6, 7, 8]),
    ("a family nobody mentions inside a range", (icd_family("E10"),), [8]),
    ("a range equal to a mentioned one, with members", (icd("E08", "E13"),), [8, 6, 7]),
    ("dots and case do not matter", (icd("e119"),), [6, 7, 8]),
    ("a longer code below the end of a range", (icd("J44.9"),), [20]),
    ("a code deep below the last of a range", (icd("F19.20"),), [34]),
    ("a chapter", (icd("C50.911"),), [25]),
    ("a letter boundary inside a range", (icd("T14.90XA"),), [27]),
    ("a header code is not its family", (icd("E11"),), [7, 8]),
    ("either of two codes, equal ones first", (icd("E11.65"), icd("J44.1")), [6, 7, 8, 20]),
    ("a PCS code inside a mentioned table", (Interval("icd10pcs", "0SRC0J9"),), [18, 4]),
    ("a PCS table around a mentioned code", (pcs_table("0SR"),), [4, 18]),
    ("a drug", (hcpcs("j1885"),), [19]),
    ("a drug range", (hcpcs("J1000", "J1999"),), [19]),
    ("a drug whose number is also a diagnosis", (hcpcs("J1100"),), [19]),
    ("that diagnosis", (icd("J11.00"),), [20]),
    ("another system", (Interval("icd9cm", "93458"),), []),
    ("a category III code", (cpt("0075T"),), [28]),
    ("a category II code inside a range", (cpt("0005F"),), [28]),
    ("a category III code between category II codes", (cpt("0005T"),), []),
    ("a model number", (Interval("hcc", "18"),), [32]),
    ("a model number of another length", (Interval("hcc", "180"),), []),
    ("a range of model numbers", (Interval("hcc", "100", "110"),), [32]),
    ("a group", (Interval("msdrg", "470"),), [5]),
]


@pytest.mark.parametrize(("intervals", "expected"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_codes_match_where_intervals_overlap_and_equal_ones_rank_first(
    index: Index, intervals: tuple[Interval, ...], expected: list[int]
) -> None:
    page = index.search(Query(intervals=intervals, size=100))
    rows = [int(one) for one in page.ids]
    assert rows == expected
    assert page.total == len(expected)


def test_the_widest_range_finds_every_mention_of_its_system(index: Index) -> None:
    rows = found(index, Query(intervals=(cpt("00000", "ZZZZZ"),)))
    assert set(rows) == {1, 2, 3, 9, 10, 11, 12, 13, 15, 18, 19, 23, 28}


@pytest.mark.parametrize("size", [1, 2])
def test_paging_crosses_from_equal_codes_to_overlapping_ones(index: Index, size: int) -> None:
    pages = [
        found(index, Query(intervals=(icd_family("E11"),), size=size, page=page)) for page in range(1, 6)
    ]
    assert [one for page in pages for one in page] == [7, 6, 8]


def test_codes_combine_with_words_and_other_sorts(index: Index) -> None:
    assert found(index, Query("coder", intervals=(icd("E11.9"),))) == [6, 8]
    assert found(index, Query(intervals=(icd_family("E11"),), sort=Sort("posted"))) == [6, 7, 8]
    assert found(index, Query("-auditor", intervals=(icd_family("E11"),))) == [6, 8]


def test_an_index_without_codes_says_so(engine: Engine) -> None:
    schema = Schema("plain", (Text("title"),))
    with engine.open(schema, write=True) as writer:
        writer.swap(writer.begin_rebuild())
        with pytest.raises(BadQuery, match="no field for codes"):
            writer.search(Query(intervals=(cpt("93458"),)))
