"""Whether listed openings name a code."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select

from jobboard.database import db
from jobboard.postings.models import Posting, PostingCode
from jobboard.postings.queries import listed


def is_named(system: str, code: str) -> bool:
    """Whether a listed opening names this very code, alone, as a family, or as an end of a range."""
    named: ColumnElement[bool] = or_(PostingCode.start == code, PostingCode.end == code)
    found = db.session.scalar(
        select(PostingCode.id)
        .join(Posting, Posting.id == PostingCode.posting_id)
        .where(PostingCode.system == system, named, PostingCode.dismissed.is_(False), listed())
        .limit(1)
    )
    return found is not None
