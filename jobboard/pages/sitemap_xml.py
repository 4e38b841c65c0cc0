"""The two files of sitemaps.org, written out: a list of addresses, and a list of such lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from flask import Response

from jobboard.mail.addresses import base_url

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    Entry = tuple[str, date | None]

STRETCH: Final = 25_000
"""So many numbers one file covers at most; the protocol allows 50,000 addresses and 50 MB."""
MOST_STRETCHES: Final = 50_000
_SCHEMA: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def addresses(entries: Iterable[Entry]) -> Response:
    """A file of pages, from the path of each and the day on which it last changed, None where that is not known."""
    return _file("urlset", "url", entries)


def files(entries: Iterable[Entry]) -> Response:
    """The list of the files, told in the same way."""
    return _file("sitemapindex", "sitemap", entries)


def stretches(most: int) -> range:
    """The numbers, from 1, of the files that cover 1 to `most`."""
    return range(1, -(-most // STRETCH) + 1)


def _file(whole: str, each: str, entries: Iterable[Entry]) -> Response:
    board = base_url()
    lines = "".join(
        f"<{each}><loc>{escape(board + path)}</loc>"
        + (f"<lastmod>{day.isoformat()}</lastmod>" if day else "")
        + f"</{each}>"
        for path, day in entries
    )
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<{whole} xmlns="{_SCHEMA}">{lines}</{whole}>\n'
    return Response(body, mimetype="application/xml")
