"""A posting with everything a coding opening can say; each field may be not stated (None or no row).

Facts that several values can fill (specialties, tools, schedules …) are rows of `PostingTerm`; each carries
where it comes from, as do codes. The origin of a single column stands in `Posting.origins` under its name.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobboard import clock
from jobboard.accounts.models import Person
from jobboard.database import Model
from jobboard.employers.models import Company


class State(StrEnum):
    """Where a posting is in its life; the arrows between them are in `rules.ARROWS`."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    OPEN = "open"
    CLOSED = "closed"


class Origin(StrEnum):
    """Where a value comes from: said by the employer, read out of the text, or read and then confirmed."""

    STATED = "stated"
    RECOGNISED = "recognised"
    CONFIRMED = "confirmed"


class Posting(Model):
    """One opening (or several alike) at one company. Live values; reviewed changes wait in a `PostingRevision`."""

    __tablename__ = "posting"
    __table_args__ = (
        UniqueConstraint("company_id", "source_key"),
        Index("ix_posting_listed", "state", "posted_at", "id"),
        Index("ix_posting_due", "state", "closes_at"),
        # An id is never given twice: the index remembers the version at which a deleted thing went.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()

    # Who posts: the company that hires, and the agency that posts for it.
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    posted_by_company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), index=True)
    created_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    confidential: Mapped[bool] = mapped_column(default=False)
    department: Mapped[str] = mapped_column(String(200), default="")
    # `form`, or the import's format; the key is the identifier exactly as imported.
    source: Mapped[str] = mapped_column(String(40), default="form")
    source_key: Mapped[str | None] = mapped_column(String(300))
    source_digest: Mapped[str] = mapped_column(String(64), default="")

    # Life.
    state: Mapped[str] = mapped_column(String(20), default=State.DRAFT)
    closed_reason: Mapped[str] = mapped_column(String(20), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    submitted_at: Mapped[datetime | None]
    # The original date; edits and renewals keep it.
    posted_at: Mapped[datetime | None]
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    time_zone: Mapped[str] = mapped_column(String(60), default="America/New_York")
    # The moments that follow from the two days in the employer's zone; queries compare these.
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    approved_revision_id: Mapped[int | None]
    pending_revision_id: Mapped[int | None]

    # What.
    title: Mapped[str] = mapped_column(String(200), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    openings: Mapped[int] = mapped_column(default=1)
    requisition_number: Mapped[str] = mapped_column(String(100), default="")
    origins: Mapped[dict[str, Any]] = mapped_column(default=dict)

    # Who: the requirement tree as `requirements.to_json` writes it.
    credential_requirement: Mapped[dict[str, Any]] = mapped_column(default=dict)
    experience_months: Mapped[int | None]
    specialty_experience_months: Mapped[int | None]
    apprentice_welcome: Mapped[bool | None]
    education: Mapped[str] = mapped_column(String(60), default="")
    work_authorization: Mapped[str] = mapped_column(String(20), default="")

    # Where. Eligible states: all, named, all_but, or silent ("").
    arrangement: Mapped[str] = mapped_column(String(40), default="")
    hybrid_days: Mapped[int | None]
    training_weeks: Mapped[int | None]
    eligible_mode: Mapped[str] = mapped_column(String(10), default="")
    eligible_states: Mapped[list[str]] = mapped_column(default=list)
    work_time_zone: Mapped[str] = mapped_column(String(60), default="")

    # When.
    hours_per_week_least: Mapped[float | None]
    hours_per_week_most: Mapped[float | None]
    starts_on: Mapped[date | None]
    contract_months: Mapped[int | None]

    # Pay, in cents of `pay_currency` per unit of `pay_basis`.
    pay_basis: Mapped[str] = mapped_column(String(20), default="")
    pay_least_cents: Mapped[int | None]
    pay_most_cents: Mapped[int | None]
    pay_currency: Mapped[str] = mapped_column(String(3), default="USD")
    equipment_provided: Mapped[bool | None]
    ceu_paid: Mapped[bool | None]
    dues_paid: Mapped[bool | None]

    # Work.
    accuracy_percent: Mapped[float | None]
    ramp_up_weeks: Mapped[int | None]
    qa_appeal: Mapped[bool | None]

    # How to apply: `here`, `address`, `mail`, or `closed` (an import that is over).
    apply_by: Mapped[str] = mapped_column(String(10), default="here")
    apply_url: Mapped[str] = mapped_column(String(1000), default="")
    apply_email: Mapped[str] = mapped_column(String(320), default="")

    company: Mapped[Company] = relationship(foreign_keys=[company_id])
    posted_by_company: Mapped[Company | None] = relationship(foreign_keys=[posted_by_company_id])
    created_by: Mapped[Person | None] = relationship()
    terms: Mapped[list[PostingTerm]] = relationship(
        back_populates="posting", cascade="all, delete-orphan", order_by="PostingTerm.position"
    )
    codes: Mapped[list[PostingCode]] = relationship(
        back_populates="posting", cascade="all, delete-orphan", order_by="PostingCode.position"
    )
    places: Mapped[list[PostingPlace]] = relationship(
        back_populates="posting", cascade="all, delete-orphan", order_by="PostingPlace.position"
    )
    workloads: Mapped[list[PostingWorkload]] = relationship(
        back_populates="posting", cascade="all, delete-orphan", order_by="PostingWorkload.position"
    )

    __mapper_args__ = {"version_id_col": version}

    def slugs(self, facet: str) -> list[str]:
        """The vocabulary slugs this posting carries for `facet`, in their order."""
        return [term.slug for term in self.terms if term.facet == facet]

    @property
    def posting_company_id(self) -> int:
        """The company whose people manage this posting: the agency where there is one."""
        return self.posted_by_company_id or self.company_id


# The keys of children remember where they pointed before (`active_history`), also when nobody had read them: a child
# that is moved changes two postings.
class PostingTerm(Model):
    """One vocabulary value of a posting. Facets: specialty role side setting system tool employment schedule
    chart_type benefit credential; `credential` rows are derived from the requirement tree."""

    __tablename__ = "posting_term"
    __table_args__ = (Index("ix_posting_term_value", "facet", "slug"),)

    posting_id: Mapped[int] = mapped_column(
        ForeignKey("posting.id", ondelete="CASCADE"), primary_key=True, active_history=True
    )
    facet: Mapped[str] = mapped_column(String(20), primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    origin: Mapped[str] = mapped_column(String(12), default=Origin.STATED)

    posting: Mapped[Posting] = relationship(back_populates="terms")


class PostingCode(Model):
    """A code, family or range that a posting works with; never a row of an edition.

    `start` and `end` are canonical; a family is its stem with `end` None and `is_family`. `low` and `high` are the
    interval's positions within the system (see `codes.linker`). A dismissed one was read from the text and
    refused by the employer; it is kept so that it is not offered again.
    """

    __tablename__ = "posting_code"
    __table_args__ = (
        Index("ix_posting_code_interval", "system", "low", "high"),
        Index("ix_posting_code_start", "system", "start"),
        Index("ix_posting_code_end", "system", "end"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(
        ForeignKey("posting.id", ondelete="CASCADE"), index=True, active_history=True
    )
    position: Mapped[int] = mapped_column(default=0)
    system: Mapped[str] = mapped_column(String(12))
    start: Mapped[str] = mapped_column(String(12))
    end: Mapped[str | None] = mapped_column(String(12))
    is_family: Mapped[bool] = mapped_column(default=False)
    low: Mapped[str] = mapped_column(String(12))
    high: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(String(120))
    origin: Mapped[str] = mapped_column(String(12), default=Origin.RECOGNISED)
    dismissed: Mapped[bool] = mapped_column(default=False)

    posting: Mapped[Posting] = relationship(back_populates="codes")


class PostingPlace(Model):
    """A workplace; coordinates in degrees where the place is known."""

    __tablename__ = "posting_place"
    __table_args__ = (Index("ix_posting_place_state", "state", "city"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(
        ForeignKey("posting.id", ondelete="CASCADE"), index=True, active_history=True
    )
    position: Mapped[int] = mapped_column(default=0)
    street: Mapped[str] = mapped_column(String(200), default="")
    city: Mapped[str] = mapped_column(String(120), default="")
    state: Mapped[str] = mapped_column(String(2), default="")
    postal_code: Mapped[str] = mapped_column(String(10), default="")
    country: Mapped[str] = mapped_column(String(2), default="US")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]

    posting: Mapped[Posting] = relationship(back_populates="places")


class PostingWorkload(Model):
    """Charts per hour expected for one chart type (or for all, where none is named)."""

    __tablename__ = "posting_workload"

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(
        ForeignKey("posting.id", ondelete="CASCADE"), index=True, active_history=True
    )
    position: Mapped[int] = mapped_column(default=0)
    chart_type: Mapped[str] = mapped_column(String(60), default="")
    charts_per_hour_least: Mapped[float | None]
    charts_per_hour_most: Mapped[float | None]

    posting: Mapped[Posting] = relationship(back_populates="workloads")


class PostingRevision(Model):
    """A set of reviewed values (title, text, pay, how to apply, company) as somebody wanted them.

    `status`: pending, approved, returned, replaced. `values` holds the reviewed columns by name.
    """

    __tablename__ = "posting_revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    status: Mapped[str] = mapped_column(String(10), default="pending", index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))

    posting: Mapped[Posting] = relationship()


class PostingEvent(Model):
    """A step in a posting's life: who did what when, with the reason given."""

    __tablename__ = "posting_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    what: Mapped[str] = mapped_column(String(30))
    from_state: Mapped[str] = mapped_column(String(20), default="")
    to_state: Mapped[str] = mapped_column(String(20), default="")
    reason: Mapped[str] = mapped_column(Text, default="")


class PostingReport(Model):
    """Somebody's word that a posting is not in order; `handled_at` ends it."""

    __tablename__ = "posting_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(String(30))
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    handled_at: Mapped[datetime | None] = mapped_column(index=True)
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    outcome: Mapped[str] = mapped_column(String(30), default="")
    # Made of the posting and who reports, and empty once handled: nobody has two open reports on one posting.
    open_key: Mapped[str | None] = mapped_column(String(64), unique=True)

    posting: Mapped[Posting] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
