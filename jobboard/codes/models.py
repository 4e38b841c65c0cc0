"""Code systems' editions, their codes, notes and relations. Keyed (system, edition, code) from the start."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, and_, case, exists
from sqlalchemy.orm import Mapped, column_property, mapped_column

from jobboard import clock
from jobboard.database import Model


class CodeEdition(Model):
    """One dated edition: of a system's codes, or of a reference set about them (notes, index, relations …).

    `kind` is "codes" or that of a set (`datasets.SETS`). `in_force` is true once all of it is stored; of those in
    force the day in question chooses one for each system and kind. `effective_to` is the last day, None where no
    end is known. `codes_count` counts codes, without what stands above them and modifiers, of a set its records.
    `compared_with_id` is the edition before it, to which `CodeChange` compares it.

    The licence: `visible_to` is "everyone", "members" or the name of a group; `notice` must be accepted first
    where it is not empty; after `ends_on` the edition is shown to nobody.
    """

    __tablename__ = "code_edition"
    __table_args__ = (UniqueConstraint("system", "kind", "label"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    system: Mapped[str] = mapped_column(String(12), index=True)
    kind: Mapped[str] = mapped_column(String(20), default="codes")
    label: Mapped[str] = mapped_column(String(60))
    effective_from: Mapped[date | None]
    effective_to: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(300), default="")
    copyright_line: Mapped[str] = mapped_column(Text, default="")
    digest: Mapped[str] = mapped_column(String(64), default="")
    loaded_at: Mapped[datetime] = mapped_column(default=clock.now)
    in_force: Mapped[bool] = mapped_column(default=False)
    codes_count: Mapped[int] = mapped_column(default=0)
    compared_with_id: Mapped[int | None]
    owner: Mapped[str] = mapped_column(String(200), default="")
    visible_to: Mapped[str] = mapped_column(String(60), default="everyone")
    notice: Mapped[str] = mapped_column(Text, default="")
    ends_on: Mapped[date | None]


class Code(Model):
    """A chapter, block, category, code or modifier of an edition. `position` sorts codes in canonical order.

    Chapters and blocks are coded as ranges ("A00-B99", "B20-B20"), so that a block of one category does not take
    that category's place. `short` is empty where the source knows one description only. Modifiers are of the
    system "modifier", in the edition of the system that lists them.
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
    """A note on a chapter, block or code, in a set of the kind "notes".

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
    """A link from a code to another, within a system or between two (crosswalk, category, edit pair).

    It belongs to a set, so that a reader asks for those of the set of the day. `note` holds what qualifies it, as
    docs/codes.md says for each kind.
    """

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


class CodeAttribute(Model):
    """What a file says of one code beside its description, by name: coverage, status, BETOS, MUE …

    In a code edition its own columns, in a set (POA-exempt, MUE) those of the set.
    """

    __tablename__ = "code_attribute"

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("code_edition.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    values: Mapped[dict[str, Any]]


class CodeChange(Model):
    """A code that an edition has new, revised or deleted against the one before it (`previous_id`).

    `long` is the description in the edition, of a deleted code its last; `old_long` the one before a revision, else
    empty. `successor` names the codes that take a deleted one's place, with blanks between, where a conversion
    table says so. `happened` is `kind` as its keeper counts: a code that was billable and is a heading now is revised
    as an entry, and deleted as a code.
    """

    __tablename__ = "code_change"

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("code_edition.id", ondelete="CASCADE"), primary_key=True
    )
    previous_id: Mapped[int] = mapped_column(
        ForeignKey("code_edition.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    system: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(10))
    long: Mapped[str] = mapped_column(Text, default="")
    old_long: Mapped[str] = mapped_column(Text, default="")
    billable: Mapped[bool] = mapped_column(default=False)
    successor: Mapped[str] = mapped_column(Text, default="")
    # Asked of the edition before, and not stored, so that what was compared long ago answers too.
    happened: Mapped[str] = column_property(
        case(
            (
                and_(
                    kind == "revised",
                    billable.is_(False),
                    exists()
                    .where(
                        Code.system == system,
                        Code.edition_id == previous_id,
                        Code.code == code,
                        Code.billable.is_(True),
                    )
                    .correlate_except(Code),
                ),
                "deleted",
            ),
            else_=kind,
        )
    )

    @property
    def is_heading_now(self) -> bool:
        """Whether it was deleted as a billable code alone, and stays as an entry."""
        return self.happened != self.kind


class CodeLicenceAcceptance(Model):
    """That a person accepted the notice of a licensed edition, and when."""

    __tablename__ = "code_licence_acceptance"

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("code_edition.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[datetime] = mapped_column(default=clock.now)
