"""Stores, publishes and takes back what editors write about codes.

Whoever saves adds a version; none is changed or deleted. So two editors never lose words, and whoever looked at an
older version than the newest is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from jobboard import clock
from jobboard.codes.article_models import CodeArticle, CodeArticleVersion
from jobboard.codes.article_store import newest_of, stored_on, version_of
from jobboard.database import db
from jobboard.unit_of_work import ChangedByAnother, rollback

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Written:
    """What an editor wrote: `sections` as `CodeArticleVersion` keeps them, `reviewed_on` the day of the last check."""

    name: str
    summary: str
    sections: Sequence[dict[str, str]]
    reviewed_on: date


def save(system: str, code: str, written: Written, author_id: int, seen: int) -> int:
    """Add a version to the article on a code and return its number; `seen` is the newest that the editor knew, or 0.

    What says the same as the newest adds nothing. Raises `ChangedByAnother` where another version came meanwhile.
    """
    row = stored_on(system, code)
    newest = newest_of(row) if row is not None else None
    if (newest.number if newest is not None else 0) != seen:
        raise ChangedByAnother
    if newest is not None and _same(newest, written):
        return newest.number
    try:
        if row is None:
            row = CodeArticle(system=system, start=code)
            db.session.add(row)
            db.session.flush()
        version = CodeArticleVersion(
            article_id=row.id,
            number=seen + 1,
            name=written.name,
            summary=written.summary,
            sections=list(written.sections),
            reviewed_on=written.reviewed_on,
            author_id=author_id,
        )
        db.session.add(version)
        db.session.flush()
    except IntegrityError as other:
        rollback()
        raise ChangedByAnother from other
    return version.number


def publish(row: CodeArticle, number: int) -> None:
    """Show a version to readers. Raises `ChangedByAnother` unless it is the newest, and published by nobody else."""
    newest = newest_of(row)
    if newest is None or newest.number != number:
        raise ChangedByAnother
    if newest.published_at is None:
        newest.published_at = clock.now()
    db.session.flush()
    _point(row, newest.id)


def unpublish(row: CodeArticle, number: int) -> None:
    """Take an article back from readers. Raises `ChangedByAnother` unless version `number` is what they see."""
    version = version_of(row, number)
    if version is None or row.published_id != version.id:
        raise ChangedByAnother
    _point(row, None)


def bring_back(row: CodeArticle, number: int, author_id: int) -> int:
    """Add a new version, not published yet, that says what version `number` says, and return its number.

    Raises `LookupError` where there is no such version, `ChangedByAnother` where another saved at the same time.
    """
    old, newest = version_of(row, number), newest_of(row)
    if old is None or newest is None:
        raise LookupError(number)
    written = Written(old.name, old.summary, old.sections, old.reviewed_on or old.made_at.date())
    return save(row.system, row.start, written, author_id, newest.number)


def _same(version: CodeArticleVersion, written: Written) -> bool:
    return Written(
        version.name, version.summary, version.sections, version.reviewed_on or version.made_at.date()
    ) == Written(written.name, written.summary, list(written.sections), written.reviewed_on)


def _point(row: CodeArticle, version_id: int | None) -> None:
    changed = db.session.execute(
        update(CodeArticle)
        .where(CodeArticle.id == row.id, CodeArticle.published_id.is_not_distinct_from(row.published_id))
        .values(published_id=version_id)
        .execution_options(synchronize_session=False)
    )
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise ChangedByAnother
    db.session.expire(row)
