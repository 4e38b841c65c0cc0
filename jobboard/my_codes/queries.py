"""Asks the database for what one person keeps; nothing here ever loads another's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, func, or_, select

from jobboard.database import db, has_in_it
from jobboard.my_codes.models import CodeFavourite, CodeFolder, CodeHistory, CodePrivateNote, MyCodesChoice

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement


@dataclass(frozen=True, slots=True)
class FolderSeen:
    """A folder with the number of its codes; `has_it` where a code was asked about that stands in it."""

    id: int
    name: str
    number: int
    has_it: bool = False


def folders_of(person_id: int, system: str = "", code: str = "") -> list[FolderSeen]:
    """A person's folders in their order, each with its number of codes and whether `code` is in it; one statement."""
    here = and_(CodeFavourite.system == system, CodeFavourite.code == code)
    rows = db.session.execute(
        select(
            CodeFolder.id,
            CodeFolder.name,
            func.count(CodeFavourite.id),
            func.count(CodeFavourite.id).filter(here),
        )
        .outerjoin(CodeFavourite, CodeFavourite.folder_id == CodeFolder.id)
        .where(CodeFolder.person_id == person_id)
        .group_by(CodeFolder.id, CodeFolder.name, CodeFolder.position)
        .order_by(CodeFolder.position, CodeFolder.id)
    )
    return [FolderSeen(number, name, codes, bool(here)) for number, name, codes, here in rows]


def keeps_any_code(person_id: int) -> bool:
    """Whether the person has a favourite or a note; one statement."""
    favourite = exists().where(CodeFavourite.person_id == person_id)
    note = exists().where(CodePrivateNote.person_id == person_id)
    return bool(db.session.scalar(select(or_(favourite, note))))


def folder_rows(person_id: int) -> Sequence[CodeFolder]:
    """A person's folders in their order."""
    mine = select(CodeFolder).where(CodeFolder.person_id == person_id)
    return db.session.scalars(mine.order_by(CodeFolder.position, CodeFolder.id)).all()


def folder_of(person_id: int, folder_id: int) -> CodeFolder | None:
    """One of the person's own folders, or None."""
    return db.session.scalar(
        select(CodeFolder).where(CodeFolder.person_id == person_id, CodeFolder.id == folder_id)
    )


def favourites_in(folder: CodeFolder) -> Sequence[CodeFavourite]:
    """The codes of a folder in the order that its owner gave them."""
    inside = select(CodeFavourite).where(CodeFavourite.folder_id == folder.id)
    return db.session.scalars(inside.order_by(CodeFavourite.position, CodeFavourite.id)).all()


def number_of_favourites(folder_id: int) -> int:
    """How many codes a folder has."""
    counted = select(func.count()).select_from(CodeFavourite).where(CodeFavourite.folder_id == folder_id)
    return db.session.scalar(counted) or 0


def note_on(person_id: int, system: str, code: str) -> str:
    """What the person wrote to a code; '' for nothing."""
    mine = select(CodePrivateNote.text).where(
        CodePrivateNote.person_id == person_id,
        CodePrivateNote.system == system,
        CodePrivateNote.code == code,
    )
    return db.session.scalar(mine) or ""


def number_of_notes(person_id: int) -> int:
    """How many codes the person wrote to."""
    counted = select(func.count()).select_from(CodePrivateNote).where(CodePrivateNote.person_id == person_id)
    return db.session.scalar(counted) or 0


def notes_with(person_id: int, query: str, limit: int, offset: int) -> tuple[Sequence[CodePrivateNote], int]:
    """The person's notes whose text or code has every word of `query`, the latest first; and how many there are."""
    asked: list[ColumnElement[bool]] = [CodePrivateNote.person_id == person_id]
    asked += [
        or_(has_in_it(CodePrivateNote.text, word), has_in_it(CodePrivateNote.code, word))
        for word in query.split()
    ]
    total = db.session.scalar(select(func.count()).select_from(CodePrivateNote).where(*asked)) or 0
    latest = (CodePrivateNote.updated_at.desc(), CodePrivateNote.system, CodePrivateNote.code)
    found = select(CodePrivateNote).where(*asked).order_by(*latest).limit(limit).offset(offset)
    return db.session.scalars(found).all(), total


def notes_on(person_id: int, codes: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The person's notes on those of `codes`, (system, code), that have one; one statement."""
    if not codes:
        return {}
    rows = db.session.execute(
        select(CodePrivateNote.system, CodePrivateNote.code, CodePrivateNote.text).where(
            CodePrivateNote.person_id == person_id,
            CodePrivateNote.code.in_({code for _, code in codes}),
        )
    )
    return {(row.system, row.code): row.text for row in rows}


def history_of(person_id: int, limit: int, offset: int = 0) -> tuple[Sequence[CodeHistory], int]:
    """The codes that the person opened, the latest first; and how many are kept."""
    mine = CodeHistory.person_id == person_id
    total = db.session.scalar(select(func.count()).select_from(CodeHistory).where(mine)) or 0
    latest = (CodeHistory.at.desc(), CodeHistory.system, CodeHistory.code)
    found = select(CodeHistory).where(mine).order_by(*latest).limit(limit).offset(offset)
    return db.session.scalars(found).all(), total


def keeps_history(person_id: int) -> bool:
    """Whether the codes that the person opens are noted: yes, until they switch it off."""
    said = db.session.scalar(select(MyCodesChoice.keeps_history).where(MyCodesChoice.person_id == person_id))
    return said is not False
