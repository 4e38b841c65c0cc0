"""How the room `pages` joins the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobboard.pages import code_page, documents

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Add the room's views, commands and listeners to `app`."""
    code_page.register(app)
    documents.register(app)
