"""How the room `my_codes` joins the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobboard.my_codes import note_views, sign_in_notice, views

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Add the room's pages and listeners to `app`."""
    app.register_blueprint(views.blueprint)
    app.register_blueprint(note_views.blueprint)
    sign_in_notice.add_to(app)
