"""Code systems' editions, their codes, notes and relations. Keyed (system, edition, code) from the start."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobboard import clock
from jobboard.database import Model


class CodeEdition(Model):
    """One dated edition of a code system. While it is being loaded it is not in force."""

    __tablename__ = "code_edition"
    __table_args__ = (UniqueConstraint("system", "label"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    system: Mapped[str] = mapped_column(String(12), index=True)
    label: Mapped[str] = mapped_column(String(60))
    effective_from: Mapped[date | None]
    effective_to: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(300), default="")
    copyright_line: Mapped[str] = mapped_column(Text, default="")
    digest: Mapped[str] = mapped_column(String(64), default="")
    loaded_at: Mapped[datetime] = mapped_column(default=clock.now)
    in_force: Mapped[bool] = mapped_column(default=False)
    codes_count: Mapped[int] = mapped_column(default=0)


class Code(Model):
    """A chapter, block, category or code of an edition. `position` sorts codes in canonical order.

    Chapters and blocks are coded as ranges ("A00-B99", "B20-B20"), so that a block of one category does not take
    that category's place. `short` is empty where the source knows one description only.
    """

    __tablename__ = "code"
    __table_args__ = (
        Index("ix_code_order", "system", "edition_id", "position"),
        Index("ix_code_parent", "edition_id", "parent"),
    )

    system: Mapped[str] = mapped_column(String(12), primary_key=True)
    edition_id: Mapped[int] = mapped_column(
        ForeignKey("code_edition.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    parent: Mapped[str | None] = mapped_column(String(12))
    # The last code of a chapter or block, which are ranges; else None.
    range_end: Mapped[str | None] = mapped_column(String(12))
    short: Mapped[str] = mapped_column(String(120), default="")
    long: Mapped[str] = mapped_column(Text, default="")
    billable: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int]
    # The folded words of description and inclusion terms, each after a space, for look-up by words.
    search_text: Mapped[str] = mapped_column(Text, default="")


class CodeNote(Model):
    """A note on a chapter, block or code.

    Kinds: includes, inclusion, excludes1, excludes2, code_first, use_additional, code_also, seventh, note.
    """

    __tablename__ = "code_note"
    __table_args__ = (Index("ix_code_note_code", "edition_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("code_edition.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


class CodeRelation(Model):
    """A link from a code to another, within a system or between two (crosswalk, category, edit pair)."""

    __tablename__ = "code_relation"
    __table_args__ = (
        Index("ix_code_relation_from", "system", "code", "kind"),
        Index("ix_code_relation_to", "to_system", "to_code", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("code_edition.id", ondelete="CASCADE"), index=True)
    system: Mapped[str] = mapped_column(String(12))
    code: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(30))
    to_system: Mapped[str] = mapped_column(String(12))
    to_code: Mapped[str] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(Text, default="")
