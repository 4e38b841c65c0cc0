"""What a visitor typed before joining, kept until they come back through the letter that confirms their address.

The token stands in the address they return to, so that it works in another browser too; it gives nothing but that text.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import delete

from jobboard import clock, unit_of_work
from jobboard.accounts.sessions import hash_of
from jobboard.applications.models import ApplicationDraft
from jobboard.database import db, writing

KEPT_FOR = timedelta(days=7)


def keep(posting_id: int, message: str) -> str:
    """Add a draft; returns the token that finds it again."""
    token = secrets.token_urlsafe(18)
    db.session.add(ApplicationDraft(token_hash=hash_of(token), posting_id=posting_id, message=message))
    return token


def message_of(posting_id: int, token: str) -> str:
    """The text kept under `token` for this posting, or "" where there is none or its time is over."""
    draft = db.session.get(ApplicationDraft, hash_of(token)) if token else None
    if draft is None or draft.posting_id != posting_id or draft.created_at < clock.now() - KEPT_FOR:
        return ""
    return draft.message


def forget(token: str) -> None:
    """Delete the draft of `token`, if there is one."""
    if token:
        db.session.execute(delete(ApplicationDraft).where(ApplicationDraft.token_hash == hash_of(token)))


def forget_old() -> int:
    """Delete drafts whose time is over; returns how many. A chore: commits its own work."""
    with writing():
        over = delete(ApplicationDraft).where(ApplicationDraft.created_at < clock.now() - KEPT_FOR)
        gone = db.session.execute(over)
        unit_of_work.commit()
    return int(getattr(gone, "rowcount", 0))
