"""A browser for tests that looks at every page it is shown: valid HTML and the house's rules."""

from __future__ import annotations

from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from jobboard.database import db
from tests.page_rules import problems_of


class CheckedClient(FlaskClient):
    """Every HTML answer is checked; forms are sent from their own origin with their token.

    Each request has an application context of its own, as on a server: what one browser is must not be remembered
    for the next, and what a view stored is read afresh by the test, whose own work is stored before.
    """

    def open(self, *args: Any, **options: Any) -> TestResponse:
        if has_app_context():
            db.session.commit()
        with self.application.app_context():
            response = super().open(*args, **options)
        if has_app_context():
            db.session.expire_all()
        if response.mimetype == "text/html" and response.status_code not in {301, 302, 303, 307, 308}:
            problems = problems_of(response.get_data(as_text=True))
            assert not problems, f"{response.request.path}: " + "; ".join(problems)
        return response

    def post_form(self, path: str, data: dict[str, Any], **options: Any) -> TestResponse:
        """POST as a browser does: same origin, with the session's token."""
        return self.post(
            path, data={**data, "csrf_token": self.token()}, headers={"Origin": "http://localhost"}, **options
        )

    def token(self) -> str:
        """A CSRF token of this browser's session."""
        from flask_wtf.csrf import generate_csrf

        with self.application.app_context(), self.application.test_request_context():
            from flask import session

            with self.session_transaction() as cookie:
                session.update(cookie)
                token = generate_csrf()
                cookie.update(session)
        return str(token)
