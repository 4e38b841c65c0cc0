"""Every engine filters, counts, sorts and pages alike. Knows the promise only, no engine."""

from __future__ import annotations

from typing import Any

import pytest

from search_index import (
    AnyOf,
    BadQuery,
    Between,
    Both,
    Buckets,
    Condition,
    Count,
    Either,
    Facet,
    Index,
    Order,
    Overlapping,
    Query,
    Sort,
    Stated,
    Without,
)
from tests.search_index.conftest import found
from tests.search_index.corpus import DAY, NOW, icd

TEXAS = AnyOf("state", ("TX",))
REMOTE = AnyOf("arrangement", ("remote",))
NEWEST = [4, 1, 6, 10, 9, 2, 11, 13, 3, 14, 15, 7, 16, 17, 8, 18, 19, 20, 5, 21, 22, 23, 25, 24, 26, 27, 28]
NEWEST += [9001, 30, 29, 32, 12, 34, 35, 36, 33]
BY_PAY = [
    36,
    21,
    11,
    14,
    10,
    16,
    5,
    15,
    3,
    32,
    1,
    26,
    4,
    27,
    19,
    9,
    18,
    2,
    6,
    22,
    23,
    24,
    8,
    13,
    9001,
    30,
    29,
]
BY_PAY += [12, 33, 20, 35, 17]
WITHOUT_PAY = [7, 25, 28, 34]
PAY_RISING = [
    17,
    35,
    20,
    12,
    33,
    13,
    9001,
    30,
    29,
    8,
    6,
    22,
    23,
    24,
    2,
    18,
    9,
    19,
    27,
    4,
    26,
    1,
    32,
    3,
    15,
    5,
]
PAY_RISING += [16, 10, 14, 11, 21, 36]

CONDITIONS: list[tuple[str, Condition, set[int]]] = [
    ("one value", TEXAS, {1, 2, 24, 25}),
    ("either of two values", AnyOf("state", ("OH", "NY")), {4, 5, 16, 17}),
    ("one of several values of a posting", AnyOf("credential", ("CPMA",)), {7, 15, 36}),
    ("a value as written only", AnyOf("state", ("tx",)), set()),
    ("a value nobody has", AnyOf("state", ("ZZ",)), set()),
    ("a value that cannot be", AnyOf("state", ("\ud800", "T\x00X", "")), set()),
    ("no values at all", AnyOf("state", ()), set()),
    ("an uncounted keyword", AnyOf("source", ("feed-a",)), {29, 30, 9001}),
    ("between, inclusive", Between("pay", 44, 46), {10, 14, 16}),
    ("at least", Between("pay", 48), {11, 21, 36}),
    ("at most", Between("pay", None, 25), {17, 35}),
    ("between nothing", Between("pay", 10, 5), set()),
    ("any stated", Between("pay"), set(BY_PAY)),
    ("posted within three days", Between("posted", NOW - 3 * DAY), {1, 4, 6}),
    ("stated", Stated("posted"), set(NEWEST) - {33}),
    ("not stated", Without(Stated("pay")), set(WITHOUT_PAY)),
    (
        "without a value",
        Without(AnyOf("credential", ("CPC",))),
        set(NEWEST) - {1, 2, 8, 9, 10, 13, 14, 16, 18, 20} - {24, 33, 34, 36},
    ),
    ("either", Either((TEXAS, Between("pay", 50))), {1, 2, 21, 24, 25, 36}),
    ("either of none", Either(()), set()),
    ("both", Both((TEXAS, REMOTE)), {2, 24}),
    ("both of none", Both(()), set(NEWEST)),
    ("both and without", Both((TEXAS, Without(REMOTE))), {1, 25}),
    ("overlapping codes", Overlapping("codes", (icd("E11.9"),)), {6, 7, 8}),
]


@pytest.mark.parametrize(
    ("condition", "expected"), [row[1:] for row in CONDITIONS], ids=[row[0] for row in CONDITIONS]
)
def test_a_filter_keeps_exactly_what_meets_it(index: Index, condition: Condition, expected: set[int]) -> None:
    page = index.search(Query(filters={"any": condition}, size=100))
    assert {int(one) for one in page.ids} == expected
    assert page.total == len(expected)
    assert list(map(int, page.ids)) == [one for one in NEWEST if one in expected]


