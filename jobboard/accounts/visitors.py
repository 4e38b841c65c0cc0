"""Who is at the door: whoever the session names, else a stranger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import session
from flask_login import AnonymousUserMixin, LoginManager

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response


class Stranger(AnonymousUserMixin):  # type: ignore[misc]
    """A visitor who is not signed in."""

    is_moderator = False
    person = None
    person_id = None


class Visitors(LoginManager):  # type: ignore[misc]
    """Flask-Login with one way in, the session: no cookie of its own and no header signs anybody in.

    A request without a session, as those of programs and of most visitors are, is a stranger's without more looking.
    """

    def __init__(self, app: Flask) -> None:
        """Join `app`."""
        super().__init__(app)
        self.anonymous_user = Stranger
        # It would mark a sign-in as old where address or browser change, which nothing here asks: a sign-in is a row
        # of the database and ends by its own rules.
        self.session_protection = None

    def _load_user(self) -> None:
        if "_user_id" in session:
            super()._load_user()
        else:
            self._update_request_context_with_user()

    def _update_remember_cookie(self, response: Response) -> Response:
        return response
