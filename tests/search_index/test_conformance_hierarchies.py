"""Every engine counts levels of a hierarchy, overlapping stretches and rings of places alike."""

from __future__ import annotations

import pytest

from search_index import (
    AnyOf,
    BadQuery,
    Between,
    Buckets,
    Count,
    Facet,
    Index,
    Order,
    Query,
    Rings,
    Sort,
    Without,
)
from search_index import Stated as StatedNumber
from search_index.query import MOST_RINGS
from tests.search_index.conftest import found
from tests.search_index.corpus import DAY, NOW
from tests.search_index.test_conformance_filters import NEWEST

TEXAS, FLORIDA = AnyOf("state", ("TX",)), AnyOf("state", ("FL",))


def test_a_level_leaves_out_the_filter_that_it_shares_with_the_level_above(index: Index) -> None:
    facets = (
        Facet("state", "state", without="where"),
        Facet("arrangement", "arrangement", without="where"),
        Facet("credential", "credential"),
    )
    page = index.search(Query(filters={"where": TEXAS}, facets=facets))
    plain = index.search(Query(facets=(Facet("state", "state"), Facet("arrangement", "arrangement"))))
    assert page.total == 4
    assert page.counts["state"] == plain.counts["state"]
    assert page.counts["arrangement"] == plain.counts["arrangement"]
    assert sum(one.count for one in page.counts["credential"]) < 10


def test_a_facet_with_another_filter_to_leave_out_is_under_the_one_of_its_own_name(index: Index) -> None:
    facet = Facet("state", "state", without="nothing")
    assert index.search(Query(filters={"state": TEXAS}, facets=(facet,))).counts["state"] == (
        Count("TX", 4, 5),
    )


@pytest.mark.parametrize(
    ("field", "prefix", "expected"),
    [
        ("state", "T", {"TX"}),
        ("state", "TX", {"TX"}),
        ("state", "t", set()),
        ("state", ".", set()),
        ("arrangement", "remote", {"remote", "remote-after-training", "remote-after-on-site"}),
        ("arrangement", "remote-", {"remote-after-training", "remote-after-on-site"}),
        ("arrangement", "re.*", set()),
        ("arrangement", "(", set()),
    ],
)
def test_only_values_with_the_prefix_are_counted(
    index: Index, field: str, prefix: str, expected: set[str]
) -> None:
    everything = index.search(Query(facets=(Facet("all", field),))).counts["all"]
    some = Facet("some", field, prefix=prefix)
    alone = index.search(Query(facets=(some,))).counts["some"]
    assert alone == tuple(one for one in everything if one.value.startswith(prefix))
    assert {one.value for one in alone} <= expected
    assert bool(alone) == bool(expected)
    beside = index.search(Query(facets=(Facet("all", field), some, Facet("credential", "credential"))))
    assert (beside.counts["all"], beside.counts["some"]) == (everything, alone)


def test_the_limit_counts_values_with_the_prefix_only(index: Index) -> None:
    facets = (Facet("a", "credential"), Facet("b", "credential", limit=2, prefix="CP"))
    told = index.search(Query(facets=facets)).counts
    assert told["b"] == tuple(one for one in told["a"] if one.value.startswith("CP"))[:2]


def test_buckets_may_overlap_mix_fields_and_stand_beside_what_is_not_stated(index: Index) -> None:
    pay = Buckets(
        "pay",
        (
            ("under 30", Between("pay", None, 29)),
            ("30s", Between("pay", 30, 39)),
            ("from 35", Between("pay", 35)),
            ("35 to 45", Between("pay", 35, 45)),
            ("just 40", Between("pay", 40, 40)),
            ("none", Between("pay", 40, 39)),
            ("any", Between("pay")),
            ("not stated", Without(StatedNumber("pay"))),
            ("this week", Between("posted", NOW - 7 * DAY)),
            ("beyond", Between("pay", 2**62)),
        ),
    )
    for filters in (
        {},
        {"pay": Between("pay", 48)},
        {"state": TEXAS},
        {"pay": Between("pay", 48), "a": FLORIDA},
    ):
        page = index.search(Query(filters=filters, facets=(pay, Facet("state", "state"))))
        kept = {name: one for name, one in filters.items() if name != "pay"}
        for (value, condition), told in zip(pay.conditions, page.counts["pay"], strict=True):
            alone = index.search(Query(filters={**kept, "bucket": condition}))
            assert told == Count(value, alone.total, alone.openings), (value, filters)
    assert index.search(Query(filters={"pay": Between("pay", 48)}, facets=(pay,))).counts["pay"][0].count


