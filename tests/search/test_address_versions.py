"""Addresses that people kept go on meaning the same search: one test for each migration, and for the mechanism."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jobboard.search.versions import CURRENT, MIGRATIONS, Renamed, Revalued, of_today

if TYPE_CHECKING:
    from tests.conftest import Player

# One old address for each migration, and what it is today.
KEPT = {
    2: ("q=pain&sort=closing", f"q=pain&sort=closing-soon&v={CURRENT}"),
}


def test_every_migration_has_a_kept_address() -> None:
    assert sorted({one.since for one in MIGRATIONS}) == sorted(KEPT)
    assert max(KEPT) == CURRENT


@pytest.mark.parametrize("since", KEPT)
def test_the_page_leads_from_an_old_address_to_the_new_one(since: int, visitor: Player) -> None:
    old, new = KEPT[since]
    for version in ("", f"&v={since - 1}"):
        answer = visitor.client.get(f"/jobs?{old}{version}")
        assert (answer.status_code, answer.location) == (301, f"/jobs?{new}")
    assert visitor.client.get(f"/jobs?{new}").status_code == 200


@pytest.mark.parametrize("since", KEPT)
def test_the_interface_reads_an_old_address_in_place(since: int, visitor: Player) -> None:
    old, _ = KEPT[since]
    assert visitor.client.get(f"/api/v1/jobs?{old}").status_code in {200, 503}
    assert visitor.client.get(f"/api/v1/jobs?{old}&v={since}").status_code == 400


@pytest.mark.parametrize("version", ["0", "-1", "99", "two", "1" * 200])
def test_a_version_that_never_was_is_refused_by_the_interface_and_ignored_by_the_page(
    version: str, visitor: Player
) -> None:
    refused = visitor.client.get(f"/api/v1/jobs?v={version}")
    assert refused.status_code == 400
    assert "v" in refused.get_json()["detail"]
    assert visitor.client.get(f"/jobs?v={version}").status_code == 200


def test_migrations_follow_one_another_and_newer_addresses_are_left_alone() -> None:
    steps = (Renamed(2, "town", "city"), Revalued(3, "city", "NYC", "New York"), Renamed(4, "city", "place"))
    assert of_today([("q", "x"), ("town", "NYC")], steps, 4) == [
        ("q", "x"),
        ("place", "New York"),
        ("v", "4"),
    ]
    assert of_today([("q", "x"), ("v", "1")], steps, 4) == [("q", "x"), ("v", "1")]
    assert of_today([("city", "NYC"), ("v", "2")], steps, 4) == [("place", "New York"), ("v", "4")]
