"""The operator's own logo, from the data folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, current_app, send_from_directory

from jobboard.access.audience import ANYONE, audience

if TYPE_CHECKING:
    from flask import Flask

_HOUR_SECONDS = 3600


def register(app: Flask) -> None:
    """Add the view to `app`."""
    app.add_url_rule("/logo", endpoint="pages.logo", view_func=logo)


@audience(ANYONE)
def logo() -> Response:
    """The image that `site.toml` names, 404 where it names none or the file is missing; it may run no script."""
    name = current_app.extensions["site"].logo
    if not name:
        abort(404)
    answer = send_from_directory(current_app.extensions["settings"].data_dir, name, max_age=_HOUR_SECONDS)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return answer
