"""Tells a list of changes, an addendum, from a list of all codes: one of its columns says what became of each code."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

_NAMES: Final = frozenset(
    {
        "action",
        "add delete",
        "add delete revise",
        "change",
        "change action",
        "change status",
        "change type",
        "changed",
        "changes",
        "changetype",
        "code action",
        "type of change",
    }
)
_WORDS: Final = frozenset(
    {"add", "added", "addition", "delete", "deleted", "deletion", "revise", "revised", "revision"}
)


def change_column(row: Mapping[str, str], used: Collection[str], *, by_name: bool = True) -> str | None:
    """The column that says what became of the code of the first `row`; None where it is a list of all codes.

    The columns `used` hold the code, its description and so on. Without `by_name` only what stands in a column tells.
    """
    for name, value in row.items():
        if name in used:
            continue
        named = " ".join(name.lower().replace("_", " ").replace("-", " ").replace("/", " ").split())
        if (by_name and named in _NAMES) or value.strip().lower() in _WORDS:
            return name
    return None


def is_of_changes(column: str) -> str:
    """Why a list with that column is refused, and what to do."""
    return (
        f"the column {column!r} tells what was added, deleted or revised, so this is a list of changes: import the "
        "whole list, and what changed is found by comparing it with the edition before; take the column out where "
        "this is the whole list"
    )
