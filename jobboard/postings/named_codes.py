"""Whether listed openings name a code."""

from __future__ import annotations

from sqlalchemy import select, union

from jobboard.database import db
from jobboard.postings.models import Posting, PostingCode
from jobboard.postings.queries import listed


def is_named(system: str, code: str) -> bool:
    """Whether a listed opening names this very code, alone, as a family, or as an end of a range."""
    # A union, so that both ends are looked up by their indexes before anything is known of the postings.
    naming = union(
        *(
            select(PostingCode.posting_id).where(
                PostingCode.system == system, end == code, PostingCode.dismissed.is_(False)
            )
            for end in (PostingCode.start, PostingCode.end)
        )
    )
    found = db.session.scalar(select(Posting.id).where(Posting.id.in_(naming), listed()).limit(1))
    return found is not None
