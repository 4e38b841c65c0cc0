"""Stores, publishes and takes back what editors write about codes.

Whoever saves adds a version; none is changed or deleted. So two editors never lose words, and whoever looked at an
older version than the newest is told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from jobboard import clock
from jobboard.codes.article_codes import ends_of
from jobboard.codes.article_models import CodeArticle, CodeArticleVersion
from jobboard.codes.article_store import groups_shown_beside, newest_of, stored_on, version_of
from jobboard.database import db
from jobboard.unit_of_work import ChangedByAnother, rollback

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Written:
    """What an editor wrote: `sections` as `CodeArticleVersion` keeps them, `reviewed_on` the day of the last check,
    `codes` those of an article on several."""

    name: str
    summary: str
    sections: Sequence[dict[str, str]]
    reviewed_on: date
    codes: tuple[str, ...] = ()


class InAnotherGroup(Exception):
    """A code is in another article on several codes that readers see already; `key` is that article's."""

    def __init__(self, code: str, key: str) -> None:
        super().__init__(code, key)
        self.code, self.key = code, key


def save(system: str, key: str, written: Written, author_id: int, seen: int) -> int:
    """Add a version to the article with that key and return its number.

    `seen` is the number of the newest that the editor knew, or 0.

    What says the same as the newest adds nothing. Raises `ChangedByAnother` where another version came meanwhile.
    """
    row = stored_on(system, key)
    newest = newest_of(row) if row is not None else None
    if (newest.number if newest is not None else 0) != seen:
        raise ChangedByAnother
    if newest is not None and _same(newest, written):
        return newest.number
    try:
        if row is None:
            start, end = ends_of(system, key) or (key, "")
            row = CodeArticle(system=system, start=start, end=end)
            db.session.add(row)
            db.session.flush()
        version = CodeArticleVersion(
            article_id=row.id,
            number=seen + 1,
            name=written.name,
            summary=written.summary,
            sections=list(written.sections),
            reviewed_on=written.reviewed_on,
            codes=list(written.codes),
            author_id=author_id,
        )
        db.session.add(version)
        db.session.flush()
    except IntegrityError as other:
        rollback()
        raise ChangedByAnother from other
    return version.number


def publish(row: CodeArticle, number: int) -> None:
    """Show a version to readers. Raises `ChangedByAnother` unless it is the newest, and published by nobody else.

    `InAnotherGroup` where another article on several codes is shown for one of its codes.
    """
    newest = newest_of(row)
    if newest is None or newest.number != number:
        raise ChangedByAnother
    if newest.codes:
        others = groups_shown_beside(row)
        for code in newest.codes:
            if code in others:
                raise InAnotherGroup(code, others[code])
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
    key = f"{row.start}-{row.end}" if row.end else row.start
    return save(row.system, key, _written(old), author_id, newest.number)


def _same(version: CodeArticleVersion, written: Written) -> bool:
    return _written(version) == replace(written, sections=list(written.sections))


def _written(version: CodeArticleVersion) -> Written:
    return Written(
        version.name,
        version.summary,
        version.sections,
        version.reviewed_on or version.made_at.date(),
        tuple(version.codes),
    )


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
