"""Finds codes: the engine says which carry the words, the table ranks them; `showing` says what is shown of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import numpy as np
from sqlalchemy import or_, select

from jobboard import clock
from jobboard.code_search.entries import licensed_editions, readers_of
from jobboard.code_search.index import codes_index, table_keeper
from jobboard.code_search.ranking import order
from jobboard.code_search.showing import Hit, hits_of, open_rows
from jobboard.code_search.typed_codes import forms_of, intervals_of, is_plain_word
from jobboard.code_search.words import understood
from jobboard.codes.edition_choice import editions_on
from jobboard.codes.library import articles
from jobboard.codes.look_up_everywhere import look_up_everywhere
from jobboard.codes.models import Code
from jobboard.codes.rules import ANYBODY, EVERYONE, Viewer, may_see
from jobboard.database import db
from search_index import Facet, Order, Query, Sort, Unavailable

if TYPE_CHECKING:
    from datetime import date

    from jobboard.code_search.request import CodeSearch
    from jobboard.code_search.table import Table
    from search_index import Page

# So many candidates of the engine are ranked; where fewer have all words, one word is enough.
CANDIDATES: Final = 100
_ENOUGH: Final = 10
_ANSWERS_KEPT: Final = 5_000
_BOOK_ORDER: Final = Sort("position", Order.ASCENDING)


@dataclass(frozen=True)
class CodeResults:
    """What was found, best first. `counts` are matches by system where all words matched, if the search wanted them.

    `corrected` maps words to those that they were taken for; `degraded` says that the engine was away, so that words
    were sought in the database and the filters beside the system left out.
    """

    hits: tuple[Hit, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    corrected: Mapping[str, str] = field(default_factory=dict)
    degraded: bool = False

    @property
    def by_system(self) -> dict[str, list[Hit]]:
        """The hits of each system, the system with the best hit first."""
        found: dict[str, list[Hit]] = defaultdict(list)
        for hit in self.hits:
            found[hit.system].append(hit)
        return dict(found)


@dataclass(frozen=True)
class Ranking:
    """Ids best first, their `rows` in the table where they were looked up, and what else the engine said."""

    ids: tuple[str, ...]
    matched: frozenset[str]
    counts: Mapping[str, int]
    corrected: Mapping[str, str]
    rows: Mapping[str, int] = field(default_factory=dict)


def find(search: CodeSearch, viewer: Viewer = ANYBODY) -> CodeResults:
    """Answer `search` for `viewer`, from the database where the engine is away or there is no index yet."""
    audiences, table = audiences_of(viewer), table_keeper().kept
    asked = (search, audiences)
    if table is not None and isinstance(known := table.answers.get(asked), CodeResults):
        table_keeper().get()
        return known
    try:
        ranking = _rank_or_remember(search, audiences, table)
    except Unavailable:
        return _from_database(search)
    table_keeper().get()
    ids = ranking.ids[: search.size]
    open_to_all = open_rows(ids, table, ranking.rows)
    hits = hits_of(ids, ranking.matched, viewer, table, open_to_all)
    found = CodeResults(hits, ranking.counts, ranking.corrected)
    if table is not None and len(open_to_all) == len(ids):
        _remember(table, asked, found)
    return found


def _rank_or_remember(search: CodeSearch, audiences: tuple[str, ...], table: Table | None) -> Ranking:
    """As `rank`; what was ranked with this very table is remembered."""
    if table is None:
        return rank(search, audiences, table)
    asked = (replace(search, size=0), audiences)
    found = table.answers.get(asked)
    if found is None:
        found = rank(search, audiences, table)
        _remember(table, asked, found)
    assert isinstance(found, Ranking)
    return found


def _remember(table: Table, asked: Hashable, answer: object) -> None:
    if len(table.answers) >= _ANSWERS_KEPT:
        table.answers.clear()
    table.answers[asked] = answer


def audiences_of(viewer: Viewer) -> tuple[str, ...]:
    """The keywords of documents that `viewer` may see."""
    if viewer.person_id is None:
        return (EVERYONE,)
    today = clock.today()
    return (EVERYONE, *(readers_of(one) for one in licensed_editions() if may_see(one, viewer, today)))


def rank(search: CodeSearch, audiences: Sequence[str], table: Table | None) -> Ranking:
    """The ids of at most 100 codes, best first. Raises `Unavailable`."""
    conditions = search.conditions(audiences)
    intervals = intervals_of(search.q, search.system)
    by_code: tuple[str, ...] = ()
    if intervals:
        asked = Query(filters=conditions, intervals=intervals, size=CANDIDATES, sort=_BOOK_ORDER)
        by_code = codes_index().search(asked).ids
        if by_code and not is_plain_word(search.q):
            return Ranking(by_code, frozenset(), {}, {})
    meant = understood(search.q, table, search.system)
    if not meant.questions[0]:
        return Ranking(by_code, frozenset(), {}, {})
    query = Query(
        search.q,
        filters=conditions,
        synonyms=meant.synonyms,
        facets=(Facet("system", "system"),) if search.counts else (),
        size=CANDIDATES,
        enough=_ENOUGH,
    )
    page = codes_index().search(query)
    counts = {one.value: one.count for one in page.counts.get("system", ())}
    ids, rows = _ranked(page, meant.questions, table)
    alone = by_code[:1] if by_code and is_plain_word(search.q) else ()
    return Ranking(tuple(dict.fromkeys((*alone, *ids))), page.matched, counts, meant.corrected, rows)


def _ranked(
    page: Page, questions: Sequence[Sequence[str]], table: Table | None
) -> tuple[tuple[str, ...], Mapping[str, int]]:
    """The ids of `page`, best first, and their rows in the table, -1 where it does not know them."""
    if table is None:
        return page.ids, {}
    rows = table.rows(page.ids)
    known = np.nonzero(rows >= 0)[0]
    places = known[order(table, rows[known], questions)].tolist()
    if len(known) < len(rows):
        # What the table does not know yet keeps the place that the engine gave it, behind what it knows.
        places += np.nonzero(rows < 0)[0].tolist()
    return tuple(page.ids[place] for place in places), dict(zip(page.ids, rows.tolist(), strict=True))


def only_code(query: str, system: str, viewer: Viewer, day: date | None = None) -> tuple[str, str] | None:
    """The system and code that `query` is, where it is one code in one system alone; else None.

    It is one in the editions of today, or in those of `day`. What may as well be a word is a code only in a chosen
    system.
    """
    forms = forms_of(query, system)
    if not forms or (not system and is_plain_word(query)):
        return None
    days = {day or clock.today(), clock.today()}
    editions = {one.id for each in days for one in editions_on(each, viewer=viewer).values()}
    named = ((Code.system == name) & (Code.code == code) for name, code in forms.items())
    statement = select(Code.system, Code.code).where(Code.edition_id.in_(editions), or_(*named))
    there = {(name, code) for name, code in db.session.execute(statement)}
    there |= {one for one in forms.items() if one in articles()}
    return there.pop() if len(there) == 1 else None


def _from_database(search: CodeSearch) -> CodeResults:
    found = look_up_everywhere(search.q, search.system or None, search.size)
    hits = (Hit(one.system, one.code, one.description, one.billable) for one in found)
    return CodeResults(tuple(hits), degraded=True)
