"""The companies that have something open under their own name, counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select, union_all

from jobboard.database import db
from jobboard.employers.models import Company
from jobboard.employers.names import name_key
from jobboard.postings.models import Posting, PostingPlace, PostingTerm
from jobboard.postings.queries import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, CompoundSelect


@dataclass(frozen=True)
class Hiring:
    """A page of companies, each with its open advertisements, and how many companies there are in all.

    A page behind the last has neither.
    """

    companies: Sequence[tuple[Company, int]]
    total: int


def companies_named(*conditions: ColumnElement[bool]) -> CompoundSelect[int | None]:
    """The `company_id` of who is named by each listed posting that meets `conditions`, once for each posting.

    A confidential posting names the agency that posts it, and never who hires.
    """
    chosen = (listed(), *conditions)
    hires = select(Posting.company_id.label("company_id")).where(*chosen, Posting.confidential.is_(False))
    # One that names the same company twice counts once.
    again = and_(Posting.confidential.is_(False), Posting.posted_by_company_id == Posting.company_id)
    posts = select(Posting.posted_by_company_id).where(
        *chosen, Posting.posted_by_company_id.is_not(None), ~again
    )
    return union_all(hires, posts)


def hiring(name: str = "", specialty: str = "", state: str = "", *, limit: int, offset: int = 0) -> Hiring:
    """Companies with a listed posting that names them, those with the most first.

    `name` is a part of the company's name; `specialty` and `state` (of a workplace) count only such postings.
    """
    conditions: list[ColumnElement[bool]] = []
    if specialty:
        of_it = select(PostingTerm.posting_id).where(
            PostingTerm.facet == "specialty", PostingTerm.slug == specialty
        )
        conditions.append(Posting.id.in_(of_it))
    if state:
        conditions.append(Posting.id.in_(select(PostingPlace.posting_id).where(PostingPlace.state == state)))
    named = companies_named(*conditions).subquery()
    counts = select(named.c.company_id, func.count().label("number")).group_by(named.c.company_id).subquery()
    asked = select(Company, counts.c.number, func.count().over()).join(
        counts, counts.c.company_id == Company.id
    )
    if name.strip():
        asked = asked.where(Company.name_key.contains(name_key(name), autoescape=True))
    ordered = asked.order_by(counts.c.number.desc(), Company.name, Company.id).limit(limit).offset(offset)
    rows = db.session.execute(ordered).all()
    return Hiring([(company, number) for company, number, _ in rows], rows[0][2] if rows else 0)
