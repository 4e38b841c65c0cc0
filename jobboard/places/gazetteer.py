"""Finds a city or ZIP code as people write it. The files are read at the first question, not at start-up."""

import csv
import gzip
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from jobboard.places.states import state

_DATA = Path(__file__).parent / "data"
_LONGEST = 120
_ZIP = re.compile(r"(?<![0-9-])([0-9]{5})(?:-[0-9]{4})?\s*$")
_COUNTRY = re.compile(r"[\s,]+(?:usa|u\.s\.a\.|us|u\.s\.|united states(?: of america)?)\s*$", re.IGNORECASE)
_SHORT = {
    "st": "saint",
    "ste": "sainte",
    "ft": "fort",
    "mt": "mount",
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
}


@dataclass(frozen=True)
class Place:
    """A populated place: name, two-letter state, degrees of latitude and longitude, IANA time zone, people."""

    name: str
    state: str
    latitude: float
    longitude: float
    time_zone: str
    population: int = 0
    zip: str | None = None

    @property
    def label(self) -> str:
        """ "Tampa, FL", as shown and as understood by `find_place`."""
        return f"{self.name}, {self.state}"


def find_place(text: str) -> Place | None:
    """The place of "33602", "Tampa, FL", "Tampa, Florida 33602" or "tampa fl"; nothing when it is not known.

    A city without its state is not looked up, since most names occur in many states. A ZIP code that is unknown
    or lies elsewhere than the state beside it gives way to the city.
    """
    if len(text) > _LONGEST:
        return None
    rest = _COUNTRY.sub("", text.strip())
    number = _ZIP.search(rest)
    if number:
        rest = rest[: number.start()].rstrip(" ,")
        at_zip = postal_code(number[1])
        if not rest:
            return at_zip
        named = _city_and_state(rest)
        if at_zip and (named is None or named.state == at_zip.state):
            return at_zip
        return named
    return _city_and_state(rest)


def postal_code(zip_code: str) -> Place | None:
    """The place of a five-digit ZIP code (the four digits of ZIP+4 are ignored), or nothing."""
    row = _postal_codes().get(zip_code.strip()[:5])
    if row is None:
        return None
    name, code, latitude, longitude = row
    same = _cities().get((_plain(name), code))
    home = state(code)
    zone = same.time_zone if same else home.time_zone if home else "America/New_York"
    return Place(name, code, float(latitude), float(longitude), zone, zip=zip_code.strip()[:5])


@lru_cache(maxsize=16_384)
def city(name: str, state_code_or_name: str) -> Place | None:
    """The largest place of this name in a state, or nothing."""
    home = state(state_code_or_name)
    if home is None:
        return None
    plain = _plain(name)
    cities = _cities()
    for wanted in _spellings(plain):
        if found := cities.get((wanted, home.code)):
            return found
    number = _postal_names().get((plain, home.code))
    at_zip = postal_code(number) if number else None
    return replace(at_zip, zip=None) if at_zip else None


def large_cities(least_people: int) -> Iterator[Place]:
    """The cities with at least so many people."""
    return (place for place in _cities().values() if place.population >= least_people)


def all_cities() -> Iterator[tuple[str, float, float]]:
    """Every city that `city` finds: its label, latitude and longitude."""
    cities = _cities()
    for place in cities.values():
        yield place.label, place.latitude, place.longitude
    for (plain, code), number in _postal_names().items():
        if not any((wanted, code) in cities for wanted in _spellings(plain)):
            name, _, latitude, longitude = _postal_codes()[number]
            yield f"{name}, {code}", float(latitude), float(longitude)


def all_postal_codes() -> Iterator[tuple[str, float, float]]:
    """Every ZIP code, its latitude and longitude."""
    for number, (_, _, latitude, longitude) in _postal_codes().items():
        yield number, float(latitude), float(longitude)


def _city_and_state(text: str) -> Place | None:
    if "," in text:
        name, _, code = text.rpartition(",")
        return city(name, code)
    words = text.split()
    # The longest state name first: "Charleston West Virginia" lies in West Virginia, not in Virginia.
    for length in (3, 2, 1):
        if len(words) > length and (found := city(" ".join(words[:-length]), " ".join(words[-length:]))):
            return found
    return None


def _spellings(plain: str) -> tuple[str, str, str]:
    return plain, f"{plain} city", plain.removesuffix(" city")


def _rows(file_name: str) -> Iterator[list[str]]:
    with gzip.open(_DATA / file_name, "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows


@cache
def _cities() -> Mapping[tuple[str, str], Place]:
    found: dict[tuple[str, str], Place] = {}
    for name, code, latitude, longitude, population, zone in _rows("cities.csv.gz"):
        place = Place(name, code, float(latitude), float(longitude), zone, int(population))
        found.setdefault((_plain(name), code), place)
    return MappingProxyType(found)


@cache
def _postal_codes() -> Mapping[str, tuple[str, str, str, str]]:
    return MappingProxyType(
        {row[0]: (row[1], row[2], row[3], row[4]) for row in _rows("postal_codes.csv.gz")}
    )


@cache
def _postal_names() -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for number, row in _postal_codes().items():
        found.setdefault((_plain(row[0]), row[1]), number)
    return MappingProxyType(found)


def _plain(name: str) -> str:
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name)
        name = "".join(letter for letter in decomposed if letter.isalnum() or letter in " -.'")
    words = name.casefold().replace("-", " ").replace(".", " ").replace("'", "").split()
    if words and words[0] in _SHORT:
        words[0] = _SHORT[words[0]]
    return " ".join(words)
