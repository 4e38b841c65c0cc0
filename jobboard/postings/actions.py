"""What is done to postings. Each step follows the table of arrows, leaves an event, and tells who needs to know.

Nothing here commits. `rules.NotAllowed` says why a step cannot be taken now; `ChangedByAnother` that somebody else
was faster.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jobboard import clock
from jobboard.database import db
from jobboard.postings import dates, letters, signals
from jobboard.postings.content import Content, content_of, fill
from jobboard.postings.linking import link_codes
from jobboard.postings.models import Posting, PostingEvent, PostingRevision, State
from jobboard.postings.queries import companies_of_person, pending_revision, unfinished_revision
from jobboard.postings.readiness import listing_of, problems
from jobboard.postings.revisions import discard, propose, take_over
from jobboard.postings.rules import (
    CLOSE_REASONS_OF_PEOPLE,
    EXPIRED,
    REMOVED,
    REVIEWED,
    NotAllowed,
    arrow,
    may_edit,
    may_moderate,
    may_renew,
)
from jobboard.unit_of_work import ChangedByAnother, flush

if TYPE_CHECKING:
    from datetime import date, datetime

    from jobboard.employers.models import Company


def draft(company: Company, content: Content, *, person_id: int | None, source: str = "form") -> Posting:
    """Begin a posting of `company` (whose zone it takes); it need not be complete."""
    posting = Posting(
        company_id=company.id,
        created_by_id=person_id,
        source=source,
        time_zone=company.time_zone,
        state=State.DRAFT,
        origins={},
        credential_requirement={},
        eligible_states=[],
    )
    db.session.add(posting)
    fill(posting, content)
    flush()
    db.session.refresh(posting, ["company", "posted_by_company"])
    link_codes(posting)
    _note(posting, "draft", "", State.DRAFT, person_id)
    signals.posting_changed.send(posting)
    return posting


def change(posting: Posting, content: Content, *, person_id: int | None, version: int | None = None) -> bool:
    """Put an edit in. Of an open posting the reviewed columns wait for a moderator, all else is live at once.

    `version` is the one the editor saw; another raises `ChangedByAnother`. Returns whether something now waits.
    """
    if version is not None and version != posting.version:
        raise ChangedByAnother
    if not may_edit(posting):
        raise NotAllowed("A closed posting is not edited any more. Copy it into a new one.")
    waits = False
    if posting.state == State.OPEN:
        wanted = {name: value for name, value in content.columns.items() if name in REVIEWED}
        live = {name: value for name, value in content.columns.items() if name not in REVIEWED}
        content = replace(content, columns=live)
        waits = propose(posting, wanted, person_id)
    fill(posting, content)
    if posting.state == State.OPEN and posting.opens_on and posting.closes_on:
        dates.set_period(posting, posting.opens_on, posting.closes_on)
    posting.changed_at = clock.now()
    flush()
    # The relationships follow the columns that were just set.
    db.session.refresh(posting, ["company", "posted_by_company"])
    link_codes(posting)
    if waits:
        _note(posting, "change", posting.state, posting.state, person_id)
        signals.posting_waits.send(posting)
    signals.posting_changed.send(posting)
    flush()
    return waits


def submit(posting: Posting, *, person_id: int | None) -> None:
    """Hand a draft to the moderators; `NotAllowed` names everything a listing still needs."""
    missing = problems(listing_of(posting))
    if missing:
        raise NotAllowed(" ".join(words for _, words in missing))
    _step(posting, "submit", person_id)
    posting.submitted_at = clock.now()
    signals.posting_waits.send(posting)


def offer(posting: Posting) -> None:
    """Put an imported posting before the moderators, as complete as its source was."""
    _step(posting, "offer", None)
    posting.submitted_at = clock.now()
    signals.posting_waits.send(posting)


def take_back(posting: Posting, *, person_id: int) -> None:
    """Make a posting that waits for review a draft again."""
    _step(posting, "take_back", person_id)
    posting.submitted_at = None


def approve(posting: Posting, *, person_id: int) -> None:
    """List a posting that was in review, or take over the waiting change of one that is open."""
    _as_moderator(posting, person_id)
    revision = pending_revision(posting)
    if posting.state == State.OPEN:
        if revision is None:
            raise NotAllowed("Nothing of this posting waits for approval.")
        take_over(posting, revision)
        _decide(revision, "approved", person_id)
        posting.pending_revision_id = None
        posting.approved_revision_id = revision.id
        _step(posting, "approve", person_id)
        flush()
        db.session.refresh(posting, ["company", "posted_by_company"])
        link_codes(posting)
        signals.posting_changed.send(posting)
    else:
        _step(posting, "approve", person_id)
        dates.open_from_now(posting)
        posting.posted_at = posting.posted_at or max(clock.now(), posting.opens_at or clock.now())
        revision = PostingRevision(
            posting_id=posting.id, author_id=posting.created_by_id, values=_reviewed(posting)
        )
        _decide(revision, "approved", person_id)
        db.session.add(revision)
        flush()
        posting.approved_revision_id = revision.id
        signals.posting_opened.send(posting)
    letters.approved(posting)


def return_(posting: Posting, *, person_id: int, reason: str) -> None:
    """Give a posting, or the waiting change of an open one, back to its people with a reason."""
    _as_moderator(posting, person_id)
    revision = pending_revision(posting)
    if posting.state == State.OPEN:
        if revision is None:
            raise NotAllowed("Nothing of this posting waits for approval.")
        _decide(revision, "returned", person_id, _reason(reason))
        posting.pending_revision_id = None
    _step(posting, "return", person_id, _reason(reason))
    letters.returned(posting, reason.strip())


def take_down(posting: Posting, *, person_id: int, reason: str) -> None:
    """Remove an open posting at once; its people are told why."""
    _as_moderator(posting, person_id)
    _close(posting, "take_down", REMOVED, person_id, _reason(reason))
    letters.removed(posting, reason.strip())


def close(posting: Posting, *, person_id: int | None, reason: str) -> None:
    """Close an open posting: `reason` is filled or withdrawn."""
    if reason not in CLOSE_REASONS_OF_PEOPLE:
        raise NotAllowed("Say whether the opening was filled or withdrawn.")
    _close(posting, "close", reason, person_id)


def expire(posting: Posting) -> None:
    """Close a posting whose time is over; it counts as closed from that moment, not from this one."""
    _close(posting, "expire", EXPIRED, None)


def publish(
    posting: Posting, *, opens_on: date, closes_on: date | None = None, posted_at: datetime | None = None
) -> None:
    """List an imported posting without review, for the period its source gives (60 days where it gives no end)."""
    dates.set_period(posting, opens_on, closes_on or dates.default_closing(opens_on))
    _step(posting, "publish", None)
    posting.posted_at = posted_at or posting.opens_at
    posting.closed_at, posting.closed_reason = None, ""
    signals.posting_opened.send(posting)


def renew(posting: Posting, *, person_id: int | None, closes_on: date | None = None) -> None:
    """Give a posting more time, by default 60 days from today; one that ran out is open again. Its date stays."""
    if not may_renew(posting):
        raise NotAllowed("Only an open posting, or one that ran out, can be renewed. Copy this one instead.")
    today = clock.today(posting.time_zone)
    last = closes_on or max(dates.default_closing(today), posting.closes_on or today)
    if last < today:
        raise NotAllowed("The closing day is over already.")
    if last > dates.latest_closing(today):
        raise NotAllowed(f"A posting stays open for at most {dates.LONGEST_DAYS_OPEN} days from today.")
    reopened = posting.state == State.CLOSED
    _step(posting, "renew", person_id)
    dates.set_period(posting, posting.opens_on or today, last)
    posting.closed_at, posting.closed_reason = None, ""
    (signals.posting_opened if reopened else signals.posting_changed).send(posting)


def copy(posting: Posting, *, person_id: int) -> Posting:
    """A new draft that says what `posting` says."""
    content = content_of(posting)
    manager = posting.posted_by_company or posting.company
    fresh = draft(manager, content, person_id=person_id)
    by_key = {(code.system, code.start, code.end, code.is_family): code for code in posting.codes}
    for code in fresh.codes:
        before = by_key.get((code.system, code.start, code.end, code.is_family))
        if before is not None:
            code.origin, code.dismissed = before.origin, before.dismissed
    return fresh


def drop_change(posting: Posting, *, person_id: int) -> None:
    """Forget the change that waits for approval or was returned; the posting stays as approved."""
    revision = unfinished_revision(posting)
    if revision is not None:
        discard(posting, revision)
        _note(posting, "drop_change", posting.state, posting.state, person_id)


def _close(posting: Posting, verb: str, reason: str, person_id: int | None, words: str = "") -> None:
    _step(posting, verb, person_id, words or reason)
    now = clock.now()
    posting.closed_reason = reason
    posting.closed_at = min(posting.closes_at or now, now) if reason == EXPIRED else now
    revision = unfinished_revision(posting)
    if revision is not None:
        discard(posting, revision)
    signals.posting_closed.send(posting, reason=reason)


def _step(posting: Posting, verb: str, person_id: int | None, reason: str = "") -> None:
    step = arrow(posting.state, verb)
    if step is None:
        state = posting.state.replace("_", " ")
        raise NotAllowed(f"This posting is {state}; that cannot be done to it now.")
    posting.state = step.to_state
    posting.changed_at = clock.now()
    _note(posting, verb, step.from_state, step.to_state, person_id, reason)


def _note(
    posting: Posting, what: str, before: str, after: str, person_id: int | None, reason: str = ""
) -> None:
    event = PostingEvent(
        posting_id=posting.id,
        person_id=person_id,
        what=what,
        from_state=before,
        to_state=after,
        reason=reason,
    )
    db.session.add(event)


def _as_moderator(posting: Posting, person_id: int) -> None:
    if not may_moderate(posting, set(db.session.scalars(companies_of_person(person_id)))):
        raise NotAllowed("You speak for this company, so another moderator decides about its postings.")


def _reason(words: str) -> str:
    if not words.strip():
        raise NotAllowed("Give a reason; it is mailed to the company.")
    return words.strip()


def _decide(revision: PostingRevision, status: str, person_id: int, reason: str = "") -> None:
    revision.status, revision.reason = status, reason
    revision.decided_at, revision.decided_by_id = clock.now(), person_id


def _reviewed(posting: Posting) -> dict[str, object]:
    return {name: getattr(posting, name) for name in REVIEWED}
