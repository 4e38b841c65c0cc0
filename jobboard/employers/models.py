"""Companies and the people who speak for them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobboard import clock
from jobboard.accounts.models import Person
from jobboard.database import Model


class Company(Model):
    """One that hires, or an agency that posts for others. One without people came with an import."""

    __tablename__ = "company"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    name: Mapped[str] = mapped_column(String(200))
    slug: Mapped[str] = mapped_column(String(220), unique=True)
    # The name without regard to case and spaces: what imports find a company by.
    name_key: Mapped[str] = mapped_column(String(200), index=True)
    website: Mapped[str] = mapped_column(String(500), default="")
    # The host of the website, compared with the mail domains of its people.
    domain: Mapped[str] = mapped_column(String(253), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    setting: Mapped[str] = mapped_column(String(60), default="")
    is_agency: Mapped[bool] = mapped_column(default=False)
    time_zone: Mapped[str] = mapped_column(String(60), default="America/New_York")
    city: Mapped[str] = mapped_column(String(120), default="")
    state: Mapped[str] = mapped_column(String(2), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    # Every list of openings asks who is suspended: the few that are must be found without a scan.
    suspended_at: Mapped[datetime | None] = mapped_column(index=True)
    suspended_reason: Mapped[str] = mapped_column(Text, default="")

    members: Mapped[list[CompanyMember]] = relationship(
        back_populates="company", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}


class CompanyMember(Model):
    """A person who speaks for a company: `owner` manages its people, `recruiter` its postings."""

    __tablename__ = "company_member"
    __table_args__ = (UniqueConstraint("company_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    joined_at: Mapped[datetime] = mapped_column(default=clock.now)

    company: Mapped[Company] = relationship(back_populates="members")
    person: Mapped[Person] = relationship()


class CompanyInvitation(Model):
    """An address asked to join a company; only a hash of the mailed token is kept."""

    __tablename__ = "company_invitation"
    __table_args__ = (UniqueConstraint("company_id", "email_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(320))
    email_key: Mapped[str] = mapped_column(String(320), index=True)
    role: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    company: Mapped[Company] = relationship()
