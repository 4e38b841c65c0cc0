"""Addresses of static files carry a mark of their content, so that browsers may keep them for a year."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    from flask import Flask

_YEAR_SECONDS = 365 * 86_400


def mark_static_files(app: Flask) -> None:
    """Add `v=…` to every address that `url_for("static", …)` makes, and let browsers keep the files."""
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _YEAR_SECONDS

    def mark(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "v" not in values and app.static_folder:
            version = _mark_of(Path(app.static_folder) / str(values.get("filename", "")))
            if version:
                values["v"] = version

    app.url_defaults(mark)


@lru_cache(maxsize=256)
def _mark_of(path: Path) -> str:
    try:
        return f"{crc32(path.read_bytes()):08x}"
    except OSError:
        return ""
