"""How the room `code_search` joins the application."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from jobboard.chores import add_chore
from jobboard.code_search.chores import keep_the_codes
from jobboard.code_search.cli import register_status
from jobboard.code_search.views import register_views

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Add the room's chore and its part of `index status` to `app`, and its views."""
    register_views(app)
    register_status()
    add_chore(app, "keep the codes", timedelta(seconds=10), keep_the_codes, lane="codes")
