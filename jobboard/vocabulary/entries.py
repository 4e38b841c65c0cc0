"""One entry of a vocabulary file: which keys it may have, and the term or group that it becomes."""

import re
from collections.abc import Mapping
from typing import Any

from jobboard.vocabulary.terms import Term, WordGroup

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LISTS = ("aliases", "cautious", "ambiguous", "near", "words")
_COMMON = ("name", "label", "aliases", "cautious", "ambiguous", "near", "status")
_EXTRA = {
    "credential": ("issuer", "apprentice_of"),
    "system": ("issuer",),
    "tool": ("kind",),
    "employment": ("markup",),
    "pay_basis": ("markup",),
}
_ALLOWED = {"status": ("active", "retired"), "kind": ("ehr", "encoder", "other")}
_NEEDED = {"credential": ("name", "issuer"), "tool": ("name", "kind"), "words": ("words",)}
_LONGEST = 200


def entry_problems(facet: str, slug: str, entry: object, *, is_new: bool) -> list[str]:
    """What is wrong with one entry, in sentences; empty when it can be used."""
    if not _SLUG.fullmatch(slug):
        return ["a slug is small letters and digits joined by single hyphens"]
    if not isinstance(entry, dict):
        return ['an entry is a table, such as { name = "…" }']
    keys = ("words", "cautious") if facet == "words" else (*_COMMON, *_EXTRA.get(facet, ()))
    problems = [f"unknown key '{key}'; known: {', '.join(keys)}" for key in entry if key not in keys]
    if is_new:
        needed = _NEEDED.get(facet, ("name",))
        problems += [f"'{key}' is missing" for key in needed if key not in entry]
    for key, value in entry.items():
        if key in keys:
            problems += _value_problems(key, value)
    return problems


def _value_problems(key: str, value: object) -> list[str]:
    if key in _LISTS:
        if not isinstance(value, list) or not all(_is_text(word) for word in value):
            return [f"'{key}' must be a list of words"]
        return []
    if not _is_text(value):
        return [f"'{key}' must be a text of 1 to {_LONGEST} characters"]
    if key in _ALLOWED and value not in _ALLOWED[key]:
        return [f"'{key}' must be one of {', '.join(_ALLOWED[key])}, not '{value}'"]
    return []


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= _LONGEST


def merged(known: Mapping[str, Any], entry: Mapping[str, Any]) -> dict[str, Any]:
    """`known` with the keys of `entry`: lists are added to, everything else is replaced."""
    result = dict(known)
    for key, value in entry.items():
        result[key] = [*known.get(key, ()), *value] if key in _LISTS else value
    return result


def term_from(slug: str, entry: Mapping[str, Any]) -> Term:
    """The term of an entry without problems."""

    def words(key: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entry.get(key, ())))

    return Term(
        slug=slug,
        name=entry["name"],
        label=entry.get("label", entry["name"]),
        aliases=words("aliases"),
        cautious=words("cautious"),
        ambiguous=words("ambiguous"),
        near=words("near"),
        status=entry.get("status", "active"),
        issuer=entry.get("issuer"),
        kind=entry.get("kind"),
        markup=entry.get("markup"),
        apprentice_of=entry.get("apprentice_of"),
    )


def group_from(slug: str, entry: Mapping[str, Any]) -> WordGroup:
    """The group of synonyms of an entry without problems."""
    return WordGroup(slug, tuple(dict.fromkeys(entry["words"])), tuple(entry.get("cautious", ())))
