"""Tells who signs in that a new edition changes some of their codes."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from flask import flash, url_for
from flask_login import user_logged_in
from markupsafe import Markup

from jobboard import unit_of_work
from jobboard.codes.viewers import current_viewer
from jobboard.my_codes.news import in_a_sentence, news_of
from jobboard.my_codes.queries import keeps_any_code

if TYPE_CHECKING:
    from flask import Flask

    from jobboard.accounts.sessions import Identity

log = logging.getLogger(__name__)


def add_to(app: Flask) -> None:
    """Listen to who signs in at `app`: `accounts` lies below and does not know that codes are kept."""
    user_logged_in.connect(_tell, app)


def _tell(_app: Flask, user: Identity, **_: Any) -> None:
    """One statement for who keeps no code, six for others. What goes wrong here keeps nobody out."""
    try:
        news = news_of(user.person_id, current_viewer()) if keeps_any_code(user.person_id) else []
        # Nothing was written; the answer need not hold on to SQLite's write lock.
        unit_of_work.commit()
    except Exception:
        log.exception("what is new among the codes of person %d was not told at sign-in", user.person_id)
        unit_of_work.rollback()
        return
    if news:
        words = Markup('{}. <a href="{}">See what changes</a>')
        flash(words.format(in_a_sentence(news), url_for("my_codes.mine")), "info")
