"""The outbox of the index: which thing changed, and up to which version. Never the document itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from jobboard import clock
from jobboard.database import Model


class IndexChange(Model):
    """A thing whose document is to be written again. No foreign key: the row outlives the thing's deletion."""

    __tablename__ = "index_change"
    __table_args__ = (Index("ix_index_change_due", "not_before", "queued_at"),)

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int]
    queued_at: Mapped[datetime] = mapped_column(default=clock.now)
    not_before: Mapped[datetime] = mapped_column(default=clock.now)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")
