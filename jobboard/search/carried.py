"""What open postings carry, counted: their specialties, credentials, places, employers, titles and codes.

Counting takes some seconds at 100,000 postings: see `keeping`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from jobboard.codes.queries import descriptions
from jobboard.database import db
from jobboard.employers.models import Company
from jobboard.postings.hiring import companies_named
from jobboard.postings.models import Posting, PostingCode, PostingPlace, PostingTerm
from jobboard.postings.queries import listed

MOST_TITLES = MOST_CODES = MOST_CITIES = 5_000


@dataclass(frozen=True)
class CarriedCode:
    """A code, family or range with how many postings name it, and its official title where it has one."""

    system: str
    start: str
    end: str | None
    is_family: bool
    postings: int
    title: str = ""


@dataclass(frozen=True)
class Carried:
    """How many listed postings carry each value; within each the most frequent first.

    `terms` maps a facet of the vocabularies to its slugs. `employers` (by slug, with the name) leave out who is
    confidential. `cities` are (city, state).
    """

    terms: dict[str, dict[str, int]] = field(default_factory=dict)
    states: dict[str, int] = field(default_factory=dict)
    cities: dict[tuple[str, str], int] = field(default_factory=dict)
    employers: dict[tuple[str, str], int] = field(default_factory=dict)
    titles: dict[str, int] = field(default_factory=dict)
    codes: tuple[CarriedCode, ...] = ()


def count_carried() -> Carried:
    """Count as of now, in a handful of statements."""
    terms: dict[str, dict[str, int]] = {}
    for facet, slug, number in _counted(PostingTerm, PostingTerm.facet, PostingTerm.slug):
        terms.setdefault(facet, {})[slug] = number
    arrangements = select(Posting.arrangement, func.count()).where(listed(), Posting.arrangement != "")
    terms["arrangement"] = _ordered(db.session.execute(arrangements.group_by(Posting.arrangement)))
    titles = Counter[str]()
    for title, number in db.session.execute(
        select(Posting.title, func.count()).where(listed()).group_by(Posting.title)
    ):
        titles[" ".join(title.split())] += number
    states = _counted(PostingPlace, PostingPlace.state)
    cities = _counted(PostingPlace, PostingPlace.city, PostingPlace.state)
    named = [(city, state, number) for city, state, number in cities if city and state]
    return Carried(
        terms=terms,
        states={state: number for state, number in states if state},
        cities={(city, state): number for city, state, number in named[:MOST_CITIES]},
        employers=_employers(),
        titles=dict(titles.most_common(MOST_TITLES)),
        codes=_codes(),
    )


def _counted(model: Any, *columns: Any) -> list[Any]:
    """The values of columns of a posting's children with their postings, the most frequent first."""
    there = select(Posting.id).where(listed())
    number = func.count(model.posting_id.distinct())
    asked = select(*columns, number).where(model.posting_id.in_(there)).group_by(*columns)
    return list(db.session.execute(asked.order_by(number.desc(), *columns)))


def _ordered(rows: Any) -> dict[str, int]:
    return dict(sorted(((value, number) for value, number in rows), key=lambda one: (-one[1], one[0])))


def _employers() -> dict[tuple[str, str], int]:
    named = companies_named().subquery()
    number = func.count()
    asked = select(Company.slug, Company.name, number).join(named, named.c.company_id == Company.id)
    grouped = asked.group_by(Company.slug, Company.name).order_by(number.desc(), Company.name, Company.slug)
    return {(slug, name): count for slug, name, count in db.session.execute(grouped)}


def _codes() -> tuple[CarriedCode, ...]:
    there = select(Posting.id).where(listed())
    columns = (PostingCode.system, PostingCode.start, PostingCode.end, PostingCode.is_family)
    number = func.count(PostingCode.posting_id.distinct())
    asked = (
        select(*columns, number)
        .where(PostingCode.dismissed.is_(False), PostingCode.posting_id.in_(there))
        .group_by(*columns)
        .order_by(number.desc(), PostingCode.system, PostingCode.start)
        .limit(MOST_CODES)
    )
    rows = db.session.execute(asked).all()
    single: dict[str, set[str]] = defaultdict(set)
    for system, start, end, *_ in rows:
        if not end:
            single[system].add(start)
    titles = {system: descriptions(system, codes) for system, codes in single.items()}
    return tuple(
        CarriedCode(system, start, end, family, count, "" if end else titles[system].get(start, ""))
        for system, start, end, family, count in rows
    )