def test_filters_must_all_hold_together_with_the_words(index: Index) -> None:
    filters = {"state": AnyOf("state", ("FL", "TX")), "arrangement": REMOTE}
    assert found(index, Query(filters=filters)) == [10, 2, 23, 24]
    assert set(found(index, Query("coder -spine", filters=filters))) == {2, 23, 24}


def counts(index: Index, query: Query) -> dict[str, dict[str, tuple[int, int]]]:
    return {
        name: {one.value: (one.count, one.openings) for one in values}
        for name, values in index.search(query).counts.items()
    }


def test_facets_count_postings_and_sum_openings(index: Index) -> None:
    told = counts(
        index, Query("inpatient", facets=(Facet("state", "state"), Facet("arrangement", "arrangement")))
    )
    assert told == {
        "state": {"OH": (2, 4), "MA": (1, 1)},
        "arrangement": {"remote": (1, 3), "on-site": (1, 1), "hybrid": (1, 1)},
    }
    page = index.search(Query("inpatient"))
    assert (page.total, page.openings) == (3, 5)


def test_a_missing_or_odd_number_of_openings_counts_as_one(index: Index) -> None:
    page = index.search(Query("oasis", facets=(Facet("state", "state"),)))
    assert (page.total, page.openings) == (3, 3)
    assert page.counts["state"] == (Count("ME", 3, 3),)


def test_counts_leave_out_the_filter_of_their_own_facet_only(index: Index) -> None:
    facets = (Facet("state", "state"), Facet("arrangement", "arrangement"))
    filters = {"state": TEXAS, "arrangement": REMOTE}
    told = counts(index, Query("coder", filters=filters, facets=facets))
    assert told["arrangement"] == {"on-site": (2, 3), "remote": (2, 2)}
    assert told["state"]["TX"] == (2, 2)
    assert told["state"]["FL"] == (2, 2)
    assert told["state"]["OH"] == (1, 3)
    assert "NY" not in told["state"]


def test_counts_come_most_frequent_first_then_by_value_and_at_most_as_many_as_asked(index: Index) -> None:
    facet = Facet("credential", "credential", limit=4)
    values = index.search(Query(filters={"state": AnyOf("state", ("TX", "OR"))}, facets=(facet,))).counts[
        "credential"
    ]
    assert values == (Count("CPC", 3, 4), Count("CANPC", 1, 1), Count("CCC", 1, 2), Count("CCS-P", 1, 1))


def test_counts_of_everything_add_up(index: Index) -> None:
    told = counts(index, Query(facets=(Facet("arrangement", "arrangement"),)))["arrangement"]
    assert told["remote"] == (19, 33)
    assert told["remote-after-on-site"] == (1, 1)
    assert sum(count for count, _ in told.values()) == 36
    assert sum(openings for _, openings in told.values()) == 51


def test_a_facet_may_be_named_otherwise_than_its_field(index: Index) -> None:
    query = Query(filters={"where": TEXAS}, facets=(Facet("where", "state"), Facet("state", "state")))
    told = counts(index, query)
    assert told["state"] == {"TX": (4, 5)}
    assert told["where"]["FL"] == (4, 4)


def test_two_facets_may_count_one_field(index: Index) -> None:
    told = counts(index, Query("oasis", facets=(Facet("a", "state"), Facet("b", "state"))))
    assert told == {"a": {"ME": (3, 3)}, "b": {"ME": (3, 3)}}


def test_buckets_count_conditions_in_their_order_without_their_own_filter(index: Index) -> None:
    posted = Buckets(
        "posted", tuple((str(days), Between("posted", NOW - days * DAY)) for days in (1, 3, 7, 14, 30))
    )
    plain = index.search(Query(facets=(posted,))).counts["posted"]
    assert [(one.value, one.count) for one in plain] == [("1", 1), ("3", 3), ("7", 8), ("14", 14), ("30", 27)]
    assert plain[1].openings == 15
    query = Query(filters={"posted": Between("posted", NOW - DAY), "state": TEXAS}, facets=(posted,))
    page = index.search(query)
    assert page.total == 0
    assert [one.count for one in page.counts["posted"]] == [0, 1, 2, 2, 4]


