"""What CMS says of a code of HCPCS Level II beside its description: coverage, status, pricing …, spelled out.

Files name their fields differently and leave some out. Each field therefore comes from the newest edition that has it
for the code, with the label of that edition.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from jobboard.codes.code_forms import canonical
from jobboard.codes.day_words import day_in_words
from jobboard.codes.models import CodeEdition

_FILE: Final = Path(__file__).parents[1] / "data" / "hcpcs_legend.toml"
_DAYS: Final = frozenset({"added", "changed", "ended"})
# A CSV of the file may hold the note number of four digits before the kind of service.
_BETOS: Final = re.compile(r"(?:[0-9]{4})?(?P<kind>[A-Z][0-9][A-Z]?)")
_NOTHING: Final = {"apc": "00000"}


@dataclass(frozen=True, slots=True)
class Legend:
    """A field: what it is called, the names that files have for it, and its values in words."""

    name: str
    sources: tuple[str, ...]
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A value as printed and in words, '' where the legend has none; `code` where it is a code of HCPCS."""

    printed: str
    words: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """What one field says of a code; `edition` is the one that says so."""

    key: str
    name: str
    values: list[FieldValue]
    edition: CodeEdition


@cache
def legends() -> dict[str, Legend]:
    """The fields in the order in which they are shown."""
    read = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {
        key: Legend(each["name"], tuple(each["from"]), each.get("values", {})) for key, each in read.items()
    }


def fields_of(told: Mapping[int, Mapping[str, Any]], editions: Sequence[CodeEdition]) -> list[Field]:
    """The fields that `told`, the attributes of a code by edition, have; `editions` the newest first."""
    found = []
    for key, legend in legends().items():
        for edition in editions:
            values = told.get(edition.id, {})
            stated = next((values[name] for name in legend.sources if values.get(name)), None)
            shown = _shown(key, legend, stated) if stated else []
            if shown:
                found.append(Field(key, legend.name, shown, edition))
                break
    return found


def _shown(key: str, legend: Legend, stated: Any) -> list[FieldValue]:
    every = [str(each) for each in stated] if isinstance(stated, list) else [str(stated)]
    shown = []
    for each in every:
        if key in _DAYS:
            day = day_in_words(each)
            shown += [FieldValue(each, day)] if day else []
            continue
        if key == "betos":
            told = _BETOS.fullmatch(each)
            each = told["kind"] if told else ""
        if not each or each == _NOTHING.get(key) or (key == "pricing" and each not in legend.values):
            continue
        if key == "action" and each not in legend.values:
            continue
        code = each if key == "cross_references" and canonical("hcpcs", each) == each else ""
        shown.append(FieldValue(each, legend.values.get(each, ""), code))
    return shown
