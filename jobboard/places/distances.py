"""How far apart places are, and which places lie around one.

A workplace is known by a key: its ZIP code, else "City, ST". Distances run between the middles of ZIP codes and
cities, on a sphere (haversine, mean radius of the Earth 3,958.76 miles), and are whole miles.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from math import asin, cos, degrees, floor, radians, sin, sqrt
from typing import TYPE_CHECKING

from jobboard.places.gazetteer import Place, all_cities, all_postal_codes, city, postal_code

if TYPE_CHECKING:
    from collections.abc import Iterator

EARTH_MILES = 3958.76
# A point without a known ZIP code or city is that of the nearest ZIP code, if there is one within so many miles.
_NEAR_MILES = 25
# Degrees of latitude and longitude.
_SQUARE = 0.15


def miles_between(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The great-circle distance in miles of two points given in degrees."""
    north, other_north = radians(latitude), radians(other_latitude)
    across = sin((other_north - north) / 2) ** 2
    across += cos(north) * cos(other_north) * sin(radians(other_longitude - longitude) / 2) ** 2
    return 2 * EARTH_MILES * asin(sqrt(min(across, 1.0)))


@lru_cache(maxsize=65_536)
def place_key(
    city_name: str,
    state_code: str,
    zip_code: str,
    latitude: float | None = None,
    longitude: float | None = None,
) -> str | None:
    """The key of a workplace: its ZIP code where that lies in its state, else its city, else the nearest ZIP code."""
    number = zip_code.strip()[:5]
    at_zip = postal_code(number) if number else None
    if at_zip is not None and state_code in {"", at_zip.state}:
        return number
    named = city(city_name, state_code) if city_name and state_code else None
    if named is not None:
        return named.label
    if latitude is None or longitude is None:
        return None
    return nearest_postal_code(latitude, longitude, _NEAR_MILES)


def located(key: str) -> tuple[float, float] | None:
    """The degrees of latitude and longitude of a key, or nothing."""
    if key.isdigit():
        found = postal_code(key)
    else:
        name, _, code = key.rpartition(", ")
        found = city(name, code)
    return (found.latitude, found.longitude) if found else None


def miles_from(place: Place, key: str) -> int | None:
    """How many whole miles the workplace `key` lies from `place`, or nothing where it is not known."""
    found = located(key)
    if found is None:
        return None
    return round(miles_between(place.latitude, place.longitude, *found))


@lru_cache(maxsize=128)
def rings(latitude: float, longitude: float, miles: int) -> tuple[tuple[str, ...], ...]:
    """All known keys up to `miles` from a point, by whole miles: the first ring holds those at 0 miles."""
    points = _points()
    reach = miles + 0.5
    band = degrees(reach / EARTH_MILES)
    begin = bisect_left(points.latitudes, latitude - band)
    end = bisect_right(points.latitudes, latitude + band)
    # A degree of longitude is nowhere in the band shorter than at its edge towards the pole.
    shortest = max(cos(radians(min(abs(latitude) + band, 89.0))), 0.01)
    found: list[list[str]] = [[] for _ in range(miles + 1)]
    for row in range(begin, end):
        if abs(points.longitudes[row] - longitude) * shortest > band:
            continue
        away = round(miles_between(latitude, longitude, points.latitudes[row], points.longitudes[row]))
        if away <= miles:
            found[away].append(points.keys[row])
    return tuple(map(tuple, found))


def nearest_postal_code(latitude: float, longitude: float, miles: int) -> str | None:
    """The ZIP code whose middle lies nearest to a point, of equally near ones the smallest; None where none is near.

    Near is within `miles`. Squares of the grid are looked at in rings around the point's own, until a further ring
    cannot hold a nearer one: mostly 25 of 14,000.
    """
    # Within these distances degrees are as good as even, and far cheaper than the sphere.
    narrowing = max(cos(radians(latitude)), 0.01)
    farthest = degrees((miles + 0.5) / EARTH_MILES)
    best, nearest = farthest * farthest, None
    row, column = floor(latitude / _SQUARE), floor(longitude / _SQUARE)
    grid, ring = _grid(), 0
    # Whatever lies in a ring is at least so far away as the rings within it are wide.
    while (least := max(ring - 1, 0) * _SQUARE * narrowing) <= farthest and least * least <= best:
        for square in _around(row, column, ring):
            for north, east, number in grid.get(square, ()):
                up, across = north - latitude, (east - longitude) * narrowing
                apart = up * up + across * across
                if apart < best or (apart == best and nearest is not None and number < nearest):
                    best, nearest = apart, number
        ring += 1
    return nearest


def _around(row: int, column: int, ring: int) -> Iterator[tuple[int, int]]:
    """The squares at `ring` squares from one."""
    for up in range(-ring, ring + 1):
        step = 1 if abs(up) == ring else max(2 * ring, 1)
        for across in range(-ring, ring + 1, step):
            yield row + up, column + across


@cache
def _grid() -> dict[tuple[int, int], list[tuple[float, float, str]]]:
    """ZIP codes with their degrees, by squares of the Earth."""
    found: dict[tuple[int, int], list[tuple[float, float, str]]] = {}
    for number, latitude, longitude in all_postal_codes():
        square = floor(latitude / _SQUARE), floor(longitude / _SQUARE)
        found.setdefault(square, []).append((latitude, longitude, number))
    return found


@dataclass(frozen=True)
class _Points:
    """All keys from south to north."""

    latitudes: array[float]
    longitudes: array[float]
    keys: list[str]


@cache
def _points() -> _Points:
    ordered = sorted(
        (latitude, longitude, key) for key, latitude, longitude in chain(all_cities(), all_postal_codes())
    )
    return _Points(
        array("d", (one[0] for one in ordered)),
        array("d", (one[1] for one in ordered)),
        [one[2] for one in ordered],
    )
