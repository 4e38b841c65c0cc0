"""Asks the database for postings: those that are listed, those a visitor may see, those of a company's people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from jobboard import clock
from jobboard.accounts.models import Person
from jobboard.database import db
from jobboard.employers.models import Company, CompanyMember
from jobboard.postings import rules
from jobboard.postings.dates import DAYS_SHOWN_CLOSED
from jobboard.postings.models import (
    Posting,
    PostingEvent,
    PostingRevision,
    PostingTerm,
    State,
)
from jobboard.postings.presentation import Card, card

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import BindParameter, Select

WHOLE = (
    joinedload(Posting.company),
    joinedload(Posting.posted_by_company),
    selectinload(Posting.terms),
    selectinload(Posting.codes),
    selectinload(Posting.places),
    selectinload(Posting.workloads),
)


def not_suspended() -> ColumnElement[bool]:
    """That neither the company, nor the agency, nor the author of a posting is suspended."""
    companies = select(Company.id).where(Company.suspended_at.is_not(None))
    people = select(Person.id).where(Person.suspended_at.is_not(None))
    return and_(
        Posting.company_id.not_in(companies),
        or_(Posting.posted_by_company_id.is_(None), Posting.posted_by_company_id.not_in(companies)),
        or_(Posting.created_by_id.is_(None), Posting.created_by_id.not_in(people)),
    )


def listed(at: BindParameter[datetime] | None = None) -> ColumnElement[bool]:
    """THE condition of a listed posting: open (which is approved), within its period, nobody of it suspended.

    As of now; or as of the moment bound to `at`, for a statement that is made once and run often.
    """
    now = clock.now() if at is None else at
    return and_(
        Posting.state == State.OPEN,
        Posting.opens_at.is_not(None),
        Posting.opens_at <= now,
        Posting.closes_at > now,
        not_suspended(),
    )


class Sight(StrEnum):
    """What a visitor gets to see of a posting."""

    OPEN = "open"
    CLOSED = "closed"
    GONE = "gone"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Seen:
    """A posting for a visitor. `posting` is None where nothing of it may be shown (gone or hidden)."""

    sight: Sight
    posting: Posting | None = None
    title: str = ""


def visible(posting_id: int) -> Seen:
    """What a visitor may see: the listed one; a closed one for 30 days; else that it is gone, or nothing at all."""
    posting = whole(posting_id)
    if posting is None:
        return Seen(Sight.HIDDEN)
    if posting.state == State.CLOSED and posting.closed_reason == rules.REMOVED:
        return Seen(Sight.GONE)
    if not db.session.scalar(select(not_suspended()).where(Posting.id == posting_id)):
        return Seen(Sight.HIDDEN)
    now = clock.now()
    over = posting.closed_at if posting.state == State.CLOSED else posting.closes_at
    if posting.state not in {State.OPEN, State.CLOSED} or posting.opens_at is None or posting.opens_at > now:
        return Seen(Sight.HIDDEN)
    if posting.state == State.OPEN and over is not None and over > now:
        return Seen(Sight.OPEN, posting)
    if over is not None and over > now - timedelta(days=DAYS_SHOWN_CLOSED):
        return Seen(Sight.CLOSED, posting)
    return Seen(Sight.GONE, title=posting.title)


def whole(posting_id: int) -> Posting | None:
    """A posting with all its parts, in a fixed number of statements."""
    return db.session.scalar(select(Posting).where(Posting.id == posting_id).options(*WHOLE))


def companies_of_person(person_id: int) -> Select[int]:
    """The ids of the companies for which a person speaks."""
    return select(CompanyMember.company_id).where(CompanyMember.person_id == person_id)


def managed_by(person_id: int) -> ColumnElement[bool]:
    """That the person speaks for the company that manages the posting: the agency where there is one."""
    manager = func.coalesce(Posting.posted_by_company_id, Posting.company_id)
    return manager.in_(companies_of_person(person_id))


def posting_of(person_id: int, posting_id: int) -> Posting | None:
    """The whole posting for one of its company's people, or nothing."""
    asked = select(Posting).where(Posting.id == posting_id, managed_by(person_id)).options(*WHOLE)
    return db.session.scalar(asked)


