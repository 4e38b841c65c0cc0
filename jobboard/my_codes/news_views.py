"""What a person answers to the news among their codes: that they have read it, and whether letters bring it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from jobboard import unit_of_work
from jobboard.access.audience import SIGNED_IN, audience
from jobboard.access.limits import limited
from jobboard.accounts import letters
from jobboard.codes.viewers import current_viewer
from jobboard.my_codes import actions
from jobboard.my_codes.change_letters import KIND
from jobboard.my_codes.news import news_of
from jobboard.my_codes.views import WRITES

if TYPE_CHECKING:
    from flask import Blueprint
    from werkzeug.wrappers import Response


def add_to(blueprint: Blueprint) -> None:
    """Add these views to the pages of a person's codes."""
    blueprint.post("/news")(dismiss_news)
    blueprint.post("/letters")(choose_letters)


@audience(SIGNED_IN)
@limited("my-codes", WRITES)
def dismiss_news() -> Response:
    """Remember that what the editions in force change has been read."""
    person_id: int = current_user.person_id
    actions.dismiss_news(person_id, [each.edition.id for each in news_of(person_id, current_viewer())])
    unit_of_work.commit()
    return redirect(url_for("my_codes.mine"), 303)


@audience(SIGNED_IN)
@limited("my-codes", WRITES)
def choose_letters() -> Response:
    """Whether such news comes by mail too (`letters` at_once or off)."""
    wanted = request.form.get("letters", "")
    try:
        letters.choose(current_user.person_id, KIND, wanted)
    except ValueError:
        abort(400, "letters is at_once or off")
    unit_of_work.commit()
    words = "You will get a letter when a new edition changes codes of yours."
    flash(words if wanted == "at_once" else "You will get no more such letters.", "success")
    return redirect(url_for("my_codes.mine"), 303)
