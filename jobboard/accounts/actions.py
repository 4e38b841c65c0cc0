"""What changes accounts. Nothing here commits; passwords come in as hashes, made before the write lock is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobboard import clock, unit_of_work
from jobboard.accounts import account_letters, sessions
from jobboard.accounts.addresses import address_key, checked_address
from jobboard.accounts.models import Person
from jobboard.accounts.passwords import NONE_SET
from jobboard.accounts.queries import person_by_address
from jobboard.database import db

if TYPE_CHECKING:
    from jobboard.accounts.models import PersonSession


class AddressTaken(ValueError):
    """Another account has this address."""


def join(address: str, name: str, password_hash: str, *, terms_version: str, back_to: str = "") -> None:
    """Begin an account, or write to whoever has the address already; the caller cannot tell which it was.

    Joining again before confirming begins anew: the latest password counts and older links end.
    """
    person = person_by_address(address)
    if person is not None and person.confirmed_at is not None:
        account_letters.already_joined(person.email, person)
        return
    if person is None:
        person = Person(email=address, email_key=address_key(address))
        db.session.add(person)
    person.email = address
    person.name = name
    person.password_hash = password_hash
    person.terms_version = terms_version
    person.terms_accepted_at = clock.now()
    unit_of_work.flush()
    account_letters.confirm(person, back_to)


def add(address: str, name: str = "", password_hash: str = NONE_SET, *, is_moderator: bool = False) -> Person:
    """Add a confirmed person at the operator's word. Raises `AddressTaken`, and ValueError for no address."""
    checked = checked_address(address)
    if person_by_address(checked) is not None:
        raise AddressTaken("this address has an account already")
    person = Person(
        email=checked,
        email_key=address_key(checked),
        name=name,
        password_hash=password_hash,
        is_moderator=is_moderator,
        confirmed_at=clock.now(),
    )
    db.session.add(person)
    unit_of_work.flush()
    return person


def confirm(person: Person) -> None:
    """The person has shown that the address is theirs."""
    person.confirmed_at = person.confirmed_at or clock.now()


def set_password(person: Person, password_hash: str) -> None:
    """Change the password, end every session, and tell the person."""
    person.password_hash = password_hash
    sessions.end_all(person)
    account_letters.password_changed(person)


def refresh_hash(person: Person, password_hash: str) -> None:
    """Store the same password hashed with today's parameters."""
    person.password_hash = password_hash


def ask_for_address(person: Person, address: str) -> None:
    """Write to an address that is to replace the person's; nothing changes until it is confirmed there."""
    person.new_email = address
    unit_of_work.flush()
    holder = person_by_address(address)
    if holder is not None and holder.id != person.id:
        account_letters.already_joined(holder.email, holder)
    else:
        account_letters.confirm_new_address(person)


def take_new_address(person: Person) -> None:
    """Replace the address by the one that was just confirmed and tell the old one. Raises `AddressTaken`."""
    new, old = person.new_email, person.email
    holder = person_by_address(new)
    if not new or (holder is not None and holder.id != person.id):
        raise AddressTaken(f"{new} has another account by now")
    person.email, person.email_key, person.new_email = new, address_key(new), ""
    account_letters.address_changed(person, old)


def describe(person: Person, name: str, time_zone: str) -> None:
    """Set what a person is called and in which zone times are shown to them."""
    person.name = name
    person.time_zone = time_zone


def end_session(session: PersonSession) -> None:
    """Sign one browser out."""
    db.session.delete(session)


def set_moderator(person: Person, is_moderator: bool) -> None:
    """Make somebody a moderator, or no longer one."""
    person.is_moderator = is_moderator


def suspend(person: Person, reason: str) -> None:
    """Keep a person from signing in, with a reason they are shown; their sessions end."""
    person.suspended_at = clock.now()
    person.suspended_reason = reason
    sessions.end_all(person)


def restore(person: Person) -> None:
    """Let a suspended person sign in again."""
    person.suspended_at = None
    person.suspended_reason = ""
