"""A person's codes as their pages list them: what each is, as this reader may see it, and the note on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobboard.codes.code_forms import shown
from jobboard.codes.library import article_on
from jobboard.codes.licence_use import shows
from jobboard.codes.queries import descriptions_in, edition_in_force
from jobboard.codes.systems import code_systems
from jobboard.my_codes import queries

if TYPE_CHECKING:
    from jobboard.codes.rules import Viewer
    from jobboard.my_codes.models import CodeFavourite


@dataclass(frozen=True, slots=True)
class Listed:
    """One code. `description` is '' where no edition that the reader may see has it; `favourite_id` 0 for none."""

    system: str
    label: str
    code: str
    shown: str
    description: str
    note: str = ""
    favourite_id: int = 0


def listed(codes: Sequence[tuple[str, str]], viewer: Viewer) -> list[Listed]:
    """These codes, (system, code), in this order; two statements for each system among them."""
    words = described(codes, viewer)
    systems = code_systems()
    return [
        Listed(system, systems.label(system), code, shown(code), words.get((system, code), ""))
        for system, code in codes
    ]


def favourites(rows: Sequence[CodeFavourite], viewer: Viewer) -> list[Listed]:
    """The favourites of one person with their notes."""
    codes = [(each.system, each.code) for each in rows]
    notes = queries.notes_on(rows[0].person_id, codes) if rows else {}
    return [
        Listed(
            each.system,
            each.label,
            each.code,
            each.shown,
            each.description,
            notes.get((each.system, each.code), ""),
            row.id,
        )
        for row, each in zip(rows, listed(codes, viewer), strict=True)
    ]


def described(codes: Iterable[tuple[str, str]], viewer: Viewer) -> dict[tuple[str, str], str]:
    """What each code is: its official description where `viewer` may see it, else our article's title.

    It is for the answer to this request, which counts as shown to who is signed in.
    """
    by_system: dict[str, list[str]] = {}
    for system, code in codes:
        by_system.setdefault(system, []).append(code)
    found: dict[tuple[str, str], str] = {}
    for system, wanted in by_system.items():
        edition = edition_in_force(system, viewer=viewer)
        official = descriptions_in(edition, system, wanted) if edition else {}
        shows(edition if official else None)
        for code in wanted:
            article = None if code in official else article_on(system, code)
            found[system, code] = official.get(code, "") or (article.title if article else "")
    return found
