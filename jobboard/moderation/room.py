"""How the room `moderation` joins the application."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from jobboard.chores import add_chore
from jobboard.moderation import articles, reporting, standing
from jobboard.moderation.edition_letters import tell_of_endings
from jobboard.moderation.letters import tell_moderators
from jobboard.moderation.views import blueprint

if TYPE_CHECKING:
    from flask import Flask

reporting.add_to(blueprint)
standing.add_to(blueprint)
articles.add_to(blueprint)


def register(app: Flask) -> None:
    """Add the room's views, commands and listeners to `app`."""
    app.register_blueprint(blueprint)
    add_chore(app, "tell moderators what waits", timedelta(minutes=5), tell_moderators)
    add_chore(app, "tell moderators which editions end", timedelta(hours=6), tell_of_endings)
