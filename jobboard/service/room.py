"""How the room `service` joins the application."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask_migrate.cli import db as database_commands

from jobboard.chores import add_chore
from jobboard.database import refresh_statistics
from jobboard.service.cli import serve_command, worker_command
from jobboard.service.copy_cli import copy_command

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Add the room's commands and chores to `app`."""
    app.cli.add_command(serve_command)
    app.cli.add_command(worker_command)
    database_commands.add_command(copy_command)
    add_chore(app, "look at the tables again", timedelta(hours=1), refresh_statistics)
