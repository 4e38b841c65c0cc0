"""The address of a search."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import url_for

from jobboard.search.versions import CURRENT, VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jobboard.search.request import SearchRequest


def address(asked: SearchRequest, **changes: str) -> str:
    """The address of a search with some parameters replaced, or taken away by an empty text."""
    pairs = [pair for pair in asked.pairs() if pair[0] not in changes]
    return address_of([*pairs, *((name, value) for name, value in changes.items() if value)])


def address_of(pairs: Sequence[tuple[str, str]]) -> str:
    """The address of these parameters, its version last."""
    plain = [pair for pair in pairs if pair[0] != VERSION]
    query = urlencode([*plain, (VERSION, str(CURRENT))]) if plain else ""
    return url_for("search.jobs") + (f"?{query}" if query else "")