def in_rings(rings: tuple[set[int], ...]) -> list[int]:
    near = list(dict.fromkeys(one for ring in rings for one in NEWEST if one in ring))
    return near + [one for one in NEWEST if one not in near]


IN_TEXAS = {1, 2, 24, 25}


def states_of(index: Index, *states: str) -> set[int]:
    return set(found(index, Query(filters={"state": AnyOf("state", states)}, size=100)))


@pytest.mark.parametrize(
    "rings",
    [
        (("TX",), ("FL",), ("OH", "NY")),
        (("FL",), (), ("TX", "ZZ")),
        (("TX", "OH"), ("OH", "FL")),
        (("ZZ",), ("OR",)),
        (("tx", "\ud800", ""),),
        ((),),
        (),
    ],
    ids=str,
)
def test_rings_order_by_the_first_that_holds_then_newest_then_id(
    index: Index, rings: tuple[tuple[str, ...], ...]
) -> None:
    expected = in_rings(tuple(states_of(index, *ring) for ring in rings))
    page = index.search(Query(sort=Rings("state", rings), size=100))
    assert [int(one) for one in page.ids] == expected
    assert set(page.scores) == {0.0}
    assert page.total == len(NEWEST)
    for size in (1, 3, 7):
        pages = [found(index, Query(sort=Rings("state", rings), size=size, page=nth)) for nth in range(1, 38)]
        assert [one for page in pages for one in page] == expected


def test_rings_of_a_literal_example(index: Index) -> None:
    rings = Rings("state", (("OH",), ("TX",)))
    assert found(index, Query(sort=rings, size=8)) == [4, 5, 1, 2, 25, 24, 6, 10]
    assert found(
        index, Query("coder", sort=rings, filters={"state": AnyOf("state", ("TX", "FL", "OH"))})
    ) == [
        one
        for one in found(index, Query(sort=rings, size=100))
        if one
        in set(found(index, Query("coder", filters={"state": AnyOf("state", ("TX", "FL", "OH"))}, size=100)))
    ]


def test_a_posting_in_several_places_lies_in_its_nearest_ring(index: Index) -> None:
    several = Rings("credential", (("CPMA",), ("CPC",)))
    first = found(index, Query(sort=several, size=100))
    holders = set(found(index, Query(filters={"a": AnyOf("credential", ("CPMA",))}, size=100)))
    assert set(first[: len(holders)]) == holders


@pytest.mark.parametrize(
    ("sort", "named"),
    [
        (Rings("pay", (("1",),)), "pay"),
        (Rings("nowhere", (("1",),)), "nowhere"),
        (Rings("title", ()), "title"),
        (Rings("state", (("TX",),) * (MOST_RINGS + 1)), "rings"),
        (Sort("state", Order.ASCENDING), "state"),
    ],
)
def test_rings_of_what_cannot_be_are_refused(index: Index, sort: Rings | Sort, named: str) -> None:
    with pytest.raises(BadQuery, match=named):
        index.search(Query(sort=sort))


def test_five_hundred_rings_of_many_values_are_answered(index: Index) -> None:
    rings = tuple(tuple(f"{ring}-{value}" for value in range(40)) for ring in range(MOST_RINGS - 1))
    sort = Rings("state", (*rings, ("TX",)))
    assert found(index, Query(sort=sort, size=5))[:4] == [one for one in NEWEST if one in IN_TEXAS]
