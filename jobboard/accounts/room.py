"""How the room `accounts` joins the application."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from jobboard.accounts import account_views
from jobboard.accounts.cli import people
from jobboard.accounts.sessions import LONGEST_IDLE, identity
from jobboard.accounts.views import blueprint
from jobboard.accounts.visitors import Visitors
from jobboard.accounts.visits import forget_idle_sessions, forget_unconfirmed, note_visit
from jobboard.chores import add_chore

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Add the room's views, commands and listeners to `app`."""
    Visitors(app).user_loader(identity)
    app.permanent_session_lifetime = LONGEST_IDLE
    app.register_blueprint(blueprint)
    app.extensions["csrf"].exempt(account_views.stop_letters)
    app.cli.add_command(people)
    app.before_request(note_visit)
    add_chore(app, "forget idle sessions", timedelta(hours=6), forget_idle_sessions)
    add_chore(app, "forget unconfirmed accounts", timedelta(hours=6), forget_unconfirmed)
