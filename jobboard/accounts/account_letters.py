"""The letters of accounts and their security. They cannot be turned off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

from jobboard.accounts.tokens import CONFIRM, NEW_ADDRESS, RESET, token_for
from jobboard.database import db
from jobboard.mail.actions import write_letter
from jobboard.mail.addresses import full_address

if TYPE_CHECKING:
    from jobboard.accounts.models import Person


def confirm(person: Person, back_to: str = "") -> None:
    """Ask a new person to confirm the address; the link leads back to where they were going."""
    onward = {"next": back_to} if back_to else {}
    link = full_address("accounts.confirm", token=token_for(CONFIRM, person), **onward)
    write_letter(
        "confirm",
        to=person.email,
        person_id=person.id,
        subject=f"Confirm your address for {_site()}",
        template="accounts/confirm",
        context={"person": person, "link": link, "days": CONFIRM.lasts.days},
    )


def already_joined(address: str, person: Person | None) -> None:
    """Tell whoever has an account that somebody, perhaps they, registered its address again."""
    write_letter(
        "already_joined",
        to=address,
        person_id=person.id if person else None,
        subject=f"You have an account at {_site()}",
        template="accounts/already_joined",
        context={
            "sign_in": full_address("accounts.sign_in"),
            "forgotten": full_address("accounts.forgotten"),
        },
    )


def reset(person: Person) -> None:
    """Send the link by which a new password is chosen."""
    link = full_address("accounts.reset", token=token_for(RESET, person))
    write_letter(
        "reset",
        to=person.email,
        person_id=person.id,
        subject=f"Choose a new password for {_site()}",
        template="accounts/reset",
        context={"link": link, "hours": int(RESET.lasts.total_seconds() // 3600)},
    )


def nothing_for(address: str) -> None:
    """Do the work of a letter for an address without an account, and write none."""
    letter = write_letter(
        "already_joined",
        to=address,
        subject=f"Choose a new password for {_site()}",
        template="accounts/reset",
        context={"link": full_address("accounts.forgotten"), "hours": 0},
    )
    db.session.flush()
    db.session.delete(letter)


def confirm_new_address(person: Person) -> None:
    """Ask for confirmation at the address that is to replace the present one."""
    link = full_address("accounts.confirm_address", token=token_for(NEW_ADDRESS, person))
    write_letter(
        "confirm",
        to=person.new_email,
        person_id=person.id,
        subject=f"Confirm your new address for {_site()}",
        template="accounts/confirm_address",
        context={"person": person, "link": link, "days": NEW_ADDRESS.lasts.days},
    )


def address_changed(person: Person, old: str) -> None:
    """Tell the old address that it was replaced."""
    write_letter(
        "address_changed",
        to=old,
        person_id=person.id,
        subject=f"Your address at {_site()} was changed",
        template="accounts/address_changed",
        context={"person": person, "old": old},
    )


def password_changed(person: Person) -> None:
    """Tell a person that the password is another one now."""
    write_letter(
        "password_changed",
        to=person.email,
        person_id=person.id,
        subject=f"Your password at {_site()} was changed",
        template="accounts/password_changed",
        context={"person": person, "forgotten": full_address("accounts.forgotten")},
    )


def _site() -> str:
    return str(current_app.extensions["site"].name)
