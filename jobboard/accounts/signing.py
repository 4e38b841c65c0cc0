"""Signing a browser in and out: a new session row, a new cookie, and nothing of the old one."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from flask import request, session
from flask_login import current_user, login_user, logout_user

from jobboard import unit_of_work
from jobboard.access.limits import count, network_of
from jobboard.accounts import passwords, sessions

if TYPE_CHECKING:
    from jobboard.accounts.models import Person

_JOINED = "joined_with"


def sign_in_as(person: Person) -> None:
    """Begin a session of `person` in this browser in place of any other. Commits this unit of work."""
    if current_user.is_authenticated:
        sessions.end(current_user.token)
    identity = sessions.begin(person, request.remote_addr or "", request.user_agent.string)
    unit_of_work.commit()
    session.clear()
    session.permanent = True
    login_user(identity)


def sign_out_here() -> None:
    """End this browser's session. Commits this unit of work."""
    if current_user.is_authenticated:
        sessions.end(current_user.token)
    unit_of_work.commit()
    logout_user()
    session.clear()


def checks_out(stored: str | None, password: str) -> bool:
    """Whether the password is right; lets go of the write lock first, because this takes a while."""
    unit_of_work.commit()
    return passwords.matches(stored, password)


def count_for(name: str, rate: str, subject: str) -> None:
    """Count a use against a limit of its own; lets go of the write lock first. Raises `TooManyRequests`."""
    unit_of_work.commit()
    count(name, rate, subject)


def count_tries(address_key: str) -> None:
    """Count a try to sign in to one account: few from one place, more from all places together.

    The second limit is wide, so that a stranger who guesses does not keep the owner out.
    """
    place = network_of(request.remote_addr or "")
    count_for("sign-in to it from there", "10/hour", f"{address_key} {place}")
    count_for("sign-in to it", "100/hour", address_key)


def remember_joining(password_hash: str) -> None:
    """Note in the cookie which password this browser registered with, known to the board or not."""
    session[_JOINED] = _mark(password_hash)


def joined_here(person: Person) -> bool:
    """Whether the account's password was chosen in this browser.

    Elsewhere its holder must give it: else somebody could register another's address with a password of their own
    and wait for the owner to press the button in the letter.
    """
    return session.get(_JOINED) == _mark(person.password_hash)


def _mark(password_hash: str) -> str:
    return hashlib.sha256(password_hash.encode()).hexdigest()[:32]
