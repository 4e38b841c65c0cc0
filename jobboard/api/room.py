"""How the room `api` joins the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobboard.api import codes, jobs

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Add the room's views, commands and listeners to `app`."""
    codes.register(app)
    jobs.register(app)
