"""Articles of the database: what editors wrote, version by version, and what of it readers see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from flask import current_app, has_request_context, request
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from jobboard.accounts.models import Person
from jobboard.codes.article_codes import ends_of
from jobboard.codes.article_models import CodeArticle, CodeArticleVersion
from jobboard.codes.article_sections import FURTHER, HEADINGS, Section
from jobboard.codes.articles import Article, with_summary_first
from jobboard.database import db

if TYPE_CHECKING:
    from collections.abc import Mapping

KEPT: Final = "code_articles_published"
_ASKED: Final = "jobboard.published_articles"


@dataclass(frozen=True, slots=True)
class Standing:
    """How an article stands without its texts: its newest version, and the one that readers see (0 for none).

    `key` is the code, or that of an article on several (`article_codes`); `codes` are those of the newest version.
    """

    system: str
    key: str
    codes: tuple[str, ...]
    name: str
    newest: int
    published: int
    reviewed: date | None
    changed_at: datetime


def published_articles() -> Mapping[tuple[str, str], Article]:
    """What readers see of the database, by (system, code); an article on one code goes before one on several.

    One small statement in a request, however often it is asked, and one in each call outside of requests. The texts
    are read anew where something was published or taken back since this process read them.
    """
    if has_request_context() and _ASKED in request.environ:
        kept: dict[tuple[str, str], Article] = request.environ[_ASKED]
        return kept
    state = db.session.execute(
        select(
            func.count(CodeArticle.published_id),
            func.max(CodeArticle.published_id),
            func.sum(CodeArticle.published_id),
            func.max(CodeArticleVersion.published_at),
        ).join(CodeArticleVersion, CodeArticleVersion.id == CodeArticle.published_id)
    ).one()
    seen, found = current_app.extensions.get(KEPT, (None, {}))
    if seen != tuple(state):
        found = _read() if state[0] else {}
        current_app.extensions[KEPT] = tuple(state), found
    if has_request_context():
        request.environ[_ASKED] = found
    return found  # type: ignore[no-any-return]


def _read() -> dict[tuple[str, str], Article]:
    rows = db.session.execute(
        select(CodeArticle, CodeArticleVersion)
        .join(CodeArticleVersion, CodeArticleVersion.id == CodeArticle.published_id)
        .order_by(CodeArticle.id)
    )
    single: dict[tuple[str, str], Article] = {}
    grouped: dict[tuple[str, str], Article] = {}
    for row, version in rows:
        article = article_of(row, version)
        if not article.codes:
            single[row.system, row.start] = article
        for code in article.codes:
            grouped[row.system, code] = replace(article, code=code)
    return {**grouped, **single}


def article_of(row: CodeArticle, version: CodeArticleVersion) -> Article:
    """One version of an article as readers see it, or would see it."""
    sections = [
        Section(each["kind"], HEADINGS.get(each["kind"], HEADINGS[FURTHER]), each["audience"], each["text"])
        for each in version.sections
    ]
    return Article(
        row.system,
        row.start,
        version.name,
        version.summary,
        version.reviewed_on or version.made_at.date(),
        with_summary_first(sections, version.summary),
        tuple(version.codes),
    )


def stored_on(system: str, key: str) -> CodeArticle | None:
    """The row of the article with that key, fresh from the database; None where no editor wrote one."""
    start, end = ends_of(system, key) or (key, "")
    return db.session.scalar(
        select(CodeArticle)
        .where(CodeArticle.system == system, CodeArticle.start == start, CodeArticle.end == end)
        .execution_options(populate_existing=True)
    )


def newest_of(row: CodeArticle) -> CodeArticleVersion | None:
    """The newest version, with its texts."""
    return db.session.scalar(
        select(CodeArticleVersion)
        .where(CodeArticleVersion.article_id == row.id)
        .order_by(CodeArticleVersion.number.desc())
        .limit(1)
    )


def version_of(row: CodeArticle, number: int) -> CodeArticleVersion | None:
    """One version by its number."""
    return db.session.scalar(
        select(CodeArticleVersion).where(
            CodeArticleVersion.article_id == row.id, CodeArticleVersion.number == number
        )
    )


def versions_of(row: CodeArticle) -> list[tuple[CodeArticleVersion, str]]:
    """All versions, the newest first, each with the name of who wrote it (empty where they left). One statement."""
    rows = db.session.execute(
        select(CodeArticleVersion, Person.name)
        .outerjoin(Person, Person.id == CodeArticleVersion.author_id)
        .where(CodeArticleVersion.article_id == row.id)
        .order_by(CodeArticleVersion.number.desc())
    )
    return [(version, name or "") for version, name in rows]


def standings() -> list[Standing]:
    """All articles of the database by system and code, told by their newest version. One statement, without texts."""
    newest = (
        select(CodeArticleVersion.article_id, func.max(CodeArticleVersion.number).label("number"))
        .group_by(CodeArticleVersion.article_id)
        .subquery()
    )
    seen = aliased(CodeArticleVersion)
    rows = db.session.execute(
        select(
            CodeArticle.system,
            CodeArticle.start,
            CodeArticle.end,
            CodeArticleVersion.codes,
            CodeArticleVersion.name,
            CodeArticleVersion.number,
            func.coalesce(seen.number, 0),
            CodeArticleVersion.reviewed_on,
            CodeArticleVersion.made_at,
        )
        .join(newest, newest.c.article_id == CodeArticle.id)
        .join(
            CodeArticleVersion,
            (CodeArticleVersion.article_id == CodeArticle.id)
            & (CodeArticleVersion.number == newest.c.number),
        )
        .outerjoin(seen, seen.id == CodeArticle.published_id)
        .order_by(CodeArticle.system, CodeArticle.start)
    )
    return [
        Standing(
            system, f"{start}-{end}" if end else start, tuple(codes), name, number, shown, reviewed, made_at
        )
        for system, start, end, codes, name, number, shown, reviewed, made_at in rows
    ]


def groups_shown_beside(row: CodeArticle) -> dict[str, str]:
    """By code the keys of the other articles on several codes of the same system that readers see."""
    rows = db.session.execute(
        select(CodeArticle.start, CodeArticle.end, CodeArticleVersion.codes)
        .join(CodeArticleVersion, CodeArticleVersion.id == CodeArticle.published_id)
        .where(CodeArticle.system == row.system, CodeArticle.end != "", CodeArticle.id != row.id)
    )
    return {code: f"{start}-{end}" for start, end, codes in rows for code in codes}
