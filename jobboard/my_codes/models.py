"""A person's own codes. They hold system and code, never a row of an edition, and so outlive editions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobboard import clock
from jobboard.database import Model


class CodeFolder(Model):
    """A person's folder of codes; names are unique for a person."""

    __tablename__ = "code_folder"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)


class CodeFavourite(Model):
    """A code in a folder, once."""

    __tablename__ = "code_favourite"
    __table_args__ = (UniqueConstraint("folder_id", "system", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    folder_id: Mapped[int] = mapped_column(ForeignKey("code_folder.id", ondelete="CASCADE"))
    system: Mapped[str] = mapped_column(String(12))
    code: Mapped[str] = mapped_column(String(12))
    position: Mapped[int] = mapped_column(default=0)
    added_at: Mapped[datetime] = mapped_column(default=clock.now)


class CodePrivateNote(Model):
    """What a person wrote to a code; nobody else reads it."""

    __tablename__ = "code_private_note"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    system: Mapped[str] = mapped_column(String(12), primary_key=True)
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now)


class CodeHistory(Model):
    """When a person last opened a code's page."""

    __tablename__ = "code_history"
    __table_args__ = (Index("ix_code_history_at", "person_id", "at"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    system: Mapped[str] = mapped_column(String(12), primary_key=True)
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)


class MyCodesChoice(Model):
    """What a person chose about their codes; no row means the defaults."""

    __tablename__ = "my_codes_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    keeps_history: Mapped[bool] = mapped_column(default=True)


class CodeChangeNotice(Model):
    """That a person was told what an edition changes among their codes: on a page, by mail, or both."""

    __tablename__ = "code_change_notice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    edition_id: Mapped[int] = mapped_column(
        ForeignKey("code_edition.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    seen_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]
