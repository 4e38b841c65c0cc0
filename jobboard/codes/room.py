"""How the room `codes` joins the application."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from jobboard.chores import add_chore
from jobboard.codes import article_models as article_models
from jobboard.codes import change_views as change_views
from jobboard.codes import guideline_views as guideline_views
from jobboard.codes import licence_views as licence_views
from jobboard.codes import note_views as note_views
from jobboard.codes import pcs_views as pcs_views
from jobboard.codes import viewer_models as viewer_models
from jobboard.codes.about.gem_flags import gem_words
from jobboard.codes.articles import load_articles
from jobboard.codes.cli import codes
from jobboard.codes.code_forms import shown
from jobboard.codes.day_words import day_in_words
from jobboard.codes.free_links import link_of_posting
from jobboard.codes.library import EXTENSION
from jobboard.codes.metering import forget_old_views
from jobboard.codes.records import CodeFileError
from jobboard.codes.service_day import asked_beside_the_day, dated_url
from jobboard.codes.systems import is_billed, last_day_of, spoken_name
from jobboard.codes.views import blueprint
from jobboard.settings import SettingsError

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Add the room's views and commands to `app` and read its articles. Raises `SettingsError`."""
    try:
        app.extensions[EXTENSION] = load_articles(app.extensions["settings"].data_dir)
    except CodeFileError as problem:
        raise SettingsError(f"an article cannot be used: {problem}") from problem
    app.register_blueprint(blueprint)
    app.add_template_global(dated_url)
    app.add_template_global(gem_words)
    app.add_template_global(day_in_words)
    app.add_template_global(is_billed)
    app.add_template_global(last_day_of)
    app.add_template_filter(spoken_name)
    app.add_template_global(asked_beside_the_day)
    app.add_template_filter(shown, "shown_code")
    app.add_template_filter(link_of_posting)
    add_chore(app, "forget old views of codes", timedelta(hours=12), forget_old_views)
    app.cli.add_command(codes)
