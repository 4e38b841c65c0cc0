"""What editors write about codes: articles with their versions, and dated notes with their source."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobboard import clock
from jobboard.database import Model


class CodeArticle(Model):
    """An article on a code, or on several; `end` is empty for one code.

    For several, `start` and `end` are the first and last of them when it was begun; its versions say which they are.
    `published_id` is the version that readers see, None before the first.
    """

    __tablename__ = "code_article"
    __table_args__ = (UniqueConstraint("system", "start", "end"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    system: Mapped[str] = mapped_column(String(12))
    start: Mapped[str] = mapped_column(String(12))
    end: Mapped[str] = mapped_column(String(12), default="")
    published_id: Mapped[int | None]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)


class CodeArticleVersion(Model):
    """One version of an article; none is ever changed once it was published.

    `sections` is a list of {"kind", "audience", "text"}: Markdown in the order of the page, `audience` "everyone",
    "account" or "members". `codes` are those that it is about, in their system's order, empty for an article on one.
    """

    __tablename__ = "code_article_version"
    __table_args__ = (UniqueConstraint("article_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("code_article.id", ondelete="CASCADE"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    sections: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    reviewed_on: Mapped[date | None]
    published_at: Mapped[datetime | None]


class CodeEditorNote(Model):
    """What an editor adds to a code's page, with its source and date.

    Kinds: crosswalk (to another code), compliance, primary (a primary procedure of an add-on), modifier.
    """

    __tablename__ = "code_editor_note"
    __table_args__ = (Index("ix_code_editor_note_code", "system", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    system: Mapped[str] = mapped_column(String(12))
    code: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(20))
    to_system: Mapped[str] = mapped_column(String(12), default="")
    to_code: Mapped[str] = mapped_column(String(25), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(300))
    dated_on: Mapped[date]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
