"""What is shown of the codes that were found: from the table what everybody may see, the rest from the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup
from sqlalchemy import or_, select

from jobboard import clock
from jobboard.code_search.entries import edition_and_position
from jobboard.code_search.table import BILLABLE
from jobboard.codes.edition_choice import LISTED_BY
from jobboard.codes.library import articles
from jobboard.codes.models import Code, CodeEdition
from jobboard.codes.rules import EVERYONE, Viewer, may_see
from jobboard.database import db
from search_index import highlight

if TYPE_CHECKING:
    from jobboard.code_search.table import Table

# System, code, description, whether billable.
_Columns = tuple[str, str, str, bool | None]


@dataclass(frozen=True, slots=True)
class Hit:
    """A code that was found, and which words of the index matched; `billable` None for an article.

    `edition_id` is the edition whose words these are, 0 for an article's.
    """

    system: str
    code: str
    description: str
    billable: bool | None
    matched: frozenset[str] = frozenset()
    edition_id: int = 0

    @property
    def words(self) -> Markup:
        """The description with what matched marked; made where it is asked for, as programs have no use for it."""
        return highlight(self.description, self.matched)


def folded(hits: Iterable[Hit]) -> list[list[Hit]]:
    """Hits in their order, each by itself; those of one article on several codes together where the first stands."""
    lines: dict[object, list[Hit]] = {}
    for nth, hit in enumerate(hits):
        lines.setdefault((hit.system, hit.description) if hit.billable is None else nth, []).append(hit)
    return list(lines.values())


def open_rows(ids: Sequence[str], table: Table | None, looked_up: Mapping[str, int]) -> dict[str, int]:
    """The rows of those ids that the table shows to everybody; rows that were `looked_up` are not sought again.

    A table is some seconds old at most. What is licensed is never among them: whether it may be seen is asked of the
    database at every search.
    """
    if table is None or EVERYONE not in table.audiences:
        return {}
    everybody = table.audiences.index(EVERYONE)
    rows = {one: looked_up[one] if one in looked_up else table.row(one) for one in ids}
    return {one: row for one, row in rows.items() if row >= 0 and table.audience[row] == everybody}


def hits_of(
    ids: Sequence[str], matched: frozenset[str], viewer: Viewer, table: Table | None, known: Mapping[str, int]
) -> tuple[Hit, ...]:
    """A hit for each id that `viewer` may see, in their order; `known` are the `open_rows` of the table."""
    hidden = [one for one in ids if one not in known]
    shown = _of_database(hidden, viewer) if hidden else {}
    found: dict[tuple[str, str], Hit] = {}
    for identity in ids:
        row = known.get(identity)
        if row is not None and table is not None:
            hit = _of_table(table, row, matched)
        elif (columns := shown.get(identity)) is not None:
            place = edition_and_position(identity)
            hit = Hit(*columns, matched, place[0] if place else 0)
        else:
            continue
        found.setdefault((hit.system, hit.code), hit)
    return tuple(found.values())


def _of_table(table: Table, row: int, matched: frozenset[str]) -> Hit:
    system, code, description = table.system_of(row), table.code_of(row), table.description(row)
    if table.is_article(row):
        return Hit(system, code, description, None, matched)
    return Hit(system, code, description, bool(table.flags[row] & BILLABLE), matched, table.edition_of(row))


def _of_database(ids: Sequence[str], viewer: Viewer) -> dict[str, _Columns]:
    today = clock.today()
    positions: dict[int, dict[int, str]] = defaultdict(dict)
    found: dict[str, _Columns] = {}
    for identity in ids:
        if (place := edition_and_position(identity)) is not None:
            positions[place[0]][place[1]] = identity
        elif article := articles().get(_article_key(identity)):
            found[identity] = (article.system, article.code, article.title, None)
    if not positions:
        return found
    editions = select(CodeEdition).where(CodeEdition.id.in_(list(positions)), CodeEdition.in_force.is_(True))
    seen = {one.id: one for one in db.session.scalars(editions) if may_see(one, viewer, today)}
    if not seen:
        return found
    columns = select(Code.edition_id, Code.position, Code.system, Code.code, Code.long, Code.billable)
    wanted = (
        (Code.system == system) & (Code.edition_id == one.id) & Code.position.in_(list(positions[one.id]))
        for one in seen.values()
        for system in _systems_in(one)
    )
    for edition, position, system, code, description, billable in db.session.execute(
        columns.where(or_(*wanted))
    ):
        found[positions[edition][position]] = (system, code, description, billable)
    return found


def _systems_in(edition: CodeEdition) -> tuple[str, ...]:
    """The systems whose codes stand in an edition, its own first."""
    return (edition.system, *(one for one, home in LISTED_BY.items() if home == edition.system))


def _article_key(identity: str) -> tuple[str, str]:
    system, _, code = identity.partition(":")
    return system, code
