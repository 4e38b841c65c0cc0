"""Who may read what of the code reference, and what was read: groups, views of a month, users of a licence."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobboard import clock
from jobboard.database import Model


class CodeMembership(Model):
    """That a moderator put a person into a group: "members", or one that a licensed edition names."""

    __tablename__ = "code_membership"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    group_name: Mapped[str] = mapped_column(String(60), primary_key=True)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=clock.now)


class CodeView(Model):
    """That a viewer opened a code's page within a period, however often: what the meter counts.

    `viewer` is "person:ID" or "guest:" and the random name in the browser's cookie; `period` a month, "2026-11".
    """

    __tablename__ = "code_view"

    period: Mapped[str] = mapped_column(String(7), primary_key=True)
    viewer: Mapped[str] = mapped_column(String(60), primary_key=True)
    system: Mapped[str] = mapped_column(String(12), primary_key=True)
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)


class CodeViewNetwork(Model):
    """How many views guests of one network have had within a period; `network` is a keyed hash."""

    __tablename__ = "code_view_network"

    period: Mapped[str] = mapped_column(String(7), primary_key=True)
    network: Mapped[str] = mapped_column(String(64), primary_key=True)
    views: Mapped[int] = mapped_column(default=0)


class CodeLicenceUse(Model):
    """That somebody read text of a licensed edition: its owner is told how many did."""

    __tablename__ = "code_licence_use"
    __table_args__ = (Index("ix_code_licence_use_first_at", "edition_id", "first_at"),)

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("code_edition.id", ondelete="CASCADE"), primary_key=True
    )
    viewer: Mapped[str] = mapped_column(String(60), primary_key=True)
    first_at: Mapped[datetime] = mapped_column(default=clock.now)
