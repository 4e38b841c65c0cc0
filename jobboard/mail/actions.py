"""Writing letters. They are rows of the present unit of work; the worker sends them after its commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from jobboard import clock
from jobboard.database import db, separate_write
from jobboard.mail.addresses import full_address
from jobboard.mail.kinds import kind_named
from jobboard.mail.models import Letter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

LONGEST_SUBJECT = 200


def write_letter(
    kind: str,
    *,
    to: str,
    person_id: int | None = None,
    subject: str,
    template: str,
    context: Mapping[str, Any],
    once_key: str | None = None,
    not_before: datetime | None = None,
    stop_url: str = "",
) -> Letter:
    """Add a letter to the present unit of work; the caller commits.

    `template` is "room/name": templates/<room>/letters/<name>.txt and .html are rendered with `context`, to which
    `site`, `subject`, `why`, `stop_url` and `full_address` are added. A second letter with the same `once_key` is
    not written: the first is returned. Raises ValueError for an unknown kind or an address that breaks a line.
    """
    sort = kind_named(kind)
    if not to or any(character.isspace() for character in to):
        raise ValueError(f"a letter cannot go to {to!r}")
    if once_key is not None:
        earlier = db.session.scalar(select(Letter).where(Letter.once_key == once_key))
        if earlier is not None:
            return earlier
    line = one_line(subject)
    given = {
        "why": sort.why,
        **context,
        "site": current_app.extensions["site"],
        "subject": line,
        "stop_url": stop_url,
        "full_address": full_address,
    }
    letter = Letter(
        kind=kind,
        to_address=to,
        person_id=person_id,
        subject=line,
        text=_rendered(template, "txt", given),
        html=_rendered(template, "html", given),
        once_key=once_key,
        not_before=not_before or clock.now(),
        stop_url=stop_url,
    )
    return _added(letter)


def one_line(words: str) -> str:
    """`words` as a subject: no line breaks or control characters, and not too long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1].rstrip() + "…"


def forget_old_bodies(older_than: timedelta) -> int:
    """Empty the letters that were done with longer ago than `older_than`; they may hold addresses and links."""
    before = clock.now() - older_than
    done = update(Letter).where(
        ((Letter.sent_at < before) | (Letter.failed_at < before)) & (Letter.text != "")
    )
    with separate_write() as connection:
        return int(connection.execute(done.values(text="", html="", stop_url="")).rowcount)


def _added(letter: Letter) -> Letter:
    if letter.once_key is None:
        db.session.add(letter)
        return letter
    try:
        with db.session.begin_nested():
            db.session.add(letter)
    except IntegrityError:
        # Another process wrote the same letter at the same instant.
        earlier = db.session.scalar(select(Letter).where(Letter.once_key == letter.once_key))
        if earlier is None:
            raise
        return earlier
    return letter


def _rendered(template: str, ending: str, context: Mapping[str, Any]) -> str:
    room, _, name = template.partition("/")
    page = current_app.jinja_env.get_template(f"{room}/letters/{name}.{ending}")
    return page.render(context).strip() + "\n"
