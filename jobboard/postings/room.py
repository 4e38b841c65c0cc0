"""How the room `postings` joins the application."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from jobboard.chores import add_chore
from jobboard.postings import editing_views, life_views  # noqa: F401 (their views join the blueprint)
from jobboard.postings.chores import close_what_is_due, warn_of_closing
from jobboard.postings.cli import postings_commands
from jobboard.postings.views import blueprint

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Add the room's views and chores to `app`."""
    app.register_blueprint(blueprint)
    app.cli.add_command(postings_commands)
    add_chore(app, "close postings", timedelta(minutes=1), close_what_is_due)
    add_chore(app, "warn of closing", timedelta(hours=1), warn_of_closing)
