"""Counters of how often an address or an account did something lately."""

from __future__ import annotations

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from jobboard.database import Model


class RateCount(Model):
    """How often `key` was counted in the window that ends at `expires_at` (seconds since 1970)."""

    __tablename__ = "rate_count"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[int] = mapped_column(BigInteger, index=True)
