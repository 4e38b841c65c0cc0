"""Who may do what to an application: the one table of arrows, and when one may apply at all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from jobboard.applications.models import Status

if TYPE_CHECKING:
    from collections.abc import Collection

    from jobboard.applications.models import Application
    from jobboard.postings.models import Posting


class Side(StrEnum):
    """The two sides of an application; nobody else sees it."""

    CANDIDATE = "candidate"
    COMPANY = "company"


@dataclass(frozen=True)
class Arrow:
    """A step from one status to another, the side that may take it, and what its button says."""

    start: Status
    end: Status
    by: Side
    words: str


_NEW, _REVIEW, _INTERVIEW = Status.NEW, Status.IN_REVIEW, Status.INTERVIEW
_OFFER, _HIRED, _NOT, _WITHDRAWN = Status.OFFER, Status.HIRED, Status.NOT_SELECTED, Status.WITHDRAWN
LIVE = (_NEW, _REVIEW, _INTERVIEW, _OFFER)

ARROWS: tuple[Arrow, ...] = (
    Arrow(_NEW, _REVIEW, Side.COMPANY, "Take into review"),
    Arrow(_NEW, _INTERVIEW, Side.COMPANY, "Invite to an interview"),
    Arrow(_NEW, _NOT, Side.COMPANY, "Not selected"),
    Arrow(_REVIEW, _INTERVIEW, Side.COMPANY, "Invite to an interview"),
    Arrow(_REVIEW, _OFFER, Side.COMPANY, "Make an offer"),
    Arrow(_REVIEW, _NOT, Side.COMPANY, "Not selected"),
    Arrow(_INTERVIEW, _OFFER, Side.COMPANY, "Make an offer"),
    Arrow(_INTERVIEW, _NOT, Side.COMPANY, "Not selected"),
    Arrow(_INTERVIEW, _REVIEW, Side.COMPANY, "Back to review"),
    Arrow(_OFFER, _HIRED, Side.COMPANY, "Hired"),
    Arrow(_OFFER, _NOT, Side.COMPANY, "Not selected"),
    Arrow(_OFFER, _INTERVIEW, Side.COMPANY, "Back to interview"),
    Arrow(_HIRED, _OFFER, Side.COMPANY, "Back to offer"),
    Arrow(_NOT, _REVIEW, Side.COMPANY, "Back to review"),
    *(Arrow(status, _WITHDRAWN, Side.CANDIDATE, "Withdraw") for status in LIVE),
)


def arrows_from(status: str, side: Side) -> list[Arrow]:
    """The steps that `side` may take from `status`, in the order of the table."""
    return [arrow for arrow in ARROWS if arrow.start == status and arrow.by is side]


def may_move(status: str, side: Side, end: str) -> bool:
    """Whether `side` may take an application from `status` to `end`."""
    return any(arrow.end == end for arrow in arrows_from(status, side))


def company_sees_what_was_sent(application: Application) -> bool:
    """Message and résumé are the company's to read until the candidate withdraws."""
    return application.status != Status.WITHDRAWN


class Hindrance(StrEnum):
    """Why somebody cannot apply here."""

    ELSEWHERE = "elsewhere"
    OVER = "over"
    NOBODY_THERE = "nobody_there"
    OWN = "own"


def hindrance(
    posting: Posting, *, listed: bool, company_has_people: bool, speaks_for: Collection[int]
) -> Hindrance | None:
    """What keeps a person who speaks for the companies `speaks_for` from applying here, or None.

    `listed` says whether visitors find the posting; `company_has_people` whether anybody would read it.
    """
    if not listed or posting.apply_by == "closed":
        return Hindrance.OVER
    if posting.apply_by != "here":
        return Hindrance.ELSEWHERE
    if not company_has_people:
        return Hindrance.NOBODY_THERE
    if {posting.company_id, posting.posting_company_id} & set(speaks_for):
        return Hindrance.OWN
    return None


def may_remove_document(statuses_of_its_applications: Collection[str]) -> bool:
    """A résumé that a company is still to read stays; withdrawing frees it."""
    return not set(LIVE) & set(statuses_of_its_applications)
