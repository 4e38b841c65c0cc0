"""Questions about letters."""

from __future__ import annotations

from sqlalchemy import func, select

from jobboard.database import db
from jobboard.mail.models import Letter


def waiting_letters() -> int:
    """How many letters are not sent yet and not given up."""
    waiting = Letter.sent_at.is_(None) & Letter.failed_at.is_(None)
    return db.session.scalar(select(func.count()).select_from(Letter).where(waiting)) or 0
