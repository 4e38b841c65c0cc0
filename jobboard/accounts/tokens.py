"""Signed links for letters: each for one purpose and one person, for a while, and only until what it is for changes.

A token carries a fingerprint of the state it was made in (the password's hash, say). Using it changes that state, so
that it works once, and a newer change makes older links worthless.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from jobboard import clock

if TYPE_CHECKING:
    from jobboard.accounts.models import Person


@dataclass(frozen=True)
class Purpose:
    """What a link is for and how long it may be used."""

    name: str
    lasts: timedelta


CONFIRM = Purpose("confirm", timedelta(days=7))
RESET = Purpose("reset", timedelta(hours=2))
NEW_ADDRESS = Purpose("new-address", timedelta(days=3))
_STOP = "stop-letters"


def token_for(purpose: Purpose, person: Person) -> str:
    """A token by which whoever reads the letter proves to be `person`; the person has been stored."""
    ends = int((clock.now() + purpose.lasts).timestamp())
    return _text(_signer(purpose.name).dumps([person.id, ends, fingerprint(purpose, person)]))


def person_id_in(purpose: Purpose, token: str) -> int | None:
    """Whom a token was made for, if it is ours and its time is not over; `fits` must follow."""
    found = _read(purpose.name, token, 3)
    if found is None or int(found[1]) < clock.now().timestamp():
        return None
    return int(found[0])


def fits(purpose: Purpose, token: str, person: Person) -> bool:
    """Whether the token still speaks of the state that `person` is in."""
    found = _read(purpose.name, token, 3)
    return found is not None and found[0] == person.id and found[2] == fingerprint(purpose, person)


def fingerprint(purpose: Purpose, person: Person) -> str:
    """What must not have changed between making a token and using it."""
    state = {
        CONFIRM.name: (person.email_key, person.password_hash, person.confirmed_at),
        RESET.name: (person.email_key, person.password_hash),
        NEW_ADDRESS.name: (person.email_key, person.new_email),
    }[purpose.name]
    return hashlib.sha256(repr((purpose.name, *state)).encode()).hexdigest()[:32]


def stop_token(person_id: int, kind: str) -> str:
    """A token that stops letters of one kind to one person; it has no end, as old letters keep their links."""
    return _text(_signer(_STOP).dumps([person_id, kind]))


def stopped_by(token: str) -> tuple[int, str] | None:
    """The person and the kind of letters that a stop token names, or None where it is not ours."""
    found = _read(_STOP, token, 2)
    return None if found is None else (int(found[0]), str(found[1]))


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=f"jobboard.accounts.{purpose}")


def _read(purpose: str, token: str, parts: int) -> list[int | str] | None:
    try:
        found = _signer(purpose).loads(token)
    except BadSignature:
        return None
    return found if isinstance(found, list) and len(found) == parts else None


def _text(signed: str | bytes) -> str:
    return signed.decode() if isinstance(signed, bytes) else signed
