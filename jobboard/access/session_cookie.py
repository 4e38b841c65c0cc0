"""The cookie that carries a session, read only where a request has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

if TYPE_CHECKING:
    from flask import Flask, Request, Response
    from flask.sessions import SessionMixin


class SessionCookie(SecureCookieSessionInterface):
    """Flask's signed cookie; whoever brings none gets an empty session without a signer being made."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of the request; empty where its cookie is missing or was not signed by this board."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep the session in its cookie; one that was and stays empty only says that the answer depends on it."""
        if session or session.modified:
            super().save_session(app, session, response)
        elif session.accessed:
            vary = response.headers.get("Vary", "")
            if "cookie" not in vary.lower():
                response.headers["Vary"] = f"{vary}, Cookie" if vary else "Cookie"
