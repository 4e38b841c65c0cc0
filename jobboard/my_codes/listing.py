"""A person's codes as their pages list them: what each is, as this reader may see it, and the note on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jobboard.codes.code_forms import shown
from jobboard.codes.last_words import LastWords, last_words
from jobboard.codes.library import article_on
from jobboard.codes.licence_use import shows
from jobboard.codes.queries import descriptions_in, edition_in_force
from jobboard.codes.systems import code_systems
from jobboard.my_codes import queries

if TYPE_CHECKING:
    from jobboard.codes.rules import Viewer
    from jobboard.my_codes.models import CodeFavourite


@dataclass(frozen=True, slots=True)
class Described:
    """What a code is, '' where no edition that the reader may see has it.

    `gone` says in words that the edition in force does not have it: "deleted 1 October 2026", else ''.
    """

    description: str
    gone: str = ""
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """One code; `description`, `gone` and `successors` as in `Described`; `favourite_id` 0 for none."""

    system: str
    label: str
    code: str
    shown: str
    description: str
    note: str = ""
    favourite_id: int = 0
    gone: str = ""
    successors: tuple[str, ...] = ()

    @property
    def in_words(self) -> str:
        """The description and what became of the code, for where nothing can be linked."""
        use = f"; use {' or '.join(shown(each) for each in self.successors)}" if self.successors else ""
        return f"{self.description} ({self.gone}{use})".lstrip() if self.gone else self.description


def listed(codes: Sequence[tuple[str, str]], viewer: Viewer) -> list[Listed]:
    """These codes, (system, code), in this order; two statements for each system among them.

    A few more for a system of which the edition in force lacks one.
    """
    words = described(codes, viewer)
    systems = code_systems()
    return [
        Listed(
            system,
            systems.label(system),
            code,
            shown(code),
            words[system, code].description,
            gone=words[system, code].gone,
            successors=words[system, code].successors,
        )
        for system, code in codes
    ]


def favourites(rows: Sequence[CodeFavourite], viewer: Viewer) -> list[Listed]:
    """The favourites of one person with their notes."""
    codes = [(each.system, each.code) for each in rows]
    notes = queries.notes_on(rows[0].person_id, codes) if rows else {}
    return [
        replace(each, note=notes.get((each.system, each.code), ""), favourite_id=row.id)
        for row, each in zip(rows, listed(codes, viewer), strict=True)
    ]


def described(codes: Iterable[tuple[str, str]], viewer: Viewer) -> dict[tuple[str, str], Described]:
    """What each code is: its official description where `viewer` may see it, else our article's title.

    Of a code that the edition in force does not have it is the description in the last that had it. It is for the
    answer to this request, which counts as shown to who is signed in.
    """
    by_system: dict[str, list[str]] = {}
    for system, code in codes:
        by_system.setdefault(system, []).append(code)
    found: dict[tuple[str, str], Described] = {}
    for system, wanted in by_system.items():
        edition = edition_in_force(system, viewer=viewer)
        official = descriptions_in(edition, system, wanted) if edition else {}
        missing = [code for code in wanted if code not in official]
        before = last_words(system, missing, viewer) if edition and missing else {}
        shows(edition if official else None, *(each.edition for each in before.values()))
        for code in wanted:
            gone = before.get(code)
            article = None if code in official else article_on(system, code)
            words = official.get(code, "") or (gone.description if gone else "")
            words = words or (article.title if article else "")
            found[system, code] = Described(words, _became(gone), gone.successors if gone else ())
    return found


def _became(gone: LastWords | None) -> str:
    if gone is None:
        return ""
    if not gone.is_deleted:
        return f"last in edition {gone.edition.label}"
    day = gone.deleted_on
    return f"deleted {day.day} {day:%B %Y}" if day else "deleted"
