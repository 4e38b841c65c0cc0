"""Builds the application: settings, database, door, and the rooms as one list."""

from __future__ import annotations

import logging
import secrets
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeVar

from flask import Flask, current_app
from flask_compress import Compress
from flask_migrate import Migrate
from flask_migrate.cli import db as migration_commands
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from jobboard import clock
from jobboard.access.audience import refuse_unlabelled_views
from jobboard.access.door import guard, nonce
from jobboard.access.row_numbers import bound_row_numbers
from jobboard.access.session_cookie import SessionCookie
from jobboard.database import db, open_sqlite_well
from jobboard.postgresql import engine_options
from jobboard.resources import resource_folder
from jobboard.settings import Settings, SettingsError, read_settings
from jobboard.site import read_site
from jobboard.static_files import mark_static_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from flask import Response

# Each has a `room.py` whose `register(app)` adds its views, commands and listeners; lower rooms first.
ROOMS = (
    "mail",
    "accounts",
    "vocabulary",
    "codes",
    "employers",
    "postings",
    "my_codes",
    "search",
    "code_search",
    "applications",
    "moderation",
    "pages",
    "api",
    "service",
    "demo",
)
LARGEST_REQUEST_BYTES = 6 * 1024 * 1024
# What a network carries as two packets arrives no sooner for being compressed: ten are sent before the first answer.
_TWO_PACKETS_BYTES = 2800
ViewT = TypeVar("ViewT", bound="Callable[..., Any]")


class _Board(Flask):
    def ensure_sync(self, func: ViewT) -> ViewT:
        """What a request calls, as it is: none of it is a coroutine, and asking each costs as much as calling it."""
        return func


class _Compress(Compress):
    def after_request(self, response: Response | None) -> Response:
        """Compress what is large; what is not, and so never compressed, does not depend on what the reader accepts."""
        if response is not None and not response.is_streamed:
            length = response.content_length
            if length is not None and length < _TWO_PACKETS_BYTES:
                return response
        return super().after_request(response)


def create_app(settings: Settings | None = None) -> Flask:
    """The application with every room; raises `SettingsError` or `UnlabelledView` where it cannot stand."""
    chosen = settings or read_settings()
    app = _Board(
        "jobboard", static_folder=resource_folder("static"), template_folder=str(resource_folder("templates"))
    )
    app.config.update(
        SECRET_KEY=chosen.secret_key or secrets.token_urlsafe(48),
        SQLALCHEMY_DATABASE_URI=chosen.database_url,
        # SQLite reads what it knows of its tables when a connection opens.
        SQLALCHEMY_ENGINE_OPTIONS={"pool_recycle": 900, **engine_options(chosen.database_url)},
        MAX_CONTENT_LENGTH=LARGEST_REQUEST_BYTES,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST_BYTES,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=chosen.base_url.startswith("https://"),
        SESSION_COOKIE_NAME="board",
        WTF_CSRF_TIME_LIMIT=None,
        # The door asks for the token, of whoever it lets in and before anything is written.
        WTF_CSRF_CHECK_DEFAULT=False,
        COMPRESS_ALGORITHM=["gzip"],
        # Pages are made for one reader: the first level takes a third of the time for a tenth more bytes.
        COMPRESS_LEVEL=1,
        COMPRESS_MIN_SIZE=_TWO_PACKETS_BYTES,
    )
    app.session_interface = SessionCookie()
    app.extensions["settings"] = chosen
    app.extensions["site"] = read_site(chosen.data_dir)
    if chosen.trusted_proxies:
        hops = chosen.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    _import_models()
    try:
        db.init_app(app)
    except ModuleNotFoundError as problem:
        raise SettingsError(
            f"JOBBOARD_DATABASE_URL cannot be used: the driver {problem.name} is not installed"
        ) from problem
    with app.app_context():
        open_sqlite_well(db.engine)
    Migrate(app, db, directory=str(resource_folder("migrations")), render_as_batch=True)
    _Compress(app)
    app.cli.add_command(migration_commands)
    bound_row_numbers(app)
    guard(app)
    CSRFProtect(app)
    mark_static_files(app)
    app.context_processor(_shown_everywhere)
    for room in ROOMS:
        import_module(f"jobboard.{room}.room").register(app)
    refuse_unlabelled_views(app)
    logging.getLogger("jobboard").debug("the board stands on %s", chosen.data_dir)
    return app


def _shown_everywhere() -> dict[str, Any]:
    settings: Settings = current_app.extensions["settings"]
    site = current_app.extensions["site"]
    return {
        "site": site,
        "demo": settings.demo,
        "now_year": clock.today(site.time_zone).year,
        "csp_nonce": nonce,
    }


def _import_models() -> None:
    for room in ("access", *ROOMS):
        name = f"jobboard.{room}.models"
        if find_spec(name) is not None:
            import_module(name)
