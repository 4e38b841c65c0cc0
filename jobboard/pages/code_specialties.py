"""The specialties whose listed openings work with a code, or with its block; one statement beside the kept totals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import and_, case, func, select

from jobboard.codes.chapters import Chapter, chapters_of
from jobboard.codes.linker.positions import interval
from jobboard.database import db
from jobboard.pages.front_counts import front_counts
from jobboard.postings.labels import label
from jobboard.postings.models import Posting, PostingCode, PostingTerm
from jobboard.postings.queries import listed

MOST: Final = 8
ENOUGH: Final = 20
"""Openings of a specialty from which a share in percent says something."""


@dataclass(frozen=True, slots=True)
class Share:
    """A specialty: its openings that name the code, those that name anything of its block, and all of them."""

    slug: str
    name: str
    naming: int
    block: int
    total: int

    @property
    def percent(self) -> int | None:
        """How many of a hundred of its openings name the block; None where there are too few of them to say."""
        return round(100 * self.block / self.total) if self.total >= ENOUGH else None


@dataclass(frozen=True, slots=True)
class Specialties:
    """Specialties with openings that name the code, the most first; and those that use its block, by their share."""

    naming: list[Share]
    using: list[Share]
    block: Chapter | None


def specialties_with(system: str, code: str) -> Specialties:
    """What listed openings tell of the specialties that work with `code`, a single one or a range."""
    start, _, last = code.partition("-")
    low, high = interval(system, start, last or None)
    block = _block(system, low, high)
    lowest, highest = (min(block.low, low), max(block.high, high)) if block else (low, high)
    names_it = and_(PostingCode.low <= high, PostingCode.high >= low)
    naming = func.count(case((names_it, PostingCode.posting_id)).distinct())
    rows = db.session.execute(
        select(
            PostingTerm.slug,
            naming.label("naming"),
            func.count(PostingCode.posting_id.distinct()).label("block"),
        )
        .join(PostingCode, PostingCode.posting_id == PostingTerm.posting_id)
        .join(Posting, Posting.id == PostingTerm.posting_id)
        .where(
            PostingTerm.facet == "specialty",
            PostingCode.system == system,
            PostingCode.low <= highest,
            PostingCode.high >= lowest,
            PostingCode.dismissed.is_(False),
            listed(),
        )
        .group_by(PostingTerm.slug)
    ).all()
    totals = dict(front_counts().specialties) if rows else {}
    # The totals are kept for a while: an opening may be newer than they are.
    shares = [
        Share(
            row.slug,
            label("specialty", row.slug),
            row.naming,
            row.block,
            max(totals.get(row.slug, 0), row.block),
        )
        for row in rows
    ]
    return Specialties(
        naming=sorted((each for each in shares if each.naming), key=lambda each: (-each.naming, each.name))[
            :MOST
        ],
        using=sorted(shares, key=lambda each: (-each.block / each.total, -each.block, each.name))[:MOST],
        block=block,
    )


def _block(system: str, low: str, high: str) -> Chapter | None:
    """The smallest block or chapter that holds all of the interval."""
    around = [each for each in chapters_of(system, low, high) if each.low <= low and high <= each.high]
    return max(around, key=lambda each: (each.chapter != "", each.low), default=None)
