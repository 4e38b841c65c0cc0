"""Changes what a person keeps; one function for each verb. The caller commits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, func, select

from jobboard import clock
from jobboard.accounts.models import Person
from jobboard.database import db
from jobboard.my_codes import queries
from jobboard.my_codes.models import (
    CodeChangeNotice,
    CodeFavourite,
    CodeFolder,
    CodeHistory,
    CodePrivateNote,
    MyCodesChoice,
)
from jobboard.my_codes.rules import (
    DEFAULT_FOLDER,
    MOST_FOLDERS,
    MOST_IN_A_FOLDER,
    MOST_NOTES,
    NotKept,
    is_taken,
    mark_of,
)


class NoteChanged(Exception):
    """The note was changed since it was read; `stored` is what stands there now."""

    def __init__(self, stored: str) -> None:
        super().__init__("the note was changed since it was read")
        self.stored = stored


def make_folder(person_id: int, name: str) -> CodeFolder:
    """A new folder, the last of the person's. Raises `NotKept` for a name that is taken, and beyond the most."""
    _one_at_a_time(person_id)
    others = queries.folder_rows(person_id)
    if len(others) >= MOST_FOLDERS:
        raise NotKept(f"You have {MOST_FOLDERS} folders, which is the most. Delete one first.")
    _not_taken(name, others)
    folder = CodeFolder(person_id=person_id, name=name, position=len(others))
    db.session.add(folder)
    db.session.flush()
    return folder


def rename_folder(folder: CodeFolder, name: str) -> None:
    """Give a folder another name. Raises `NotKept` where another has it."""
    _one_at_a_time(folder.person_id)
    _not_taken(name, [each for each in queries.folder_rows(folder.person_id) if each.id != folder.id])
    folder.name = name


def delete_folder(folder: CodeFolder) -> None:
    """Delete a folder with the favourites in it; notes on their codes stay."""
    db.session.delete(folder)


def keep(person_id: int, system: str, code: str, folder: CodeFolder | None = None) -> CodeFolder:
    """Put a code into a folder, without one into the person's first, which is made at first use.

    Nothing happens where it is there already. Raises `NotKept` where the folder is full.
    """
    _one_at_a_time(person_id)
    folder = (
        folder or next(iter(queries.folder_rows(person_id)), None) or make_folder(person_id, DEFAULT_FOLDER)
    )
    if _there(folder, [(system, code)]):
        return folder
    _add(folder, [(system, code)])
    return folder


def let_go(folder: CodeFolder, system: str, code: str) -> None:
    """Take a code out of a folder."""
    db.session.execute(
        delete(CodeFavourite).where(
            CodeFavourite.folder_id == folder.id,
            CodeFavourite.system == system,
            CodeFavourite.code == code,
        )
    )


def remove_favourites(favourites: Iterable[CodeFavourite]) -> None:
    """Take these codes out of their folder."""
    for each in favourites:
        db.session.delete(each)


def put_into(folder: CodeFolder, favourites: Sequence[CodeFavourite]) -> None:
    """Move favourites to another folder of the same person; those it has already only leave theirs.

    Raises `NotKept` where they do not all fit, and then moves none.
    """
    _one_at_a_time(folder.person_id)
    favourites = [each for each in favourites if each.folder_id != folder.id]
    wanted = [(each.system, each.code) for each in favourites]
    there = _there(folder, wanted)
    fresh = [each for each in wanted if each not in there]
    remove_favourites(favourites)
    db.session.flush()
    _add(folder, fresh)


def move_favourite(folder: CodeFolder, favourite: CodeFavourite, steps: int) -> None:
    """Move a favourite up (-1) or down (1) within its folder."""
    _one_at_a_time(folder.person_id)
    _move(list(queries.favourites_in(folder)), favourite, steps)


