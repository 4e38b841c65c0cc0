"""What the editions in force revise or delete among the codes that a person keeps, until they have read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select, union

from jobboard.codes.changes import DELETED, REVISED
from jobboard.codes.models import CodeChange, CodeEdition
from jobboard.codes.queries import editions_in_force
from jobboard.database import db
from jobboard.my_codes.models import CodeChangeNotice, CodeFavourite, CodePrivateNote

if TYPE_CHECKING:
    from jobboard.codes.rules import Viewer


@dataclass(frozen=True, slots=True)
class News:
    """What one edition changes among a person's codes, by code."""

    edition: CodeEdition
    changes: list[CodeChange]


def news_of(person_id: int, viewer: Viewer) -> list[News]:
    """By edition in force, what it revises or deletes of the person's favourites and notes; three statements.

    Left out are editions that the viewer may not see, those that the person has read about, and codes that they kept
    when the edition was there already and in effect: then they saw what it says.
    """
    editions = {each.id: each for each in editions_in_force(viewer=viewer).values()}
    if not editions:
        return []
    read = set(
        db.session.scalars(
            select(CodeChangeNotice.edition_id).where(
                CodeChangeNotice.person_id == person_id, CodeChangeNotice.seen_at.is_not(None)
            )
        )
    )
    kept = union(
        select(CodeFavourite.system, CodeFavourite.code, CodeFavourite.added_at.label("at")).where(
            CodeFavourite.person_id == person_id
        ),
        select(CodePrivateNote.system, CodePrivateNote.code, CodePrivateNote.updated_at).where(
            CodePrivateNote.person_id == person_id
        ),
    ).subquery()
    rows = db.session.execute(
        select(CodeChange, func.min(kept.c.at))
        .join(kept, (kept.c.system == CodeChange.system) & (kept.c.code == CodeChange.code))
        .join(
            CodeEdition,
            (CodeEdition.id == CodeChange.edition_id)
            & (CodeEdition.compared_with_id == CodeChange.previous_id),
        )
        .where(CodeChange.edition_id.in_(editions.keys() - read), CodeChange.kind.in_((REVISED, DELETED)))
        .group_by(*CodeChange.__table__.columns)
        .order_by(CodeChange.system, CodeChange.code)
    )
    found: dict[int, list[CodeChange]] = {}
    for change, kept_at in rows:
        edition = editions[change.edition_id]
        begins = edition.effective_from
        if kept_at < edition.loaded_at or (begins is not None and kept_at.date() < begins):
            found.setdefault(change.edition_id, []).append(change)
    return [News(editions[edition_id], changes) for edition_id, changes in found.items()]
