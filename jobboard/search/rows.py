"""Listed postings as plain rows: a handful of statements for any number of them.

Documents and the cards of a results page are made of these. They have the attributes of `Posting` that the rooms
below read, and none of the cost of mapped objects, which is several times that of analysing and indexing a text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select

from jobboard.codes.library import articles
from jobboard.codes.queries import descriptions
from jobboard.database import db
from jobboard.employers.models import Company
from jobboard.postings.models import Posting, PostingCode, PostingPlace, PostingTerm, PostingWorkload
from jobboard.postings.queries import listed
from jobboard.search.opening_keys import keys_of
from search_index import Passage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

_MARKS = re.compile(r"[*_`#>|]+|\[([^\]]*)\]\([^)]*\)|^\s*[-+]\s", re.MULTILINE)


class PlaceRow(NamedTuple):
    """A workplace."""

    city: str
    state: str
    postal_code: str
    latitude: float | None = None
    longitude: float | None = None


class CodeRow(NamedTuple):
    """A code that was not dismissed."""

    id: int
    system: str
    start: str
    end: str | None
    is_family: bool
    text: str
    origin: str
    dismissed: bool = False


class WorkloadRow(NamedTuple):
    """Charts per hour of a chart type, '' for all."""

    chart_type: str
    charts_per_hour_least: float | None
    charts_per_hour_most: float | None


class CompanyRow(NamedTuple):
    """The company that hires."""

    name: str
    slug: str
    setting: str


@dataclass(slots=True)
class PostingRow:
    """One listed posting; money in cents, moments aware."""

    company: CompanyRow
    id: int
    version: int
    source_key: str | None
    title: str
    description: str
    state: str
    closed_reason: str
    confidential: bool
    created_at: datetime
    posted_at: datetime | None
    opens_at: datetime | None
    closes_at: datetime | None
    closes_on: date | None
    time_zone: str
    openings: int
    arrangement: str
    hybrid_days: int | None
    training_weeks: int | None
    eligible_mode: str
    eligible_states: list[str]
    apprentice_welcome: bool | None
    experience_months: int | None
    specialty_experience_months: int | None
    accuracy_percent: float | None
    qa_appeal: bool | None
    hours_per_week_least: float | None
    hours_per_week_most: float | None
    pay_basis: str
    pay_least_cents: int | None
    pay_most_cents: int | None
    pay_currency: str
    terms: dict[str, list[str]] = field(default_factory=dict)
    codes: list[CodeRow] = field(default_factory=list)
    places: list[PlaceRow] = field(default_factory=list)
    workloads: list[WorkloadRow] = field(default_factory=list)
    _passages: tuple[Passage, Passage] | None = None
    _opening_keys: tuple[str, ...] | None = None

    @property
    def passages(self) -> tuple[Passage, Passage]:
        """Title and description, analysed once. Marks of Markdown are blanked out, not parsed: quicker, and enough."""
        if self._passages is None:
            plain = _MARKS.sub(lambda found: found[1] or " ", self.description)
            self._passages = Passage(self.title), Passage(plain)
        return self._passages

    @property
    def opening_keys(self) -> tuple[str, ...]:
        """What it shares with other advertisements of its opening, worked out once."""
        if self._opening_keys is None:
            self._opening_keys = keys_of(self)
        return self._opening_keys

    @property
    def posted_on(self) -> date | None:
        """The day it was posted, in the employer's zone."""
        return self.posted_at.astimezone(ZoneInfo(self.time_zone)).date() if self.posted_at else None

    def slugs(self, facet: str) -> list[str]:
        """The vocabulary slugs for `facet`, in their order."""
        return self.terms.get(facet, [])


_OWN = tuple(
    getattr(Posting, name) for name in PostingRow.__dataclass_fields__ if name in Posting.__table__.columns
)
_COMPANY = (Company.name, Company.slug, Company.setting)


def listed_rows(*conditions: ColumnElement[bool]) -> list[PostingRow]:
    """The listed postings that meet `conditions`, by id."""
    chosen = (
        select(*_OWN, *_COMPANY).join(Company, Company.id == Posting.company_id).where(listed(), *conditions)
    )
    own = len(_OWN)
    rows = []
    # Columns and no objects, all at once: past the session's loading, which takes as long as the database itself.
    for found in db.session.connection().execute(chosen.order_by(Posting.id)).all():
        values: Sequence[Any] = found
        rows.append(PostingRow(CompanyRow(*values[own:]), *values[:own]))
    _add_children(rows)
    return rows


def listed_pages(size: int) -> Iterator[list[PostingRow]]:
    """All listed postings by id, from at most `size` postings at a time; the read transaction ends with each page.

    Pages are walked along the key and then asked for by it: told both at once, SQLite sorts the whole table each time.
    """
    last = 0
    while True:
        following = select(Posting.id).where(Posting.id > last).order_by(Posting.id).limit(size)
        ids = db.session.scalars(following).all()
        if not ids:
            return
        last = ids[-1]
        rows = listed_rows(Posting.id.in_(ids))
        yield rows
        db.session.rollback()


def _add_children(rows: Sequence[PostingRow]) -> None:
    if not rows:
        return
    by_id = {row.id: row for row in rows}
    least, most = rows[0].id, rows[-1].id
    # Ids in a row are asked for as a stretch: a long list of values is slow to send and to plan.
    dense = most - least < 4 * len(rows)

    def children(model: Any, *columns: Any) -> Sequence[Any]:
        near = model.posting_id.between(least, most) if dense else model.posting_id.in_(by_id)
        chosen = select(model.posting_id, *columns).where(near).order_by(model.posting_id, model.position)
        return db.session.connection().execute(chosen).all()

    for posting_id, facet, slug in children(PostingTerm, PostingTerm.facet, PostingTerm.slug):
        if row := by_id.get(posting_id):
            row.terms.setdefault(facet, []).append(slug)
    for found in children(PostingCode, *(getattr(PostingCode, name) for name in CodeRow._fields)):
        if (row := by_id.get(found[0])) and not found[-1]:
            row.codes.append(CodeRow._make(found[1:]))
    for found in children(PostingPlace, *(getattr(PostingPlace, name) for name in PlaceRow._fields)):
        if row := by_id.get(found[0]):
            row.places.append(PlaceRow._make(found[1:]))
    rates = (getattr(PostingWorkload, name) for name in WorkloadRow._fields)
    for found in children(PostingWorkload, *rates):
        if row := by_id.get(found[0]):
            row.workloads.append(WorkloadRow._make(found[1:]))


def titles_of_codes(rows: Sequence[PostingRow]) -> dict[tuple[str, str], str]:
    """What the single codes that `rows` name are: our own article in brief, else the title in the edition in force."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for code in row.codes:
            if code.end is None:
                wanted[code.system].add(code.start)
    found = {
        (system, code): title
        for system, codes in wanted.items()
        for code, title in descriptions(system, codes).items()
    }
    for (system, written), article in articles().items():
        if written in wanted.get(system, ()):
            found[system, written] = f"{article.title}. {article.summary}"
    return found
