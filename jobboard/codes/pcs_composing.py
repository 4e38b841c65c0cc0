"""Composes a code of ICD-10-PCS character by character: each choice leads to codes of the edition of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from sqlalchemy import ColumnElement, func, select

from jobboard.codes.models import Code, CodeEdition
from jobboard.codes.pcs_reading import (
    SYSTEM,
    TABLE_LENGTH,
    WHOLE_LENGTH,
    Meaning,
    Step,
    explained,
    meanings,
    steps_of,
    tables_of,
    titles_above,
)
from jobboard.codes.rules import Viewer
from jobboard.database import db

_AFTER_ALL: Final = "~"  # sorts after every letter and digit


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of the next axis: its label ('' where the tables do not have it), and how many codes lie behind it.

    `only` is the description of the code, where it is a single one.
    """

    character: str
    label: str
    stem: str
    codes: int
    only: str
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Composition:
    """A beginning of a code, what its characters say, and what may come next.

    `asked` is what was asked for; where no code begins with it, `stem` is as much of it as leads to codes. `title`
    names the next axis. `tables` is the edition of the tables that the words come from, None where none is loaded.
    """

    asked: str
    stem: str
    steps: list[Step]
    title: str
    choices: list[Choice]
    codes: int
    tables: CodeEdition | None


def compose(asked: str, edition: CodeEdition, day: date, viewer: Viewer) -> Composition:
    """What `asked`, up to seven characters in capitals, leads to in `edition`; about six statements."""
    stem, counted = asked, _next_characters(asked, edition)
    while not counted and stem and not (len(stem) == WHOLE_LENGTH and _is_code(stem, edition)):
        stem = stem[:-1]
        counted = _next_characters(stem, edition)
    tables = tables_of(stem, day, viewer)
    above = titles_above(stem, edition)
    if len(stem) < TABLE_LENGTH:
        above |= _titles_after(stem, edition, counted)
    known = tables.labels_after(stem) if len(stem) < WHOLE_LENGTH else {}
    labels = {character: known.get(character) or above.get(stem + character, "") for character in counted}
    axis = len(stem) + 1
    steps = steps_of(stem, tables, above)
    told = meanings(steps, ((axis, label) for label in labels.values()), day, viewer)
    alone = [character for character, number in counted.items() if number == 1 and not labels[character]]
    only = _only_descriptions(stem, alone, edition)
    return Composition(
        asked=asked,
        stem=stem,
        steps=explained(steps, told),
        title=tables.title_of(stem) if len(stem) < WHOLE_LENGTH else "",
        choices=[
            Choice(
                character,
                labels[character],
                stem + character,
                number,
                only.get(character, ""),
                told.get((axis, labels[character]), tables.meaning_of(stem + character)),
            )
            for character, number in counted.items()
        ],
        codes=sum(counted.values()),
        tables=tables.edition,
    )


def _next_characters(stem: str, edition: CodeEdition) -> dict[str, int]:
    """By the character that follows `stem` in codes of the edition, how many there are; in order."""
    if len(stem) >= WHOLE_LENGTH:
        return {}
    if len(stem) < TABLE_LENGTH:
        return dict(_first_characters(stem, edition.id, edition.digest))
    return _counted(stem, edition.id)


@lru_cache(maxsize=512)
def _first_characters(stem: str, edition_id: int, _digest: str) -> tuple[tuple[str, int], ...]:
    """Counted once over many codes: an edition in force does not change; what replaces it has another digest."""
    return tuple(_counted(stem, edition_id).items())


def _counted(stem: str, edition_id: int) -> dict[str, int]:
    following = func.substr(Code.code, len(stem) + 1, 1)
    rows = db.session.execute(
        select(following, func.count())
        .where(*_codes_with(stem, edition_id))
        .group_by(following)
        .order_by(following)
    )
    return {character: int(number) for character, number in rows}


def _codes_with(stem: str, edition_id: int) -> list[ColumnElement[bool]]:
    return [
        Code.system == SYSTEM,
        Code.edition_id == edition_id,
        Code.kind == "code",
        Code.code >= stem,
        Code.code < stem + _AFTER_ALL,
    ]


def _is_code(code: str, edition: CodeEdition) -> bool:
    return db.session.get(Code, (SYSTEM, edition.id, code)) is not None


def _titles_after(stem: str, edition: CodeEdition, counted: dict[str, int]) -> dict[str, str]:
    rows = db.session.execute(
        select(Code.code, Code.long).where(
            Code.system == SYSTEM,
            Code.edition_id == edition.id,
            Code.code.in_([stem + character for character in counted]),
        )
    )
    return {row.code: row.long for row in rows}


def _only_descriptions(stem: str, characters: list[str], edition: CodeEdition) -> dict[str, str]:
    """By each of the characters after `stem`, the description of the one code that it leads to."""
    if not characters:
        return {}
    following = func.substr(Code.code, len(stem) + 1, 1)
    rows = db.session.execute(
        select(following.label("character"), Code.long).where(
            *_codes_with(stem, edition.id), following.in_(characters)
        )
    )
    return {row.character: row.long for row in rows}
