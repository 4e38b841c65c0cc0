"""How the room `mail` joins the application."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from jobboard.chores import add_chore
from jobboard.mail.actions import forget_old_bodies
from jobboard.mail.delivery import send_due
from jobboard.mail.views import blueprint

if TYPE_CHECKING:
    from flask import Flask

BODIES_KEPT = timedelta(days=30)


def register(app: Flask) -> None:
    """Add the room's views, commands and listeners to `app`."""
    app.register_blueprint(blueprint)
    add_chore(app, "send letters", timedelta(seconds=1), send_due, lane="letters")
    add_chore(app, "empty old letters", timedelta(hours=6), lambda: forget_old_bodies(BODIES_KEPT))
