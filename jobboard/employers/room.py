"""How the room `employers` joins the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobboard.employers import people_views  # noqa: F401 (its views join the blueprint)
from jobboard.employers.views import blueprint

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Add the room's views to `app`."""
    app.register_blueprint(blueprint)
