"""How the room `demo` joins the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobboard.demo.cli import demo_command

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Add the room's command to `app`."""
    app.cli.add_command(demo_command)
