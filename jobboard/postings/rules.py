"""What may become of a posting, and who may do it: the one table of arrows, and rules beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from jobboard.postings.models import Posting, State

if TYPE_CHECKING:
    from collections.abc import Collection


class Who(StrEnum):
    """Who takes a posting along an arrow."""

    PEOPLE = "the company's people"
    MODERATOR = "a moderator who is not of the company"
    CLOCK = "the clock"
    IMPORT = "an import"


@dataclass(frozen=True)
class Arrow:
    """A step in a posting's life. `from_state` and `to_state` are equal where only dates or texts change."""

    from_state: State
    to_state: State
    verb: str
    who: Who


ARROWS = (
    Arrow(State.DRAFT, State.IN_REVIEW, "submit", Who.PEOPLE),
    Arrow(State.IN_REVIEW, State.DRAFT, "take_back", Who.PEOPLE),
    Arrow(State.IN_REVIEW, State.OPEN, "approve", Who.MODERATOR),
    Arrow(State.IN_REVIEW, State.DRAFT, "return", Who.MODERATOR),
    Arrow(State.OPEN, State.OPEN, "approve", Who.MODERATOR),
    Arrow(State.OPEN, State.OPEN, "return", Who.MODERATOR),
    Arrow(State.OPEN, State.OPEN, "renew", Who.PEOPLE),
    Arrow(State.OPEN, State.CLOSED, "close", Who.PEOPLE),
    Arrow(State.OPEN, State.CLOSED, "expire", Who.CLOCK),
    Arrow(State.OPEN, State.CLOSED, "take_down", Who.MODERATOR),
    Arrow(State.CLOSED, State.OPEN, "renew", Who.PEOPLE),
    Arrow(State.DRAFT, State.IN_REVIEW, "offer", Who.IMPORT),
    Arrow(State.DRAFT, State.OPEN, "publish", Who.IMPORT),
    Arrow(State.IN_REVIEW, State.OPEN, "publish", Who.IMPORT),
    Arrow(State.CLOSED, State.OPEN, "publish", Who.IMPORT),
    # What was over before a moderator saw it, and what its source offers again.
    Arrow(State.DRAFT, State.CLOSED, "expire", Who.IMPORT),
    Arrow(State.IN_REVIEW, State.CLOSED, "expire", Who.IMPORT),
    Arrow(State.CLOSED, State.IN_REVIEW, "offer", Who.IMPORT),
)

# What an edit of an open posting changes only after a moderator has seen it: title, text, pay, how to apply, company.
REVIEWED = (
    "title",
    "description",
    "pay_basis",
    "pay_least_cents",
    "pay_most_cents",
    "pay_currency",
    "apply_by",
    "apply_url",
    "apply_email",
    "company_id",
    "posted_by_company_id",
    "confidential",
)
CLOSE_REASONS_OF_PEOPLE = ("filled", "withdrawn")
EXPIRED = "expired"
REMOVED = "removed"


class NotAllowed(Exception):
    """The step is not in the table, or not now; the message says why, for whoever tried."""


def arrow(state: str, verb: str) -> Arrow | None:
    """The arrow that `verb` takes from `state`, or None."""
    return next((step for step in ARROWS if step.from_state == state and step.verb == verb), None)


def verbs(state: str, who: Who) -> tuple[str, ...]:
    """What `who` may do to a posting in `state`, in the order of the table."""
    return tuple(step.verb for step in ARROWS if step.from_state == state and step.who == who)


def may_renew(posting: Posting) -> bool:
    """An open posting may be given more time, and one that ran out may be opened again; no other closed one."""
    return posting.state == State.OPEN or (posting.state == State.CLOSED and posting.closed_reason == EXPIRED)


def may_edit(posting: Posting) -> bool:
    """Everything but a closed posting can be edited; a closed one is copied instead."""
    return posting.state != State.CLOSED


def may_moderate(posting: Posting, companies_of_moderator: Collection[int]) -> bool:
    """Nobody moderates a posting of a company for which they speak, be it the one that hires or the agency."""
    own = {posting.company_id, posting.posted_by_company_id}
    return not own.intersection(companies_of_moderator)


def takes_applications_here(posting: Posting, company_has_people: bool) -> bool:
    """Applying here needs somebody who reads it: a company without people (imported) never takes applications.

    `company_has_people` is about the company that manages the posting.
    """
    return posting.apply_by == "here" and company_has_people


def reviewed_values(posting: Posting) -> dict[str, object]:
    """The reviewed columns of a posting by name, as they are live."""
    return {name: getattr(posting, name) for name in REVIEWED}
