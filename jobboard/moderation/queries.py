"""What waits for a moderator.

Whatever concerns a company for which the moderator speaks is left out: another one decides about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from jobboard.accounts.models import Person
from jobboard.database import db
from jobboard.employers.models import Company
from jobboard.moderation.rules import domains_agree
from jobboard.postings.models import Posting, PostingEvent, PostingReport, PostingRevision, State
from jobboard.postings.queries import companies_of_person

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement

PER_PAGE = 25
MANAGER = func.coalesce(Posting.posted_by_company_id, Posting.company_id)


@dataclass(frozen=True)
class Decisions:
    """What moderators decided about a company's postings before."""

    approved: int = 0
    returned: int = 0
    removed: int = 0


@dataclass(frozen=True)
class Waiting:
    """A posting in the queue with what helps to judge it. `what` is "posting" or "change"; `agree` as in rules."""

    posting: Posting
    what: str
    since: datetime
    author: Person | None
    company: Company
    agree: bool | None
    decisions: Decisions


@dataclass(frozen=True)
class Counts:
    """How much waits: new postings, changes to open ones, and postings that were reported."""

    postings: int
    changes: int
    reported: int
    newest: datetime | None

    @property
    def total(self) -> int:
        """All of it."""
        return self.postings + self.changes + self.reported


def not_of(moderator_id: int) -> ColumnElement[bool]:
    """That the moderator speaks neither for the company that hires nor for the agency."""
    own = companies_of_person(moderator_id)
    return and_(
        Posting.company_id.not_in(own),
        or_(Posting.posted_by_company_id.is_(None), Posting.posted_by_company_id.not_in(own)),
    )


_waits = or_(Posting.state == State.IN_REVIEW, Posting.pending_revision_id.is_not(None))
_since = case(
    (Posting.state == State.IN_REVIEW, func.coalesce(Posting.submitted_at, Posting.changed_at)),
    else_=func.coalesce(PostingRevision.created_at, Posting.changed_at),
)


