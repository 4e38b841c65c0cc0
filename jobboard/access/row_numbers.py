"""Numbers of rows in addresses and forms: only such as a database can hold, so that no other reaches it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug.routing import IntegerConverter

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.routing import Map

LARGEST = 2**31 - 1
_MOST_DIGITS = 10


class RowNumber(IntegerConverter):
    """`<int:…>` in an address: up to what a 32-bit column holds; a larger number is no page."""

    def __init__(self, map: Map, **options: Any) -> None:
        super().__init__(map, **{"max": LARGEST, **options})


def bound_row_numbers(app: Flask) -> None:
    """Let every `<int:…>` of addresses that `app` is given from now on be a row number."""
    app.url_map.converters["int"] = RowNumber


def row_number(text: str | None) -> int | None:
    """The row number that a form sent, or None for anything else."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > _MOST_DIGITS:
        return None
    number = int(text)
    return number if number <= LARGEST else None