def postings_of(person_id: int) -> Sequence[Posting]:
    """Every posting of a person's companies, the one changed last first."""
    mine = select(Posting).where(managed_by(person_id)).options(*WHOLE)
    return db.session.scalars(mine.order_by(Posting.changed_at.desc(), Posting.id.desc())).all()


def cards(ids: Iterable[int]) -> list[Card]:
    """Cards of the postings with these ids, in this order, in a fixed number of statements. Unknown ids have none."""
    wanted = list(ids)
    found = {posting.id: posting for posting in loaded(select(Posting).where(Posting.id.in_(wanted)))}
    return [card(found[posting_id]) for posting_id in wanted if posting_id in found]


def loaded(asked: Select[Posting]) -> Sequence[Posting]:
    """The postings of a statement with all their parts."""
    return db.session.scalars(asked.options(*WHOLE)).all()


def newest(limit: int = 20, offset: int = 0) -> Sequence[Posting]:
    """Listed postings with all their parts, the newest first; equal ones by id."""
    asked = select(Posting).where(listed()).order_by(Posting.posted_at.desc(), Posting.id.desc())
    return loaded(asked.limit(limit).offset(offset))


def listed_of_company(company_id: int, limit: int = 50, offset: int = 0) -> Sequence[Posting]:
    """A company's listed postings as visitors may know of them: a confidential one does not name its company."""
    asked = select(Posting).where(listed(), _openly_of(company_id))
    return loaded(asked.order_by(Posting.posted_at.desc(), Posting.id.desc()).limit(limit).offset(offset))


def count_of_company(company_id: int) -> int:
    """How many postings `listed_of_company` has in all."""
    return db.session.scalar(select(func.count(Posting.id)).where(listed(), _openly_of(company_id))) or 0


def _openly_of(company_id: int) -> ColumnElement[bool]:
    hires = and_(Posting.company_id == company_id, Posting.confidential.is_(False))
    return or_(hires, Posting.posted_by_company_id == company_id)


def counts_by_specialty() -> list[tuple[str, int]]:
    """(specialty, listed postings), the most first; in one statement."""
    number = func.count().label("number")
    asked = (
        select(PostingTerm.slug, number)
        .join(Posting, Posting.id == PostingTerm.posting_id)
        .where(PostingTerm.facet == "specialty", listed())
        .group_by(PostingTerm.slug)
        .order_by(number.desc(), PostingTerm.slug)
    )
    return [(slug, count) for slug, count in db.session.execute(asked)]


def listed_totals() -> tuple[int, int]:
    """(listed postings, companies that have one)."""
    asked = select(func.count(Posting.id), func.count(Posting.company_id.distinct())).where(listed())
    postings, companies = db.session.execute(asked).one()
    return postings, companies


def pending_revision(posting: Posting) -> PostingRevision | None:
    """The change that waits for a moderator, or None."""
    return (
        db.session.get(PostingRevision, posting.pending_revision_id) if posting.pending_revision_id else None
    )


def unfinished_revision(posting: Posting) -> PostingRevision | None:
    """The change that waits, or the last one if it was returned and nothing came after it."""
    last = db.session.scalar(
        select(PostingRevision)
        .where(PostingRevision.posting_id == posting.id)
        .order_by(PostingRevision.id.desc())
        .limit(1)
    )
    return last if last is not None and last.status in {"pending", "returned"} else None


def events_of(posting_id: int) -> Sequence[PostingEvent]:
    """The steps of a posting's life, the oldest first."""
    asked = select(PostingEvent).where(PostingEvent.posting_id == posting_id)
    return db.session.scalars(asked.order_by(PostingEvent.id)).all()
