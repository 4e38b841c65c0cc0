"""How the room `search` joins the application."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from jobboard.chores import add_chore
from jobboard.database import db
from jobboard.search import suggest_views  # noqa: F401 (its view joins the blueprint)
from jobboard.search.chores import keep_the_index
from jobboard.search.cli import index_commands
from jobboard.search.connecting import engine_of
from jobboard.search.facets import facet_options
from jobboard.search.views import blueprint
from jobboard.search.watcher import watch, watch_codes

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Add the room's views, commands, chore and the watcher of changes to `app`.

    Raises `SettingsError` where the settings name no search engine that can be used.
    """
    engine_of(app.extensions["settings"])
    watch(db.session)
    watch_codes()
    app.register_blueprint(blueprint)
    app.jinja_env.globals["facet_options"] = facet_options
    app.cli.add_command(index_commands)
    add_chore(app, "keep the index", timedelta(seconds=0.2), keep_the_index, lane="index")