def write_note(person_id: int, system: str, code: str, text: str, seen: str) -> None:
    """Store what a person wrote to a code; an empty text deletes the note.

    `seen` is the mark (`rules.mark_of`) of the text that they began from. Raises `NoteChanged` where another stands
    there by now, and `NotKept` beyond the most.
    """
    _one_at_a_time(person_id)
    note = db.session.get(CodePrivateNote, (person_id, system, code), populate_existing=True)
    stored = note.text if note is not None else ""
    if text == stored:
        return
    if mark_of(stored) != seen:
        raise NoteChanged(stored)
    if note is None:
        if queries.number_of_notes(person_id) >= MOST_NOTES:
            raise NotKept(f"You have notes on {MOST_NOTES:,} codes, which is the most. Delete some first.")
        db.session.add(CodePrivateNote(person_id=person_id, system=system, code=code, text=text))
    elif text:
        note.text, note.updated_at = text, clock.now()
    else:
        db.session.delete(note)


def switch_history(person_id: int, on: bool) -> None:
    """Note from now on which codes a person opens, or no more; what is noted already stays."""
    choice = db.session.get(MyCodesChoice, person_id)
    if choice is None:
        db.session.add(MyCodesChoice(person_id=person_id, keeps_history=on))
    else:
        choice.keeps_history = on


def clear_history(person_id: int) -> None:
    """Forget every code that the person opened."""
    db.session.execute(delete(CodeHistory).where(CodeHistory.person_id == person_id))


def dismiss_news(person_id: int, edition_ids: Iterable[int]) -> None:
    """Remember that the person has read what these editions change among their codes."""
    for edition_id in edition_ids:
        notice_of(person_id, edition_id).seen_at = clock.now()


def note_mailed(person_id: int, edition_ids: Iterable[int]) -> None:
    """Remember that a letter tells the person what these editions change among their codes."""
    for edition_id in edition_ids:
        notice_of(person_id, edition_id).mailed_at = clock.now()


def notice_of(person_id: int, edition_id: int) -> CodeChangeNotice:
    """What a person was told of an edition, as a row of this unit of work."""
    _one_at_a_time(person_id)
    found = db.session.get(CodeChangeNotice, (person_id, edition_id), populate_existing=True)
    if found is None:
        found = CodeChangeNotice(person_id=person_id, edition_id=edition_id)
        db.session.add(found)
    return found


def _one_at_a_time(person_id: int) -> None:
    """Let two tabs of one person take turns, so that neither counts or numbers what the other is about to add."""
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def _not_taken(name: str, others: Sequence[CodeFolder]) -> None:
    if is_taken(name, [each.name for each in others]):
        raise NotKept(f"You have a folder “{name}” already. Choose another name.")


def _there(folder: CodeFolder, codes: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    rows = db.session.execute(
        select(CodeFavourite.system, CodeFavourite.code).where(
            CodeFavourite.folder_id == folder.id, CodeFavourite.code.in_({code for _, code in codes})
        )
    )
    return {(row.system, row.code) for row in rows} & set(codes)


def _add(folder: CodeFolder, codes: Sequence[tuple[str, str]]) -> None:
    inside = queries.number_of_favourites(folder.id)
    if inside + len(codes) > MOST_IN_A_FOLDER:
        raise NotKept(f"“{folder.name}” would hold more than {MOST_IN_A_FOLDER} codes, which is the most.")
    last = db.session.scalar(
        select(func.max(CodeFavourite.position)).where(CodeFavourite.folder_id == folder.id)
    )
    for place, (system, code) in enumerate(codes, 1 + (last if last is not None else -1)):
        db.session.add(
            CodeFavourite(
                person_id=folder.person_id, folder_id=folder.id, system=system, code=code, position=place
            )
        )


def _move(rows: list[Any], row: CodeFavourite, steps: int) -> None:
    place = next((at for at, each in enumerate(rows) if each.id == row.id), None)
    if place is None:
        return
    rows.insert(max(0, place + steps), rows.pop(place))
    for at, each in enumerate(rows):
        each.position = at
