"""What moderators decide, and what anybody reports to them. Nothing here commits."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy.exc import IntegrityError

from jobboard import clock
from jobboard.accounts import actions as accounts
from jobboard.codes import licences
from jobboard.database import db
from jobboard.employers import actions as employers
from jobboard.moderation import queries, rules
from jobboard.postings import actions as postings
from jobboard.postings.models import PostingReport
from jobboard.postings.queries import companies_of_person
from jobboard.postings.rules import NotAllowed

if TYPE_CHECKING:
    from jobboard.accounts.models import Person
    from jobboard.employers.models import Company
    from jobboard.postings.models import Posting

DISMISSED = "dismissed"
TAKEN_DOWN = "taken_down"


class ChangedMeanwhile(Exception):
    """What a moderator decided about is no longer what they had before their eyes."""


def approve(posting: Posting, moderator: Person, *, seen_version: int) -> None:
    """List what waits, as it was looked at. Raises `ChangedMeanwhile` and `NotAllowed`."""
    _as_seen(posting, moderator, seen_version)
    postings.approve(posting, person_id=moderator.id)


def return_(posting: Posting, moderator: Person, reason: str, *, seen_version: int) -> None:
    """Give what waits back to its people with a reason. Raises `ChangedMeanwhile` and `NotAllowed`."""
    _as_seen(posting, moderator, seen_version)
    postings.return_(posting, person_id=moderator.id, reason=reason)


def take_down(posting: Posting, moderator: Person, reason: str) -> None:
    """Remove an open posting at once, whatever was edited meanwhile; its reports are handled with it."""
    _in_good_standing(moderator)
    postings.take_down(posting, person_id=moderator.id, reason=reason)
    _handle(posting.id, moderator, TAKEN_DOWN)


def dismiss_reports(posting: Posting, moderator: Person, *, up_to: int) -> int:
    """Close the reports on a posting that the moderator has seen (up to that id); returns how many."""
    _in_good_standing(moderator)
    if not _may_judge(posting, moderator):
        raise NotAllowed("You speak for this company, so another moderator decides about its postings.")
    return _handle(posting.id, moderator, DISMISSED, up_to=up_to)


def report(posting: Posting, kind: str, note: str, *, person_id: int | None, address: str) -> None:
    """Put a report before the moderators; a second one by the same reporter takes the place of the first."""
    key = reporter_key(posting.id, person_id, address)
    earlier = queries.open_report_by(key)
    if earlier is not None:
        earlier.kind, earlier.note = kind, note
        return
    fresh = PostingReport(posting_id=posting.id, person_id=person_id, kind=kind, note=note, open_key=key)
    try:
        with db.session.begin_nested():
            db.session.add(fresh)
    except IntegrityError:
        # The same reporter at the same instant: their other report stands already.
        return


def reporter_key(posting_id: int, person_id: int | None, address: str) -> str:
    """What an open report of a person, or of an address that is not signed in, is known by.

    The address is keyed with the board's secret, so that it cannot be read back out of the database.
    """
    who = f"person {person_id}" if person_id is not None else f"address {address}"
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, f"{posting_id} {who}".encode(), hashlib.sha256).hexdigest()


def suspend_person(person: Person, moderator: Person, reason: str) -> None:
    """Shut a person out: their sessions end, and the postings they wrote are hidden."""
    _in_good_standing(moderator)
    if not rules.may_suspend(moderator, person):
        raise NotAllowed("Nobody suspends themselves; ask another moderator.")
    accounts.suspend(person, _given(reason))
    db.session.flush()


def restore_person(person: Person, moderator: Person) -> None:
    """Let a suspended person in again, and show their postings."""
    _in_good_standing(moderator)
    accounts.restore(person)
    db.session.flush()


def set_groups(person: Person, moderator: Person, wanted: set[str]) -> None:
    """Put a person into exactly those groups of readers of the code reference. Raises `NotAllowed`."""
    _in_good_standing(moderator)
    try:
        licences.set_groups(person.id, wanted, moderator.id)
    except licences.UnknownGroup as problem:
        raise NotAllowed(f"Nothing was changed: {problem}.") from problem


def suspend_company(company: Company, moderator: Person, reason: str) -> None:
    """Hide a company with its postings; its people can no longer read what candidates sent."""
    _judges(company, moderator)
    employers.suspend(company, _given(reason))
    db.session.flush()


def restore_company(company: Company, moderator: Person) -> None:
    """Show a suspended company with its postings again."""
    _judges(company, moderator)
    employers.restore(company)
    db.session.flush()


def _as_seen(posting: Posting, moderator: Person, seen_version: int) -> None:
    _in_good_standing(moderator)
    if posting.version != seen_version:
        raise ChangedMeanwhile


def _in_good_standing(moderator: Person) -> None:
    # Two who suspend each other at one instant would leave nobody: the second one is read afresh under the lock.
    db.session.refresh(moderator, with_for_update=True)
    if not rules.may_act(moderator):
        raise NotAllowed("You are not a moderator any more.")


def _judges(company: Company, moderator: Person) -> None:
    _in_good_standing(moderator)
    if not rules.may_judge_company(company, set(db.session.scalars(companies_of_person(moderator.id)))):
        raise NotAllowed("You speak for this company, so another moderator decides about it.")


def _may_judge(posting: Posting, moderator: Person) -> bool:
    own = set(db.session.scalars(companies_of_person(moderator.id)))
    return not own & {posting.company_id, posting.posted_by_company_id}


def _given(reason: str) -> str:
    words = reason.strip()
    if not words:
        raise NotAllowed("Give a reason; it is kept with the suspension.")
    return words


def _handle(posting_id: int, moderator: Person, outcome: str, *, up_to: int | None = None) -> int:
    handled = 0
    for one in queries.open_reports_on(posting_id):
        if up_to is None or one.id <= up_to:
            one.handled_at, one.handled_by_id, one.outcome, one.open_key = (
                clock.now(),
                moderator.id,
                outcome,
                None,
            )
            handled += 1
    return handled
