"""Where a person may be sent back to after signing in: a path of this site, nothing else."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request

LONGEST_PATH = 2000


def local_path(wanted: str | None, default: str = "/") -> str:
    """`wanted` if it is a path on this site, else `default`.

    Browsers read a backslash as a slash and drop tabs and line breaks, so a path with any of them is refused, as is
    one that begins with two slashes, which is another host.
    """
    if not wanted or len(wanted) > LONGEST_PATH or not wanted.startswith("/") or wanted.startswith("//"):
        return default
    if "\\" in wanted or any(not character.isprintable() or character.isspace() for character in wanted):
        return default
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return default
    return default if parts.scheme or parts.netloc else wanted


def with_query(path: str) -> str:
    """`path` with the query of this request, for a page that has moved."""
    query = request.query_string.decode("ascii", "replace")
    return f"{path}?{query}" if query else path
