"""What open postings carry, counted: their specialties, credentials, places, employers, titles and codes.

Counting takes some seconds at 100,000 postings, so a process keeps what it counted, and counts again beside its
requests, in a thread of its own, once what it keeps is old.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import func, select

from jobboard.codes.queries import descriptions
from jobboard.database import db
from jobboard.employers.models import Company
from jobboard.postings.hiring import companies_named
from jobboard.postings.models import Posting, PostingCode, PostingPlace, PostingTerm
from jobboard.postings.queries import listed

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

log = logging.getLogger(__name__)
MadeT = TypeVar("MadeT")
FRESH_SECONDS = 60.0
# Counting takes no more than this part of a process's time.
_SHARE = 1 / 50
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


class Kept(Generic[MadeT]):
    """What `make` makes of the counts: made at the first question, and anew beside the requests once it is old."""

    def __init__(self, app: Flask, make: Callable[[Carried], MadeT]) -> None:
        """Take the application, in whose context counting is done."""
        self._app, self._make = app, make
        self._lock = threading.Lock()
        self._made: MadeT | None = None
        self._until = 0.0
        self.counting: threading.Thread | None = None

    def get(self) -> MadeT:
        """What is kept; the first question waits for the counting."""
        made = self._made
        if made is None:
            with self._lock:
                return self._made if self._made is not None else self._count()
        if time.monotonic() > self._until:
            self._begin()
        return made

    def get_within(self, seconds: float) -> MadeT | None:
        """What is kept, or None where the first counting takes longer than `seconds`; it goes on meanwhile."""
        if self._made is None:
            self._begin()
            if self.counting is not None:
                self.counting.join(seconds)
        return self.get() if self._made is not None else None

    def _begin(self) -> None:
        """Count beside the requests, unless that is being done."""
        if self._lock.acquire(blocking=False):
            self.counting = threading.Thread(target=self._count_beside, name="carried", daemon=True)
            self.counting.start()

    def _count(self) -> MadeT:
        began = time.monotonic()
        made = self._made = self._make(count_carried())
        taken = time.monotonic() - began
        self._until = began + max(FRESH_SECONDS, taken / _SHARE)
        return made

    def _count_beside(self) -> None:
        try:
            with self._app.app_context():
                self._count()
        except Exception:
            # What is kept stays good enough; the next question after a while tries again.
            self._until = time.monotonic() + FRESH_SECONDS
            log.exception("what open postings carry could not be counted")
        finally:
            self._lock.release()
