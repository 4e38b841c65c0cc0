"""A loaded code with everything around it: what is above, below and beside it, and the notes that hold for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobboard.access.page_numbers import asked_page
from jobboard.codes import queries
from jobboard.codes.browsing import Entries, entries_below
from jobboard.codes.note_words import NoteGroup, candidates, grouped

if TYPE_CHECKING:
    from datetime import date

    from jobboard.codes.models import Code, CodeEdition


@dataclass(frozen=True, slots=True)
class Inherited:
    """The notes that hold because `origin`, an entry above, carries them."""

    origin: Code
    groups: list[NoteGroup]


@dataclass(frozen=True, slots=True)
class Place:
    """A loaded code with everything around it."""

    code: Code
    edition: CodeEdition
    notes_of: CodeEdition | None
    above: list[Code]
    below: Entries
    before: Code | None
    after: Code | None
    own: list[NoteGroup]
    inherited: list[Inherited]


def place_of(code: Code, edition: CodeEdition, day: date) -> Place:
    """`code` of `edition` with what is around it, and its notes as of `day`; eight statements at most."""
    above = queries.ancestors(code)
    notes_of = queries.notes_in_force(code.system, day)
    own, inherited = queries.notes(code, above, notes_of)
    every = [*own, *(note for each in inherited for note in each.notes)]
    existing = queries.existing(code.edition_id, candidates(every))
    before, after = queries.neighbours(code)
    return Place(
        code=code,
        edition=edition,
        notes_of=notes_of,
        above=above,
        below=entries_below(code, asked_page()),
        before=before,
        after=after,
        own=grouped(own, existing),
        inherited=[Inherited(each.origin, grouped(each.notes, existing)) for each in inherited],
    )
