"""The letters that applying and its outcome bring about, each a row in the same commit as what it tells of.

None carries a résumé or a word of a candidate's message: a letter is forwarded more easily than it is meant to be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobboard.accounts import letters
from jobboard.applications import queries
from jobboard.applications.models import Status
from jobboard.applications.presentation import CANDIDATE_WORDS
from jobboard.employers import queries as employers

if TYPE_CHECKING:
    from jobboard.applications.models import Application
    from jobboard.postings.models import Posting


def key_at_once(application_id: int, person_id: int) -> str:
    """What the letter of one application to one of the company's people is known by."""
    return f"new-application:{application_id}:{person_id}"


def tell_of_new_application(application: Application) -> None:
    """To the candidate that it arrived; at once to those of the company's people who want it at once."""
    posting = application.posting
    then = application.posting_then
    letters.write_to(
        application.person,
        "application_received",
        subject=f"Your application arrived: {then['title']}",
        template="applications/application_received",
        context={"application": application, "title": then["title"], "company": then["company_name"]},
    )
    for person in employers.people_of(posting.posting_company_id):
        letters.write_to(
            person,
            "new_application",
            subject=f"{application.person.display_name} applied: {posting.title}",
            template="applications/new_application",
            context={"application": application, "posting": posting},
            once_key=key_at_once(application.id, person.id),
        )


def tell_of_status(application: Application) -> None:
    """To the candidate, that the company took the application a step on."""
    status = Status(application.status)
    title = application.posting_then["title"]
    letters.write_to(
        application.person,
        "status_changed",
        subject=f"{CANDIDATE_WORDS[status]}: your application for {title}",
        template="applications/status_changed",
        context={
            "application": application,
            "title": title,
            "company": application.posting_then["company_name"],
            "status": status,
            "words": CANDIDATE_WORDS[status],
        },
    )


def tell_of_closing(posting: Posting, reason: str = "") -> None:
    """To everybody whose application still waits, that the posting was closed. `reason` as in close_reason.toml."""
    for application in queries.live_applications(posting.id):
        letters.write_to(
            application.person,
            "posting_closed",
            subject=f"Closed: {application.posting_then['title']}",
            template="applications/posting_closed",
            context={
                "application": application,
                "title": application.posting_then["title"],
                "company": application.posting_then["company_name"],
                "reason": reason,
            },
        )