def queue(moderator_id: int, *, page: int = 1) -> tuple[list[Waiting], int]:
    """A page of what waits, the oldest first, and how much there is in all."""
    waiting = (
        select(Posting)
        .outerjoin(PostingRevision, PostingRevision.id == Posting.pending_revision_id)
        .where(_waits, not_of(moderator_id))
    )
    total = db.session.scalar(select(func.count()).select_from(waiting.subquery())) or 0
    asked = waiting.options(
        joinedload(Posting.company), joinedload(Posting.posted_by_company), joinedload(Posting.created_by)
    ).order_by(_since, Posting.id)
    found = db.session.scalars(asked.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
    return _judged(found), total


def waiting(posting: Posting) -> Waiting:
    """One posting as the queue shows it."""
    return _judged([posting])[0]


def _judged(postings: Sequence[Posting]) -> list[Waiting]:
    changes = {posting.pending_revision_id for posting in postings if posting.pending_revision_id}
    asked = select(PostingRevision).where(PostingRevision.id.in_(changes))
    revisions = {revision.id: revision for revision in db.session.scalars(asked)}
    writers = {revision.author_id for revision in revisions.values() if revision.author_id}
    authors = {one.id: one for one in db.session.scalars(select(Person).where(Person.id.in_(writers)))}
    decided = decisions_of({posting.posting_company_id for posting in postings})
    found = []
    for posting in postings:
        revision = revisions.get(posting.pending_revision_id or 0)
        new = posting.state == State.IN_REVIEW or revision is None
        author = posting.created_by if new or revision is None else authors.get(revision.author_id or 0)
        since = posting.submitted_at if new or revision is None else revision.created_at
        company = posting.posted_by_company or posting.company
        found.append(
            Waiting(
                posting=posting,
                what="posting" if new else "change",
                since=since or posting.changed_at,
                author=author,
                company=company,
                agree=domains_agree(author.email, company.domain) if author else None,
                decisions=decided.get(company.id, Decisions()),
            )
        )
    return found


def decisions_of(company_ids: Iterable[int]) -> dict[int, Decisions]:
    """Earlier decisions about the postings that companies manage, by company."""
    counted = (
        select(MANAGER, PostingEvent.what, func.count())
        .join(Posting, Posting.id == PostingEvent.posting_id)
        .where(MANAGER.in_(list(company_ids)), PostingEvent.what.in_(("approve", "return", "take_down")))
        .group_by(MANAGER, PostingEvent.what)
    )
    found: dict[int, dict[str, int]] = {}
    for company_id, what, number in db.session.execute(counted):
        found.setdefault(company_id, {})[what] = number
    return {
        company_id: Decisions(by.get("approve", 0), by.get("return", 0), by.get("take_down", 0))
        for company_id, by in found.items()
    }


def counts(moderator_id: int) -> Counts:
    """How much waits for a moderator, and when the latest of it came."""
    fresh = func.count(case((Posting.state == State.IN_REVIEW, 1)))
    asked = (
        select(fresh, func.count(), func.max(_since))
        .select_from(Posting)
        .outerjoin(PostingRevision, PostingRevision.id == Posting.pending_revision_id)
        .where(_waits, not_of(moderator_id))
    )
    new, in_all, newest = db.session.execute(asked).one()
    told = select(func.count(PostingReport.posting_id.distinct()), func.max(PostingReport.created_at))
    told = told.join(Posting, Posting.id == PostingReport.posting_id)
    reported, latest = db.session.execute(
        told.where(PostingReport.handled_at.is_(None), not_of(moderator_id))
    ).one()
    moments = [moment for moment in (newest, latest) if moment is not None]
    return Counts(new, in_all - new, reported, max(moments, default=None))


def hidden_from(moderator_id: int) -> int:
    """How many postings wait that another moderator has to decide about."""
    asked = select(func.count()).select_from(Posting).where(_waits, ~not_of(moderator_id))
    return db.session.scalar(asked) or 0


def reported(moderator_id: int, *, page: int = 1) -> tuple[list[tuple[Posting, list[PostingReport]]], int]:
    """Postings with open reports, the longest waiting first, each with its reports; and how many there are."""
    open_ones = (
        select(PostingReport.posting_id, func.min(PostingReport.created_at).label("since"))
        .where(PostingReport.handled_at.is_(None))
        .group_by(PostingReport.posting_id)
        .subquery()
    )
    asked = select(Posting).join(open_ones, open_ones.c.posting_id == Posting.id).where(not_of(moderator_id))
    total = db.session.scalar(select(func.count()).select_from(asked.subquery())) or 0
    asked = asked.options(joinedload(Posting.company), joinedload(Posting.posted_by_company))
    asked = asked.order_by(open_ones.c.since, Posting.id).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    postings = db.session.scalars(asked).all()
    by_posting: dict[int, list[PostingReport]] = {posting.id: [] for posting in postings}
    for report in _open_reports(by_posting):
        by_posting[report.posting_id].append(report)
    return [(posting, by_posting[posting.id]) for posting in postings], total


def open_reports_on(posting_id: int) -> Sequence[PostingReport]:
    """The open reports on one posting, the oldest first."""
    return _open_reports([posting_id])


def _open_reports(posting_ids: Iterable[int]) -> Sequence[PostingReport]:
    asked = select(PostingReport).where(
        PostingReport.posting_id.in_(list(posting_ids)), PostingReport.handled_at.is_(None)
    )
    return db.session.scalars(
        asked.options(joinedload(PostingReport.person)).order_by(PostingReport.id)
    ).all()


def open_report_by(open_key: str) -> PostingReport | None:
    """The open report that somebody made on a posting before; the key is of `actions.reporter_key`."""
    return db.session.scalar(select(PostingReport).where(PostingReport.open_key == open_key))
