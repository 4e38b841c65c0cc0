"""The kinds of letters the board writes: what they are called, why they come, how often a person may want them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Choice = Literal["at_once", "daily", "off"]

CHOICE_WORDS: dict[str, str] = {"at_once": "At once", "daily": "Once a day, together", "off": "Never"}


@dataclass(frozen=True)
class Kind:
    """One kind of letter. `why` ends every letter of the kind; `group` gathers kinds on the page of choices."""

    name: str
    words: str
    why: str
    group: str
    choices: tuple[Choice, ...] = ("at_once",)
    default: Choice = "at_once"

    @property
    def can_be_off(self) -> bool:
        """Whether a person may stop letters of this kind."""
        return "off" in self.choices


ACCOUNT = "Your account and its security"
CANDIDATE = "What you applied to"
COMPANY = "Your company's openings"
CODES = "Your codes"
MODERATION = "Order in the house"

_OWN: tuple[Choice, ...] = ("at_once", "off")

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "confirm",
            "Confirm an address",
            "somebody gave this address when registering or changing an account.",
            ACCOUNT,
        ),
        Kind(
            "reset", "Choose a new password", "somebody asked for a new password for this address.", ACCOUNT
        ),
        Kind(
            "address_changed", "The address was changed", "the address of your account was changed.", ACCOUNT
        ),
        Kind(
            "password_changed",
            "The password was changed",
            "the password of your account was changed.",
            ACCOUNT,
        ),
        Kind(
            "already_joined",
            "Registering again",
            "somebody gave this address, which has an account already.",
            ACCOUNT,
        ),
        Kind("invitation", "Invitation to a company", "somebody at a company invited this address.", ACCOUNT),
        Kind(
            "application_received", "Your application arrived", "you applied to an opening.", CANDIDATE, _OWN
        ),
        Kind("status_changed", "An application moved on", "you applied to this opening.", CANDIDATE, _OWN),
        Kind("posting_closed", "An opening was closed", "you applied to this opening.", CANDIDATE, _OWN),
        Kind(
            "new_application",
            "Somebody applied",
            "you speak for the company that posted this opening.",
            COMPANY,
            ("at_once", "daily", "off"),
        ),
        Kind("posting_approved", "A posting was approved", "you speak for this company.", COMPANY, _OWN),
        Kind("posting_returned", "A posting was returned", "you speak for this company.", COMPANY, _OWN),
        Kind("posting_removed", "A posting was taken down", "you speak for this company.", COMPANY, _OWN),
        Kind("posting_expires", "A posting closes in a week", "you speak for this company.", COMPANY, _OWN),
        Kind(
            "code_changes",
            "A new edition revises or deletes codes that you keep",
            "you asked to hear what new editions change among the codes that you keep.",
            CODES,
            _OWN,
            "off",
        ),
        Kind(
            "queue_waiting",
            "Something waits for a moderator (hourly at most)",
            "you are a moderator of this board.",
            MODERATION,
            _OWN,
        ),
        Kind(
            "edition_ends",
            "An edition of codes ends, and no later one is loaded",
            "you are a moderator of this board.",
            MODERATION,
            _OWN,
        ),
    )
}


def kind_named(name: str) -> Kind:
    """The kind of that name; ValueError naming it where there is none."""
    try:
        return KINDS[name]
    except KeyError:
        raise ValueError(f"{name!r} is not a kind of letter; they are {', '.join(KINDS)}") from None
