"""Which letters a person wants, and writing to people as they want it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from jobboard.accounts.models import LetterChoice
from jobboard.accounts.tokens import stop_token
from jobboard.database import db
from jobboard.mail.actions import write_letter
from jobboard.mail.addresses import full_address
from jobboard.mail.kinds import KINDS, Choice, kind_named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from jobboard.accounts.models import Person
    from jobboard.mail.models import Letter


def choice(person_id: int, kind: str) -> Choice:
    """How a person wants letters of a kind: "at_once", "daily" or "off"; the kind's default where nothing was said."""
    sort = kind_named(kind)
    said = db.session.get(LetterChoice, (person_id, kind))
    return next((known for known in sort.choices if said is not None and known == said.choice), sort.default)


def choices_of(person_id: int) -> dict[str, Choice]:
    """The person's choice for every kind of letter."""
    asked = select(LetterChoice.kind, LetterChoice.choice).where(LetterChoice.person_id == person_id)
    said = {row.kind: row.choice for row in db.session.execute(asked)}
    return {
        sort.name: next((known for known in sort.choices if known == said.get(sort.name)), sort.default)
        for sort in KINDS.values()
    }


def choose(person_id: int, kind: str, wanted: str) -> None:
    """Set how a person wants a kind of letter; ValueError where that kind cannot be had so. The caller commits."""
    sort = kind_named(kind)
    if wanted not in sort.choices:
        raise ValueError(f"letters of the kind {kind!r} are {', '.join(sort.choices)}, not {wanted!r}")
    said = db.session.get(LetterChoice, (person_id, kind))
    if said is None:
        db.session.add(LetterChoice(person_id=person_id, kind=kind, choice=wanted))
    else:
        said.choice = wanted


def write_to(
    person: Person,
    kind: str,
    subject: str,
    template: str,
    context: Mapping[str, Any],
    *,
    rhythm: Choice = "at_once",
    once_key: str | None = None,
    not_before: datetime | None = None,
) -> Letter | None:
    """Write to a person if they want this kind in this rhythm; None where they do not.

    A room that gathers the day's news calls it again from its daily chore with `rhythm="daily"`. Suspended people
    get letters of their account only. The caller commits.
    """
    sort = kind_named(kind)
    if sort.can_be_off and (person.suspended_at is not None or choice(person.id, kind) != rhythm):
        return None
    return write_letter(
        kind,
        to=person.email,
        person_id=person.id,
        subject=subject,
        template=template,
        context={"person": person, **context},
        once_key=once_key,
        not_before=not_before,
        stop_url=stop_address(person.id, kind) if sort.can_be_off else "",
    )


def stop_address(person_id: int, kind: str) -> str:
    """The address that stops letters of a kind to a person with one click."""
    return full_address("accounts.stop_letters", token=stop_token(person_id, kind))
