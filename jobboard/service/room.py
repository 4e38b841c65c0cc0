"""How the room `service` joins the application."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask_migrate.cli import db as database_commands

from jobboard.chores import add_chore
from jobboard.database import refresh_statistics
from jobboard.service.cli import backup_command, restore_command, serve_command, worker_command
from jobboard.service.readiness import EXTENSION, Probes
from jobboard.service.request_measures import measure_requests
from jobboard.service.views import blueprint

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Add the room's views, commands and chores to `app`."""
    app.register_blueprint(blueprint)
    measure_requests(app)
    app.extensions[EXTENSION] = Probes(app)
    app.cli.add_command(serve_command)
    app.cli.add_command(worker_command)
    database_commands.add_command(backup_command)
    database_commands.add_command(restore_command)
    add_chore(app, "look at the tables again", timedelta(hours=1), refresh_statistics)
