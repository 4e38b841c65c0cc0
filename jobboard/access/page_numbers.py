"""Which page of a list an address asks for."""

from __future__ import annotations

from flask import request

from jobboard.access.row_numbers import LARGEST


def asked_page() -> int:
    """The page that was asked for, from 1; bounded, so that where it begins is a number that a database can hold."""
    return max(1, min(request.args.get("page", 1, type=int), LARGEST))
