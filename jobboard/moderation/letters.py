"""The moderators' letter: something waits. At most one an hour, and only after something new came."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from jobboard import clock, unit_of_work
from jobboard.accounts import letters
from jobboard.accounts.queries import moderators
from jobboard.database import db, writing
from jobboard.mail.models import Letter
from jobboard.moderation import queries

_KIND = "queue_waiting"
AT_MOST_EVERY = timedelta(hours=1)


def tell_moderators() -> int:
    """Write to each moderator for whom something new waits; returns how many letters. A chore: commits."""
    written = 0
    with writing():
        for moderator in moderators():
            waiting = queries.counts(moderator.id)
            told = select(func.max(Letter.created_at)).where(
                Letter.kind == _KIND, Letter.person_id == moderator.id
            )
            last = db.session.scalar(told)
            if waiting.newest is None or (last is not None and waiting.newest <= last):
                continue
            if last is not None and clock.now() - last < AT_MOST_EVERY:
                continue
            letter = letters.write_to(
                moderator,
                _KIND,
                subject=f"Waiting for a moderator: {waiting.total}",
                template="moderation/queue_waiting",
                context={"waiting": waiting},
            )
            written += letter is not None
        unit_of_work.commit()
    return written
