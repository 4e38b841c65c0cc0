"""A visitor presses Apply, types, joins, confirms, and sends; in one browser, and with the letter opened in another."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

from flask import Flask
from sqlalchemy import select

from jobboard.applications.models import Application
from jobboard.database import db
from jobboard.mail.models import Letter
from jobboard.postings.models import Posting
from tests.applications.openings import upload
from tests.conftest import PASSWORD, Player, browser

TEXT = "Twelve years of DRGs & <trauma>"


def _join(visitor: Player, opening: Posting) -> tuple[str, str]:
    """Type and join; the link of the letter, and where it leads back to."""
    typed = visitor.post(f"/jobs/{opening.id}/apply", {"message": TEXT, "go": "join"})
    door, _, back = typed.location.partition("?next=")
    back = unquote(back)
    assert back in html.unescape(visitor.get(typed.location).text)
    visitor.post(door, {"email": "ivy@example.org", "name": "Ivy", "new_password": PASSWORD, "next": back})
    db.session.rollback()
    letter = db.session.scalars(select(Letter).where(Letter.kind == "confirm")).one()
    link = re.search(r"http://localhost(/\S+)", letter.text)
    assert link
    return link[1], back


def _send(player: Player, back: str) -> Application:
    form = player.get(back)
    assert TEXT in html.unescape(form.text)
    assert 'type="file"' in form.text
    assert player.post(back, {"message": TEXT, "resume": upload()}).status_code == 303
    db.session.rollback()
    return db.session.scalars(select(Application)).one()


def test_in_one_browser(opening: Posting, visitor: Player) -> None:
    link, back = _join(visitor, opening)
    visitor.get(link)
    landed = visitor.post(link, {"next": back})
    assert landed.location == back
    assert _send(visitor, landed.location).person.email == "ivy@example.org"


def test_with_the_letter_opened_on_a_phone(opening: Posting, visitor: Player, app: Flask) -> None:
    link, back = _join(visitor, opening)
    phone = Player("Ivy", browser(app))
    assert back in html.unescape(phone.get(link).text)
    landed = phone.post(link, {"next": back, "password": PASSWORD})
    assert landed.location == back
    application = _send(phone, landed.location)
    assert (application.person.email, application.message) == ("ivy@example.org", TEXT)


def test_who_comes_back_by_the_posting_finds_it_too(opening: Posting, visitor: Player) -> None:
    visitor.post(f"/jobs/{opening.id}/apply", {"message": TEXT, "go": "join"})
    assert TEXT in html.unescape(visitor.get(f"/jobs/{opening.id}/apply").text)
