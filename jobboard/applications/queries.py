"""Applications as one side or the other may see them, and what a moderator may know: how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from jobboard.applications.models import Application, Document, WentToApply
from jobboard.applications.rules import LIVE, Side
from jobboard.database import db
from jobboard.employers import queries as employers
from jobboard.employers.models import Company
from jobboard.postings.models import Posting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Select

PER_PAGE = 25


def application_for(person_id: int, application_id: int) -> tuple[Application, Side] | None:
    """An application with the side on which the person stands, or None for everybody else."""
    wanted = select(Application).where(Application.id == application_id)
    application = db.session.scalar(
        wanted.options(joinedload(Application.posting), selectinload(Application.events))
    )
    if application is None:
        return None
    if application.person_id == person_id:
        return application, Side.CANDIDATE
    if may_read_for_company(person_id, application.posting):
        return application, Side.COMPANY
    return None


def may_read_for_company(person_id: int, posting: Posting) -> bool:
    """Whether the person speaks for the company that manages the posting, and that company is in good standing."""
    company = db.session.get(Company, posting.posting_company_id)
    return (
        company is not None
        and company.suspended_at is None
        and employers.speaks_for(person_id, posting.posting_company_id)
    )


def application_of(person_id: int, posting_id: int) -> Application | None:
    """The person's application to the posting, if there is one."""
    theirs = select(Application).where(
        Application.person_id == person_id, Application.posting_id == posting_id
    )
    return db.session.scalar(theirs)


def applications_of(person_id: int, *, page: int) -> tuple[Sequence[Application], int]:
    """A page of a person's own applications, newest first, and how many there are in all."""
    mine = select(Application).where(Application.person_id == person_id)
    return _page(mine.options(joinedload(Application.posting)), page)


def applications_to(posting_id: int, *, status: str = "", page: int = 1) -> tuple[Sequence[Application], int]:
    """A page of the applications to a posting (in one status, or all), newest first, and how many there are."""
    received = select(Application).where(Application.posting_id == posting_id)
    if status:
        received = received.where(Application.status == status)
    return _page(received.options(joinedload(Application.person)), page)


def _page(wanted: Select[Application], page: int) -> tuple[Sequence[Application], int]:
    total = db.session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0
    newest = wanted.order_by(Application.created_at.desc(), Application.id.desc())
    return db.session.scalars(newest.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all(), total


def counts_by_status(posting_id: int) -> dict[str, int]:
    """How many applications to the posting stand in each status; statuses without any are left out."""
    counted = select(Application.status, func.count()).where(Application.posting_id == posting_id)
    return {row[0]: row[1] for row in db.session.execute(counted.group_by(Application.status))}


def counts_by_posting(posting_ids: Sequence[int]) -> dict[int, int]:
    """How many people applied to each posting; this much a moderator may know, and nothing more."""
    counted = select(Application.posting_id, func.count()).where(Application.posting_id.in_(posting_ids))
    return {row[0]: row[1] for row in db.session.execute(counted.group_by(Application.posting_id))}


def live_applications(posting_id: int) -> Sequence[Application]:
    """Applications to the posting that still wait for an outcome, with their people."""
    waiting = select(Application).where(Application.posting_id == posting_id, Application.status.in_(LIVE))
    return db.session.scalars(waiting.options(joinedload(Application.person)).order_by(Application.id)).all()


def applications_between(company_id: int, start: datetime, end: datetime) -> Sequence[Application]:
    """What came in for the postings that a company manages, from `start` until before `end`, oldest first."""
    managed = func.coalesce(Posting.posted_by_company_id, Posting.company_id) == company_id
    came = select(Application).join(Application.posting).where(managed)
    came = came.where(Application.created_at >= start, Application.created_at < end)
    return db.session.scalars(came.options(joinedload(Application.person)).order_by(Application.id)).all()


def companies_with_applications_between(start: datetime, end: datetime) -> Sequence[int]:
    """The companies whose postings were applied to, from `start` until before `end`."""
    managing = func.coalesce(Posting.posted_by_company_id, Posting.company_id)
    came = select(managing).join(Application, Application.posting_id == Posting.id)
    came = came.where(Application.created_at >= start, Application.created_at < end)
    return db.session.scalars(came.distinct().order_by(managing)).all()


def departures_of(person_id: int) -> Sequence[tuple[WentToApply, Posting]]:
    """Where a person left for an employer's own address, the latest first, with the postings."""
    left = select(WentToApply, Posting).join(Posting, Posting.id == WentToApply.posting_id)
    left = left.where(WentToApply.person_id == person_id).options(joinedload(Posting.company))
    rows = db.session.execute(left.order_by(WentToApply.at.desc()).limit(100))
    return [(departure, posting) for departure, posting in rows]


def documents_of(person_id: int) -> Sequence[Document]:
    """The résumés a person keeps here, the latest first."""
    mine = select(Document).where(Document.person_id == person_id)
    return db.session.scalars(mine.order_by(Document.created_at.desc(), Document.id.desc())).all()


def document_of(person_id: int, document_id: int) -> Document | None:
    """One of a person's own résumés, or None for everybody else."""
    mine = select(Document).where(Document.id == document_id, Document.person_id == person_id)
    return db.session.scalar(mine)


def documents_share(person_id: int) -> tuple[int, int]:
    """How many résumés a person keeps here, and how many bytes they are."""
    used = select(func.count(), func.coalesce(func.sum(Document.size), 0))
    count, size = db.session.execute(used.where(Document.person_id == person_id)).one()
    return int(count), int(size)


def statuses_by_document(person_id: int) -> dict[int, set[str]]:
    """For each of a person's résumés the statuses of the applications that it was handed in with."""
    asked = select(Application.document_id, Application.status).where(
        Application.person_id == person_id, Application.document_id.is_not(None)
    )
    found: dict[int, set[str]] = {}
    for document_id, status in db.session.execute(asked):
        found.setdefault(document_id or 0, set()).add(status)
    return found


def statuses_with_document(document_id: int) -> set[str]:
    """The statuses of the applications that a résumé was handed in with."""
    with_it = select(Application.status).where(Application.document_id == document_id)
    return set(db.session.scalars(with_it))
