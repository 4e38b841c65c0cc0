"""How the room `my_codes` joins the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobboard.chores import add_chore
from jobboard.codes.signals import edition_in_force
from jobboard.my_codes import change_letters, news_views, note_views, sign_in_notice, views
from jobboard.my_codes.reissues import carry_over

if TYPE_CHECKING:
    from flask import Flask

news_views.add_to(views.blueprint)


def register(app: Flask) -> None:
    """Add the room's pages, chores and listeners to `app`."""
    app.register_blueprint(views.blueprint)
    app.register_blueprint(note_views.blueprint)
    sign_in_notice.add_to(app)
    edition_in_force.connect(carry_over)
    add_chore(
        app, "tell what changes among people's codes", change_letters.EVERY, change_letters.tell_of_changes
    )
