"""How the room `applications` joins the application."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from jobboard.applications import applying, reading
from jobboard.applications.digests import write_digests
from jobboard.applications.documents import sweep
from jobboard.applications.drafts import forget_old
from jobboard.applications.letters import tell_of_closing
from jobboard.applications.queries import counts_by_posting
from jobboard.applications.views import blueprint
from jobboard.chores import add_chore
from jobboard.postings.signals import posting_closed

if TYPE_CHECKING:
    from flask import Flask

    from jobboard.postings.models import Posting

applying.add_to(blueprint)
reading.add_to(blueprint)


def register(app: Flask) -> None:
    """Add the room's views, commands and listeners to `app`."""
    app.register_blueprint(blueprint)
    # The pages of postings stand below this room, so the count is handed to their templates.
    app.add_template_global(counts_by_posting, "applications_by_posting")
    posting_closed.connect(_hear_of_closing)
    add_chore(app, "write of the day's applications", timedelta(minutes=30), write_digests)
    add_chore(app, "sweep up files without a résumé", timedelta(hours=6), sweep)
    add_chore(app, "forget old drafts", timedelta(hours=6), forget_old)


def _hear_of_closing(posting: Posting, **told: Any) -> None:
    tell_of_closing(posting, str(told.get("reason", "")))
