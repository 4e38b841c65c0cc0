"""Workplaces and eligible states as schema.org JobPosting names them."""

from __future__ import annotations

import re
from typing import Any, Final

from jobboard.places import find_place, state
from jobboard.postings.content import PlaceGiven
from jobboard.postings.importing import fields
from jobboard.postings.importing.refusal import Refused

MOST_PLACES: Final = 200
_UNITED_STATES = frozenset({"us", "usa", "united states", "united states of america", "u s", "u s a"})
_COUNTRIES = {
    "canada": "CA", "mexico": "MX", "india": "IN", "philippines": "PH", "united kingdom": "GB", "uk": "GB",
    "can": "CA", "mex": "MX", "ind": "IN", "phl": "PH", "gbr": "GB", "puerto rico": "US", "pri": "US",
}  # fmt: skip
_NO_PLACE = re.compile(
    r"\b(?:remote|anywhere|nationwide|virtual|telecommute|work from home|multiple|various)\b", re.IGNORECASE
)
_CODED_REGION = re.compile(r"(?:US|USA)[-_ ]([A-Za-z]{2})|.*\(([A-Za-z]{2})\)")


def places(value: Any, field: str = "jobLocation") -> list[PlaceGiven]:
    """Every workplace of one or many Place, PostalAddress or text; words that name no place are left out."""
    given = fields.entries(value)
    if len(given) > MOST_PLACES:
        raise Refused(field, f"more than {MOST_PLACES} places")
    found = [place for entry in given if (place := _place(entry, field)) is not None]
    return list(dict.fromkeys(found))


def region(value: Any, field: str) -> str:
    """The two-letter code of a state or territory, '' for another region."""
    words = fields.line(value, field, 120) if isinstance(value, str) else ""
    if isinstance(value, dict):
        words = fields.line(value.get("name"), f"{field}.name", 120)
    elif not isinstance(value, str) and not fields.is_missing(value):
        raise Refused(field, f"expected text, not {fields.kind(value)}")
    if match := _CODED_REGION.fullmatch(words):
        words = match[1] or match[2]
    known = state(words) if words else None
    return known.code if known else ""


def country(value: Any, field: str) -> str:
    """The two-letter code of a country; '' where it is not known. The United States where none is named."""
    if isinstance(value, list):
        value = fields.entries(value)[0] if fields.entries(value) else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("identifier") or value.get("alternateName")
    words = fields.line(value, field, 120)
    plain = " ".join(words.casefold().replace(".", " ").split())
    if not plain or plain in _UNITED_STATES:
        return "US"
    return _COUNTRIES.get(plain) or (
        words.upper() if len(words) == 2 and words.isalpha() and words.isascii() else ""
    )


def eligible(value: Any, field: str = "applicantLocationRequirements") -> tuple[tuple[str, ...], bool]:
    """The states named, and whether the whole country is."""
    codes: list[str] = []
    whole_country = False
    for entry in fields.entries(value):
        name = entry.get("name") if isinstance(entry, dict) else entry
        if isinstance(entry, dict) and fields.is_missing(name) and "address" in entry:
            name = fields.thing(entry["address"], f"{field}.address").get("addressRegion")
        for words in fields.entries(name):
            code, is_country = _area(words, entry, field)
            whole_country = whole_country or is_country
            codes += [code] if code else []
    return tuple(dict.fromkeys(codes)), whole_country and not codes


def _area(words: Any, entry: Any, field: str) -> tuple[str, bool]:
    name = fields.line(words, f"{field}.name" if isinstance(entry, dict) else field, 200)
    kinds = fields.entries(entry.get("@type")) if isinstance(entry, dict) else []
    plain = " ".join(name.casefold().replace(".", " ").split())
    if "Country" in kinds or plain in _UNITED_STATES:
        return "", country(name, field) == "US"
    parts = [part.strip() for part in name.split(",")]
    for part in reversed(parts):
        if code := region(part, field):
            return code, False
    return "", False


def _place(entry: Any, field: str) -> PlaceGiven | None:
    if isinstance(entry, str):
        return _from_words(entry, field)
    if not isinstance(entry, dict):
        raise Refused(field, f"expected a place, not {fields.kind(entry)}")
    address = entry.get("address", entry if "addressLocality" in entry or "addressRegion" in entry else None)
    latitude, longitude = _coordinates(entry.get("geo"), f"{field}.geo")
    if isinstance(address, list):
        address = fields.entries(address)[0] if fields.entries(address) else None
    if fields.is_missing(address):
        return _from_words(entry.get("name"), f"{field}.name")
    if isinstance(address, str):
        return _from_words(address, f"{field}.address")
    if not isinstance(address, dict):
        raise Refused(f"{field}.address", f"expected an address, not {fields.kind(address)}")
    return _from_address(address, f"{field}.address", latitude, longitude)


def _from_address(
    address: dict[str, Any], field: str, latitude: float | None, longitude: float | None
) -> PlaceGiven | None:
    land = country(address.get("addressCountry"), f"{field}.addressCountry")
    city = fields.line(address.get("addressLocality"), f"{field}.addressLocality", 120)
    code = region(address.get("addressRegion"), f"{field}.addressRegion") if land in {"US", ""} else ""
    zip_code = _postal_code(address.get("postalCode"), f"{field}.postalCode", land)
    street = fields.line(address.get("streetAddress"), f"{field}.streetAddress", 200)
    if not code and land == "US" and "," in city and (known := find_place(city)):
        city, code = known.name, known.state
    elif code and city.count(",") == 1 and region(city.partition(",")[2], field) == code:
        city = city.partition(",")[0].strip()
    if _NO_PLACE.search(city):
        city = ""
    if not (city or code or zip_code):
        return None
    return PlaceGiven(city, code, zip_code, street, land or "", latitude, longitude)


def _from_words(value: Any, field: str) -> PlaceGiven | None:
    words = fields.line(value, field, 300)
    parts = [part.strip() for part in words.split(",") if part.strip()]
    if parts and " ".join(parts[-1].casefold().replace(".", " ").split()) in _UNITED_STATES:
        parts.pop()
    # The shortest end that names a city comes first, so that a street stays a street.
    for start in sorted(range(len(parts)), key=lambda place: (place != len(parts) - 2, -place)):
        known = find_place(", ".join(parts[start:]))
        if known is not None:
            return PlaceGiven(known.name, known.state, known.zip or "", ", ".join(parts[:start])[:200])
    code = region(parts[-1], field) if parts else ""
    if code:
        city = parts[-2] if len(parts) > 1 else ""
        return PlaceGiven("" if _NO_PLACE.search(city) else city[:120], code, "", ", ".join(parts[:-2])[:200])
    return None


def _postal_code(value: Any, field: str, land: str) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        if not 0 <= value <= 999_999_999:
            raise Refused(field, "expected a postal code")
        return str(value).zfill(5) if land == "US" else str(value)[:10]
    return fields.line(value, field, 10)


def _coordinates(value: Any, field: str) -> tuple[float | None, float | None]:
    if fields.is_missing(value):
        return None, None
    geo = fields.thing(value, field)
    latitude = fields.number(geo.get("latitude"), f"{field}.latitude")
    longitude = fields.number(geo.get("longitude"), f"{field}.longitude")
    if latitude is None or longitude is None or (latitude, longitude) == (0, 0):
        return None, None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise Refused(field, "no such coordinates")
    return latitude, longitude
