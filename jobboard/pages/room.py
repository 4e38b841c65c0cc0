"""How the room `pages` joins the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobboard.pages import (
    article_preview,
    code_lists,
    code_page,
    code_shortcut,
    documents,
    employer_directory,
    employer_page,
    home_page,
    landing_page,
    logo,
    posting_page,
    sitemap,
)

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Add the room's views, commands and listeners to `app`."""
    home_page.register(app)
    posting_page.register(app)
    employer_page.register(app)
    employer_directory.register(app)
    landing_page.register(app)
    sitemap.register(app)
    code_page.register(app)
    article_preview.register(app)
    code_lists.register(app)
    code_shortcut.register(app)
    documents.register(app)
    logo.register(app)