def test_no_match_has_no_counts(index: Index) -> None:
    page = index.search(Query("nonsenseword", facets=(Facet("state", "state"),)))
    assert (page.ids, page.total, page.openings, page.counts["state"]) == ((), 0, 0, ())


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (None, NEWEST),
        (Sort("posted"), NEWEST),
        (Sort("pay"), BY_PAY + WITHOUT_PAY),
        (Sort("pay", Order.ASCENDING), PAY_RISING + WITHOUT_PAY),
        (Sort("openings"), [6, 13, 4, 1, 10, 29, 30]),
    ],
    ids=["newest without words", "posted", "pay falling", "pay rising", "openings"],
)
def test_sorts_put_missing_last_and_fall_back_to_newest_then_id(
    index: Index, sort: Sort | None, expected: list[int]
) -> None:
    assert found(index, Query(sort=sort, size=100))[: len(expected)] == expected


def test_the_oldest_come_first_when_asked(index: Index) -> None:
    rows = found(index, Query(sort=Sort("posted", Order.ASCENDING), size=100))
    assert rows[:4] == [36, 35, 34, 12]
    assert rows[5:8] == [9001, 30, 29]
    assert rows[-1] == 33


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 35, 36, 50])
@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("", None),
        ("", Sort("pay")),
        ("", Sort("pay", Order.ASCENDING)),
        ("", Sort("openings")),
        ("", Sort("openings", Order.ASCENDING)),
        ("", Sort("posted", Order.ASCENDING)),
        ("coder", None),
        ("co*", None),
    ],
)
def test_paging_never_repeats_or_drops_a_row(index: Index, size: int, text: str, sort: Sort | None) -> None:
    whole = found(index, Query(text, sort=sort, size=100))
    pages = [found(index, Query(text, sort=sort, size=size, page=page)) for page in range(1, 40)]
    assert [one for page in pages for one in page] == whole
    assert len(set(whole)) == len(whole)


@pytest.mark.parametrize("size", [1, 2, 5])
def test_paging_holds_where_scores_are_equal(index: Index, size: int) -> None:
    whole = found(index, Query("co*", decay=False, size=100))
    assert len(whole) > 30
    pages = [found(index, Query("co*", decay=False, size=size, page=page)) for page in range(1, 40)]
    assert [one for page in pages for one in page] == whole


def test_size_nought_only_counts(index: Index) -> None:
    page = index.search(Query("cardiology", size=0, facets=(Facet("state", "state"),)))
    assert (page.ids, page.total) == ((), 4)
    assert page.counts["state"][0] == Count("TX", 2, 3)


BAD: list[tuple[dict[str, Any], str]] = [
    ({"filters": {"a": AnyOf("nowhere", ("x",))}}, "nowhere"),
    ({"filters": {"a": AnyOf("pay", ("x",))}}, "pay"),
    ({"filters": {"a": AnyOf("title", ("x",))}}, "title"),
    ({"filters": {"a": Between("state", 1)}}, "state"),
    ({"filters": {"a": Between("pay", 2**63)}}, "pay"),
    ({"filters": {"a": Stated("state")}}, "state"),
    ({"filters": {"a": Overlapping("state", ())}}, "state"),
    ({"filters": {"a": Without(Either((AnyOf("gone", ("x",)),)))}}, "gone"),
    ({"facets": (Facet("a", "nowhere"),)}, "nowhere"),
    ({"facets": (Facet("a", "source"),)}, "source"),
    ({"facets": (Facet("a", "pay"),)}, "pay"),
    ({"facets": (Buckets("a", (("x", AnyOf("gone", ("x",))),)),)}, "gone"),
    ({"sort": Sort("state")}, "state"),
    ({"sort": Sort("nowhere")}, "nowhere"),
]


@pytest.mark.parametrize(("asked", "named"), BAD, ids=range(len(BAD)))
def test_a_question_the_schema_cannot_answer_names_the_field(
    index: Index, asked: dict[str, Any], named: str
) -> None:
    with pytest.raises(BadQuery, match=named):
        index.search(Query(**asked))


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"page": 0}, "page"),
        ({"size": 101}, "size"),
        ({"size": -1}, "size"),
        ({"page": 501, "size": 20}, "10,000"),
        ({"facets": (Facet("a", "state"), Facet("a", "state"))}, "twice"),
    ],
)
def test_an_impossible_page_is_refused_before_it_is_asked(asked: dict[str, Any], named: str) -> None:
    with pytest.raises(BadQuery, match=named):
        Query(**asked)
