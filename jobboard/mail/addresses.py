"""Full addresses of the board's pages, for letters.

They come from the settings alone: the Host header of a request is what its sender says it is, and a letter that
repeated it would lead its reader to another site.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import current_app

_WHERE_NOBODY_SAID = "http://127.0.0.1:8000"


def base_url() -> str:
    """The board's own address, without a slash at the end."""
    said: str = current_app.extensions["settings"].base_url
    return said or _WHERE_NOBODY_SAID


def full_address(endpoint: str, **values: Any) -> str:
    """The absolute address of an endpoint, inside and outside of requests."""
    parts = urlsplit(base_url())
    adapter = current_app.url_map.bind(
        parts.netloc, script_name=parts.path or "/", url_scheme=parts.scheme or "http"
    )
    return adapter.build(endpoint, values, force_external=True)
