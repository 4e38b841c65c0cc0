"""The listed openings that work with a code: those that name it, a range or family around it, or one below it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, case, func, select

from jobboard.codes.linker.positions import interval
from jobboard.database import db
from jobboard.postings.models import Posting, PostingCode
from jobboard.postings.presentation import Card, card
from jobboard.postings.queries import WHOLE, listed


@dataclass(frozen=True, slots=True)
class CodeOpenings:
    """The first openings, best first, and how many there are in all."""

    cards: list[Card]
    total: int


def openings_with(system: str, code: str, most: int, family: bool = False) -> CodeOpenings:
    """At most `most` listed openings whose codes overlap `code` (a single one, or a range "A00-A09").

    With `family`, those that meet what begins with it ("J").

    Those that name exactly this code come first, then the newest.
    """
    start, _, last = code.partition("-")
    low, high = interval(system, start, last or None, family=family and not last)
    meets = and_(
        PostingCode.system == system,
        PostingCode.low <= high,
        PostingCode.high >= low,
        PostingCode.dismissed.is_(False),
    )
    exact = and_(
        PostingCode.start == start, func.coalesce(PostingCode.end, PostingCode.start) == (last or start)
    )
    found = (
        select(PostingCode.posting_id, func.min(case((exact, 0), else_=1)).label("rank"))
        .where(meets)
        .group_by(PostingCode.posting_id)
        .subquery()
    )
    matching = select(Posting).join(found, found.c.posting_id == Posting.id).where(listed())
    total = db.session.scalar(
        select(func.count()).select_from(matching.with_only_columns(Posting.id).subquery())
    )
    rows = (
        db.session.scalars(
            matching.order_by(found.c.rank, Posting.posted_at.desc(), Posting.id.desc())
            .limit(most)
            .options(*WHOLE)
        ).unique()
        if total
        else ()
    )
    return CodeOpenings([card(row) for row in rows], total or 0)
