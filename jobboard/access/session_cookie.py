"""The cookie that carries a session, read only where a request has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

if TYPE_CHECKING:
    from flask import Flask, Request


class SessionCookie(SecureCookieSessionInterface):
    """Flask's signed cookie; whoever brings none gets an empty session without a signer being made."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of the request; empty where its cookie is missing or was not signed by this board."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)
