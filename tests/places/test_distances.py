"""Distances between places, their keys, and the rings around a point."""

from __future__ import annotations

import random

import pytest

from jobboard.places import find_place, miles_from, place_key, rings
from jobboard.places.distances import located, miles_between, nearest_postal_code
from jobboard.places.gazetteer import all_postal_codes


@pytest.mark.parametrize(
    ("one", "other", "miles"),
    [
        ((27.9475, -82.4584), (27.9475, -82.4584), 0),
        # Known great-circle distances: New York to Los Angeles, Anchorage to Honolulu, over the date line.
        ((40.7128, -74.0060), (34.0522, -118.2437), 2446),
        ((61.2181, -149.9003), (21.3069, -157.8583), 2782),
        ((51.88, 179.9), (51.88, -179.9), 9),
    ],
)
def test_miles_between_points(one: tuple[float, float], other: tuple[float, float], miles: int) -> None:
    assert miles_between(*one, *other) == pytest.approx(miles, abs=3)
    assert miles_between(*other, *one) == pytest.approx(miles_between(*one, *other))


@pytest.mark.parametrize(
    ("place", "key"),
    [
        (("Tampa", "FL", "33602"), "33602"),
        (("tampa", "FL", "33602-1234"), "33602"),
        (("Tampa", "FL", ""), "Tampa, FL"),
        (("saint petersburg", "FL", ""), "St. Petersburg, FL"),
        # A ZIP code of another state is a slip; the city counts.
        (("Tampa", "FL", "10001"), "Tampa, FL"),
        (("", "", "10001"), "10001"),
        (("Tampa", "", ""), None),
        (("Nowhere at all", "FL", ""), None),
        (("Nowhere at all", "FL", "", 27.95, -82.45), "33606"),
        (("Nowhere at all", "PR", "", 18.2, -66.4), None),
        (("", "", ""), None),
    ],
)
def test_the_key_of_a_workplace(place: tuple[str, str, str], key: str | None) -> None:
    assert place_key(*place) == key


@pytest.mark.parametrize("centre", ["33602", "New York, NY", "Anchorage, AK", "Honolulu, HI", "99553"])
@pytest.mark.parametrize("miles", [5, 50])
def test_rings_hold_every_key_at_its_distance(centre: str, miles: int) -> None:
    place = find_place(centre)
    assert place is not None
    found = rings(place.latitude, place.longitude, miles)
    assert len(found) == miles + 1
    where = {key: away for away, ring in enumerate(found) for key in ring}
    assert all(miles_from(place, key) == away for key, away in where.items())
    assert len(where) == sum(map(len, found))
    wider = rings(place.latitude, place.longitude, miles + 20)
    assert wider[: miles + 1] == found
    assert (place.zip or place.label) in found[0]


def test_a_key_that_a_workplace_gets_is_known() -> None:
    for city, code in (("Tampa", "FL"), ("Saint Louis", "MO"), ("Land O Lakes", "FL"), ("DeLand", "FL")):
        key = place_key(city, code, "")
        assert key is not None
        assert located(key) is not None
    assert located("Nowhere at all, FL") is None
    assert miles_from(find_place("33602"), "00000") is None  # type: ignore[arg-type]


def test_the_nearest_zip_code_is_that_of_all() -> None:
    known = list(all_postal_codes())
    chance = random.Random(3)
    for _ in range(60):
        latitude, longitude = chance.uniform(19, 64), chance.uniform(-160, -66)
        miles = chance.choice((5, 25, 60))
        apart = {number: miles_between(latitude, longitude, *place) for number, *place in known}
        nearest = min(apart, key=apart.__getitem__)
        found = nearest_postal_code(latitude, longitude, miles)
        if found is None:
            assert apart[nearest] > miles
        else:
            # Degrees instead of the sphere: off by less than a hundredth.
            assert apart[found] <= min(apart[nearest] * 1.01, miles * 1.05)
