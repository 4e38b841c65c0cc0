"""Reads from an address which changes of an edition are wanted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from jobboard.codes.change_list import KINDS, Narrowing
from jobboard.codes.lookup import LONGEST_QUERY, MOST_WORDS, tidied

if TYPE_CHECKING:
    from collections.abc import Mapping

_WITHIN: Final = re.compile(r"[0-9A-Z.]{1,8}(?:-[0-9A-Z.]{1,8})?")
_DASH: Final = re.compile(r"\s*[-–—]\s*")


class WrongChoice(ValueError):
    """A parameter has a value that it cannot have; the message names it."""


def narrowing_of(values: Mapping[str, str]) -> Narrowing:
    """`kind`, `within` and `q`; an empty or absent one narrows nothing. Raises WrongChoice."""
    kind = values.get("kind", "").strip()
    if kind and kind not in KINDS:
        raise WrongChoice(f"“kind” is one of {', '.join(KINDS)}.")
    within = _DASH.sub("-", values.get("within", "").strip().upper())
    if within and not _WITHIN.fullmatch(within):
        raise WrongChoice(
            "“within” is the beginning of codes, such as E11, or a range of them, such as E08-E13."
        )
    words = tidied(values.get("q", ""))[:LONGEST_QUERY].split()[:MOST_WORDS]
    return Narrowing(kind, within, tuple(words))
