"""Letters to a company's people about their postings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jobboard.accounts.letters import write_to
from jobboard.employers.queries import people_of
from jobboard.mail.addresses import base_url
from jobboard.postings.addresses import posting_path
from jobboard.postings.dates import closing_words, day_words

if TYPE_CHECKING:
    from jobboard.postings.models import Posting


def approved(posting: Posting) -> None:
    """The posting, or the change to it, is listed."""
    _tell(posting, "posting_approved", f"Approved: {posting.title}", {})


def returned(posting: Posting, reason: str) -> None:
    """A moderator wants something changed first."""
    _tell(posting, "posting_returned", f"Please look again: {posting.title}", {"reason": reason})


def removed(posting: Posting, reason: str) -> None:
    """A moderator took the posting down."""
    _tell(posting, "posting_removed", f"Taken down: {posting.title}", {"reason": reason})


def expires(posting: Posting) -> None:
    """The posting closes in a week: once per closing day and person, with a link to renew it."""
    subject = (
        f"Closes on {day_words(posting.closes_on)}: {posting.title}" if posting.closes_on else posting.title
    )
    _tell(posting, "posting_expires", subject, {}, once=f"expires:{posting.id}:{posting.closes_on}")


def _tell(posting: Posting, kind: str, subject: str, context: dict[str, Any], once: str = "") -> None:
    manager = posting.posting_company_id
    board = base_url()
    facts = {
        "title": posting.title,
        "company": (posting.posted_by_company or posting.company).name,
        "public_url": board + posting_path(posting),
        "manage_url": f"{board}/postings/{posting.id}",
        "edit_url": f"{board}/postings/{posting.id}/edit",
        "closes": closing_words(posting),
        "open": posting.state == "open",
    }
    for person in people_of(manager):
        key = f"{once}:{person.id}" if once else None
        write_to(person, kind, subject, f"postings/{kind}", {**facts, **context}, once_key=key)
