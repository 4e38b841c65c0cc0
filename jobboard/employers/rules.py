"""Who may do what for a company; pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from jobboard import clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jobboard.accounts.models import Person
    from jobboard.employers.models import CompanyInvitation, CompanyMember

OWNER = "owner"
RECRUITER = "recruiter"
ROLES = {
    OWNER: "Owner: company page, people and postings",
    RECRUITER: "Recruiter: postings and applications",
}
INVITATION_LASTS = timedelta(days=14)


class NotAllowed(Exception):
    """The step cannot be taken; the message says why, for whoever tried."""


def is_last_owner(member: CompanyMember, members: Iterable[CompanyMember]) -> bool:
    """Whether nobody else could manage the company's people."""
    return member.role == OWNER and not any(
        other.role == OWNER and other.person_id != member.person_id for other in members
    )


def is_in_time(invitation: CompanyInvitation) -> bool:
    """Whether an invitation can still be accepted: for 14 days."""
    return clock.now() - invitation.created_at < INVITATION_LASTS


def is_meant_for(invitation: CompanyInvitation, person: Person) -> bool:
    """Whether the invitation was mailed to this person's confirmed address, so that a forwarded one admits nobody."""
    return invitation.email_key == person.email_key
