"""What codes were called before the edition in force left them out, and what became of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from jobboard import clock
from jobboard.codes.changes import DELETED
from jobboard.codes.edition_choice import readable_editions
from jobboard.codes.models import Code, CodeChange, CodeEdition
from jobboard.codes.rules import Viewer
from jobboard.database import db


@dataclass(frozen=True, slots=True)
class LastWords:
    """A code as the last edition before that has it: `edition`, with its description there.

    `is_deleted` is true where a later one is known to have deleted it, on `deleted_on` as far as it has a first day;
    `successors` are the codes that took its place, as a conversion table says.
    """

    description: str
    edition: CodeEdition
    is_deleted: bool = False
    deleted_on: date | None = None
    successors: tuple[str, ...] = ()


def last_words(system: str, codes: Collection[str], viewer: Viewer) -> dict[str, LastWords]:
    """Of those of `codes` that an edition had which began and which `viewer` may see; two statements and the editions.

    Who asks has looked in the edition in force: of a code that it has, this is what it says.
    """
    today, wanted = clock.today(), sorted(set(codes))
    editions = [
        each
        for each in readable_editions(system, viewer)
        if each.effective_from is None or each.effective_from <= today
    ]
    if not wanted or not editions:
        return {}
    order = {each.id: place for place, each in enumerate(editions)}
    rows = db.session.execute(
        select(Code.edition_id, Code.code, Code.long).where(
            Code.system == system, Code.edition_id.in_(order), Code.code.in_(wanted)
        )
    )
    last = {row.code: row for row in sorted(rows, key=lambda row: order[row.edition_id])}
    deleted: dict[str, CodeChange] = {}
    for change in db.session.scalars(
        select(CodeChange).where(
            CodeChange.system == system,
            CodeChange.edition_id.in_(order),
            CodeChange.code.in_(list(last)),
            CodeChange.kind == DELETED,
        )
    ):
        made_by = editions[order[change.edition_id]]
        # The one that follows the last edition that had it; an earlier deletion was taken back.
        if change.previous_id == made_by.compared_with_id == last[change.code].edition_id:
            deleted[change.code] = change
    found: dict[str, LastWords] = {}
    for code, row in last.items():
        edition, gone = editions[order[row.edition_id]], deleted.get(code)
        if gone is None:
            found[code] = LastWords(row.long, edition)
        else:
            begins = editions[order[gone.edition_id]].effective_from
            found[code] = LastWords(row.long, edition, True, begins, tuple(gone.successor.split()))
    return found
