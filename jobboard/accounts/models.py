"""People, the browsers they are signed in on, and which letters they want."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobboard import clock
from jobboard.database import Model


class Person(Model):
    """Somebody with an account: candidate, speaker for companies and moderator in one, as the case may be."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    email: Mapped[str] = mapped_column(String(320))
    # The address without regard to case: what makes an account unique.
    email_key: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    password_hash: Mapped[str] = mapped_column(String(200))
    is_moderator: Mapped[bool] = mapped_column(default=False)
    time_zone: Mapped[str] = mapped_column(String(60), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    confirmed_at: Mapped[datetime | None]
    # An address that is to replace `email` once it is confirmed.
    new_email: Mapped[str] = mapped_column(String(320), default="")
    terms_version: Mapped[str] = mapped_column(String(64), default="")
    terms_accepted_at: Mapped[datetime | None]
    # Every list of openings asks who is suspended: the few that are must be found without a scan.
    suspended_at: Mapped[datetime | None] = mapped_column(index=True)
    suspended_reason: Mapped[str] = mapped_column(Text, default="")

    sessions: Mapped[list[PersonSession]] = relationship(
        back_populates="person", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def display_name(self) -> str:
        """The name, or the part of the address before the at sign."""
        return self.name or self.email.partition("@")[0]


class PersonSession(Model):
    """One browser in which a person is signed in. Only a hash of the cookie's token is kept."""

    __tablename__ = "person_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    address: Mapped[str] = mapped_column(String(60), default="")
    browser: Mapped[str] = mapped_column(String(200), default="")

    person: Mapped[Person] = relationship(back_populates="sessions", lazy="joined")


class LetterChoice(Model):
    """How a person wants one kind of letter: at once, daily, or off. No row means that kind's default."""

    __tablename__ = "letter_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    choice: Mapped[str] = mapped_column(String(10))
