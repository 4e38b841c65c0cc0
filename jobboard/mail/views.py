"""The mailbox of a demo, where its letters can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, current_app, render_template

from jobboard.access.audience import ANYONE, audience
from jobboard.mail.carriers import mailbox_folder
from jobboard.mail.mailbox import letter_in, letters_in
from jobboard.mail.queries import waiting_letters

if TYPE_CHECKING:
    from pathlib import Path

    from jobboard.settings import Settings

blueprint = Blueprint("mail", __name__)


@blueprint.get("/mailbox")
@audience(ANYONE)
def mailbox() -> str:
    """The newest letters of the demo."""
    folder = _demo_folder()
    return render_template("mail/mailbox.html", letters=letters_in(folder), waiting=waiting_letters())


@blueprint.get("/mailbox/<name>")
@audience(ANYONE)
def mailbox_letter(name: str) -> str:
    """One letter of the demo."""
    letter = letter_in(_demo_folder(), name)
    if letter is None:
        abort(404)
    return render_template("mail/mailbox_letter.html", letter=letter)


def _demo_folder() -> Path:
    settings: Settings = current_app.extensions["settings"]
    if not settings.demo or not settings.mail_url.startswith("mailbox:"):
        abort(404)
    return mailbox_folder(settings.mail_url)
