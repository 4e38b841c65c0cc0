"""Typed reading of JSON values; each refusal names the field."""

from __future__ import annotations

import re
from typing import Any, Final

from jobboard.postings.importing.refusal import Refused

LONGEST_TEXT: Final = 60_000
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufeff\ufffe\uffff]")
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_NAMED = ("name", "value", "description", "credentialCategory", "text")


def is_missing(value: Any) -> bool:
    """Whether a value says nothing: null, blank text, an empty list or object."""
    return value is None or value == [] or value == {} or (isinstance(value, str) and not value.strip())


def text(value: Any, field: str, longest: int = LONGEST_TEXT) -> str:
    """A text without control characters, '' for a missing one."""
    if is_missing(value):
        return ""
    if not isinstance(value, str):
        raise Refused(field, f"expected text, not {kind(value)}")
    if len(value) > longest:
        raise Refused(field, f"longer than {longest:,} characters")
    return clean(value)


def clean(words: str) -> str:
    """Without control characters; line ends are made alike."""
    return _CONTROLS.sub(" ", words.replace("\r\n", "\n").replace("\r", "\n"))


def line(value: Any, field: str, longest: int) -> str:
    """A text on one line."""
    return " ".join(text(value, field, longest=longest * 4).split())[:longest]


def entries(value: Any) -> list[Any]:
    """One or many: a list without what says nothing."""
    if isinstance(value, list):
        return [entry for entry in value if not is_missing(entry)]
    return [] if is_missing(value) else [value]


def texts(value: Any, field: str) -> list[str]:
    """The words of one or many texts, or of things that have a name or a description."""
    found: list[str] = []
    for entry in entries(value):
        if isinstance(entry, dict):
            parts = [entry[name] for name in _NAMED if isinstance(entry.get(name), str)]
            found += [": ".join(dict.fromkeys(clean(part).strip() for part in parts if part.strip()))]
        else:
            found.append(text(entry, field))
    return [words for words in found if words.strip()]


def number(value: Any, field: str) -> float | None:
    """A number, also written as text ("$65,000", "28.50"); None for a missing one."""
    if is_missing(value):
        return None
    if isinstance(value, str):
        found = _NUMBER.findall(value)
        if len(found) != 1:
            raise Refused(field, f"expected a number, not “{value[:40]}”")
        value = found[0].replace(",", "")
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise Refused(field, f"expected a number, not {kind(value)}")
    try:
        figure = float(value)
    except OverflowError:
        raise Refused(field, "the number is too great") from None
    if not -1e12 < figure < 1e12:
        raise Refused(field, "the number is too great")
    return figure


def whole_number(value: Any, field: str, least: int, most: int) -> int | None:
    """A whole number within bounds, None for a missing one."""
    figure = number(value, field)
    if figure is None:
        return None
    if figure != int(figure) or not least <= figure <= most:
        raise Refused(field, f"expected a whole number from {least} to {most:,}")
    return int(figure)


def thing(value: Any, field: str) -> dict[str, Any]:
    """An object; the first of a list of them."""
    found = entries(value)
    if not found or not isinstance(found[0], dict):
        raise Refused(field, f"expected an object, not {kind(found[0] if found else value)}")
    return found[0]


def kind(value: Any) -> str:
    """What a JSON value is, for a complaint."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "an object"
