"""What code books hold beside codes: index terms, guideline sections, the tables and definitions of ICD-10-PCS."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from jobboard.database import Model


class IndexTerm(Model):
    """A line of an index with one of its codes; sets "index", "neoplasms", "drugs", "external".

    `path` is the terms from the main one down, joined by " > "; `level` counts from 0. `column` says to which column
    of the neoplasm or drug table the code belongs, else it is empty. `code` is as printed, dotted, also a family
    ("C79.8-"), a stem of ICD-10-PCS, or empty. `modifiers` are the nonessential ones in their brackets;
    `manifestation` is the code in brackets behind the code. `use` is the value that a key of ICD-10-PCS gives for
    the term.
    """

    __tablename__ = "code_index_term"
    __table_args__ = (
        Index("ix_code_index_term_code", "edition_id", "code"),
        Index("ix_code_index_term_position", "edition_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("code_edition.id", ondelete="CASCADE"))
    position: Mapped[int]
    level: Mapped[int]
    path: Mapped[str] = mapped_column(Text)
    modifiers: Mapped[str] = mapped_column(Text, default="")
    column: Mapped[str] = mapped_column(String(60), default="")
    code: Mapped[str] = mapped_column(String(30), default="")
    see: Mapped[str] = mapped_column(Text, default="")
    see_also: Mapped[str] = mapped_column(Text, default="")
    manifestation: Mapped[str] = mapped_column(String(30), default="")
    use: Mapped[str] = mapped_column(Text, default="")


class GuidelineSection(Model):
    """A numbered section of the official guidelines ("I.C.4.a"), with the page of the PDF on which it begins."""

    __tablename__ = "code_guideline"

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("code_edition.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[str] = mapped_column(String(30), primary_key=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    page: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


class GuidelineCitation(Model):
    """A code, range or chapter that a guideline section names; `end` is `start` where it is one code or family."""

    __tablename__ = "code_guideline_citation"
    __table_args__ = (Index("ix_code_guideline_citation_start", "edition_id", "start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("code_edition.id", ondelete="CASCADE"))
    number: Mapped[str] = mapped_column(String(30))
    start: Mapped[str] = mapped_column(String(12))
    end: Mapped[str] = mapped_column(String(12))


class PcsTable(Model):
    """A table of ICD-10-PCS: `code` is its three characters.

    `axes` names them in order: {"title", "value", "label"} each, with "definition" for the operation. `rows` are its
    rows in order, each a list of four axes {"title", "values": [[character, label], …]}, axis 4 to axis 7.
    """

    __tablename__ = "code_pcs_table"

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("code_edition.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(String(3), primary_key=True)
    position: Mapped[int]
    axes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    rows: Mapped[list[list[dict[str, Any]]]] = mapped_column(JSON)


class PcsDefinition(Model):
    """What a value of an ICD-10-PCS axis means: `axis` from 1 to 7, `section` empty where it holds in all.

    `includes` are the terms that the book files under the value, also those of the body part, device and substance
    keys. A device that counts as one of another name has the section "" and the axis 6; its explanation tells where it
    holds, as "operation: body system, body system".
    """

    __tablename__ = "code_pcs_definition"
    __table_args__ = (Index("ix_code_pcs_definition_term", "edition_id", "term"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("code_edition.id", ondelete="CASCADE"))
    section: Mapped[str] = mapped_column(String(1), default="")
    axis: Mapped[int]
    term: Mapped[str] = mapped_column(Text)
    definition: Mapped[str] = mapped_column(Text, default="")
    explanation: Mapped[str] = mapped_column(Text, default="")
    includes: Mapped[list[str]] = mapped_column(JSON)
