"""Pages of results made a moment ago, kept in the process for visitors who bring no cookie.

What many ask for is then made once a second, without the engine and the templates for the others. The database is
asked each time which of the openings on a page are listed and at which version (see `shelf`): one that was closed or
changed is never shown from here. What else a page says, counts and new openings, is `KEPT_SECONDS` old at most.
"""

from __future__ import annotations

import gzip
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import Response, current_app, g, request, session

from jobboard.search.shelf import shelf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jobboard.search.rows import PostingRow

KEPT_SECONDS: Final = 1.0
_EXTENSION: Final = "kept_pages"
# Some 12 kB each.
_MOST: Final = 512
_LONGEST_ADDRESS: Final = 500
_GZIP_LEVEL: Final = 1

Key = tuple[str, str, bytes, bool]


@dataclass(frozen=True, slots=True)
class _Kept:
    made_at: float
    versions: dict[int, int]
    compressed: bytes
    headers: tuple[tuple[str, str], ...]


class KeptPages:
    """What this process keeps; emptied when it is full."""

    def __init__(self) -> None:
        self._pages: dict[Key, _Kept] = {}

    def answer(self) -> Response | None:
        """The page that was asked for, if it was made a moment ago and still shows what is listed; else None."""
        key = _key()
        kept = self._pages.get(key) if key is not None else None
        if kept is None or time.monotonic() - kept.made_at > KEPT_SECONDS:
            return None
        if _versions(shelf().listed(list(kept.versions)).values()) != kept.versions:
            return None
        return _compressed(kept)

    def keep(self, answer: Response, rows: Iterable[PostingRow], made_at: float) -> Response:
        """Keep `answer`, which shows `rows` as they were at `made_at` (monotonic); returns what is to be sent."""
        key = _key()
        if key is None or answer.status_code != 200 or "Set-Cookie" in answer.headers:
            return answer
        # A page with a session, or with scripts of its own, is for one reader.
        if session or session.modified or "csp_nonce" in g:
            return answer
        if len(self._pages) >= _MOST:
            self._pages.clear()
        data = gzip.compress(answer.get_data(), _GZIP_LEVEL)
        kept = self._pages[key] = _Kept(made_at, _versions(rows), data, tuple(answer.headers))
        return _compressed(kept)


def _key() -> Key | None:
    """What a page depends on; None for a request that is answered for itself."""
    if request.headers.get("Cookie") or len(request.query_string) > _LONGEST_ADDRESS:
        return None
    if request.accept_encodings.best_match(("identity", "gzip")) != "gzip":
        return None
    in_place = request.headers.get("HX-Request") == "true"
    return request.host_url, request.path, request.query_string, in_place


def _versions(rows: Iterable[PostingRow]) -> dict[int, int]:
    return {row.id: row.version for row in rows}


def _compressed(kept: _Kept) -> Response:
    answer = Response(headers=list(kept.headers))
    answer.set_data(kept.compressed)
    answer.headers["Content-Encoding"] = "gzip"
    return answer


def kept_pages() -> KeptPages:
    """The pages of the running application."""
    found: KeptPages | None = current_app.extensions.get(_EXTENSION)
    if found is None:
        found = current_app.extensions[_EXTENSION] = KeptPages()
    return found
