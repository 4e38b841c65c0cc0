"""Puts one line of an import into the house: a new posting, or a change of one that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from jobboard import clock
from jobboard.database import db
from jobboard.employers.actions import find_or_found_for_import
from jobboard.postings import actions, dates, signals
from jobboard.postings.content import (
    Content,
    set_column,
    set_places,
    set_requirement,
    set_terms,
    set_workloads,
)
from jobboard.postings.importing.applying import CLOSED
from jobboard.postings.importing.matching import posting_for, says_nothing_new
from jobboard.postings.importing.period import period_of
from jobboard.postings.linking import link_codes
from jobboard.postings.models import Origin, State
from jobboard.postings.queries import unfinished_revision
from jobboard.postings.revisions import discard, propose
from jobboard.postings.rules import EXPIRED, REVIEWED
from jobboard.unit_of_work import flush

if TYPE_CHECKING:
    from jobboard.postings.importing.composing import Composed
    from jobboard.postings.importing.matching import Digest
    from jobboard.postings.importing.opening import Opening
    from jobboard.postings.importing.period import Period
    from jobboard.postings.models import Posting

Outcome = Literal["created", "updated", "unchanged"]


def store(opening: Opening, composed: Composed, digest: Digest, *, source: str, publish: bool) -> Outcome:
    """Store one line without committing; raises `Refused` or `NotAllowed`, after which nothing of it may be kept."""
    posting = posting_for(opening.key, source)
    if posting is not None and says_nothing_new(posting, digest, publish=publish):
        return "unchanged"
    outcome: Outcome = "updated"
    if posting is None:
        outcome = "created"
        company = find_or_found_for_import(opening.key.company, **opening.company_facts)
        words = {"title": opening.title, "description": opening.description}
        posting = actions.draft(company, Content(columns=words), person_id=None, source=source)
        posting.source_key = opening.key.identifier
    period = period_of(opening, posting, digest.days)
    posting.source_digest = str(digest)
    _take_in(posting, composed, period, publish=publish)
    return outcome


def _take_in(posting: Posting, composed: Composed, period: Period, *, publish: bool) -> None:
    columns = dict(composed.columns)
    if period.is_over:
        columns |= {name: (value, Origin.STATED) for name, value in CLOSED.items()}
    # Visitors see the page of what is open, or was; what is reviewed there stays as approved.
    is_seen = posting.state in {State.OPEN, State.CLOSED} and posting.opens_at is not None
    comes_again = posting.state == State.CLOSED and not period.is_over
    waits = is_seen and not publish and not comes_again
    if waits:
        reviewed = {name: columns.pop(name)[0] for name in REVIEWED if name in columns}
        if posting.state == State.OPEN and not period.is_over:
            _let_wait(posting, reviewed, composed)
    _fill(posting, columns, composed)
    posting.posted_at = period.posted_at
    posting.opens_on, posting.closes_on = period.opens_on, period.closes_on
    posting.changed_at = clock.now()
    if publish or is_seen:
        dates.set_period(posting, period.opens_on, period.closes_on)
    flush()
    if not waits:
        link_codes(posting)
    if publish:
        _drop_what_waits(posting)
    _go_on(posting, period, publish=publish)
    flush()


def _go_on(posting: Posting, period: Period, *, publish: bool) -> None:
    if posting.state == State.OPEN:
        signals.posting_changed.send(posting)
        if period.is_over:
            actions.expire(posting)
    elif posting.state == State.CLOSED:
        if posting.closed_reason == EXPIRED and not period.is_over:
            _publish_or_offer(posting, period, publish=publish)
    elif period.is_over and not publish:
        # Never shown: nobody has seen it, and it is too late to.
        posting.opens_at, posting.closes_at = None, clock.end_of_day(period.closes_on, posting.time_zone)
        actions.expire(posting)
    elif publish or posting.state == State.DRAFT:
        _publish_or_offer(posting, period, publish=publish)
        if period.is_over:
            actions.expire(posting)


def _publish_or_offer(posting: Posting, period: Period, *, publish: bool) -> None:
    if publish:
        actions.publish(
            posting, opens_on=period.opens_on, closes_on=period.closes_on, posted_at=period.posted_at
        )
    else:
        actions.offer(posting)
        posting.closed_at, posting.closed_reason = None, ""
        posting.opens_at = posting.closes_at = None


def _let_wait(posting: Posting, wanted: dict[str, Any], composed: Composed) -> None:
    if propose(posting, wanted, None):
        signals.posting_waits.send(posting)
    for name in wanted:
        # An amount that was only read stays so when it is approved.
        if composed.columns[name][1] == Origin.RECOGNISED:
            posting.origins = {**posting.origins, name: Origin.RECOGNISED.value}


def _drop_what_waits(posting: Posting) -> None:
    waiting = unfinished_revision(posting)
    if waiting is not None:
        discard(posting, waiting)


def _fill(posting: Posting, columns: dict[str, tuple[Any, Origin]], composed: Composed) -> None:
    for name, (value, origin) in columns.items():
        set_column(posting, name, value, origin)
    for facet, terms in composed.terms.items():
        set_terms(posting, facet, terms, terms)
    set_requirement(
        posting, composed.requirement, Origin.RECOGNISED if composed.requirement else Origin.STATED
    )
    set_places(posting, composed.places)
    set_workloads(posting, composed.workloads)
    db.session.flush()
