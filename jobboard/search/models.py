"""What is stored for the index: which things changed, and who is building it anew. Never the documents themselves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from jobboard import clock
from jobboard.database import Model


class IndexChange(Model):
    """A thing whose document is to be written again. No foreign key: the row outlives the thing's deletion.

    Where several workers may write, one of them claims a change until `claimed_until`, for `claimed_by`.
    """

    __tablename__ = "index_change"
    __table_args__ = (Index("ix_index_change_due", "not_before", "queued_at"),)

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int]
    queued_at: Mapped[datetime] = mapped_column(default=clock.now)
    not_before: Mapped[datetime] = mapped_column(default=clock.now)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")
    claimed_by: Mapped[str] = mapped_column(String(40), default="", server_default="")
    claimed_until: Mapped[datetime | None]


class IndexRebuild(Model):
    """The lease of whoever builds the index of one kind anew; at most one, and dead without a sign of life."""

    __tablename__ = "index_rebuild"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    token: Mapped[str] = mapped_column(String(40))
    holder: Mapped[str] = mapped_column(String(200))
    started_at: Mapped[datetime]
    beat_at: Mapped[datetime]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
