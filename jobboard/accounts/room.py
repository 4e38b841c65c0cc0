"""How the room `accounts` joins the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_login import AnonymousUserMixin, LoginManager

from jobboard.accounts.sessions import identity

if TYPE_CHECKING:
    from flask import Flask


class Stranger(AnonymousUserMixin):  # type: ignore[misc]
    """A visitor who is not signed in."""

    is_moderator = False
    person = None


def register(app: Flask) -> None:
    """Add the room's views, commands and listeners to `app`."""
    manager = LoginManager(app)
    manager.anonymous_user = Stranger
    manager.user_loader(identity)
