"""Rows and cards of postings shown lately, kept in the process under (id, version).

The database is still asked on every page which of the postings are listed and at which version; every change that
shows, a renamed company included, raises the version (see `watcher`), so what is kept is never stale.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from flask import current_app
from sqlalchemy import bindparam, select

from jobboard import clock
from jobboard.database import db
from jobboard.postings.models import Posting
from jobboard.postings.presentation import Card, card
from jobboard.postings.queries import listed
from jobboard.search.rows import PostingRow, listed_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Select

_EXTENSION = "posting_shelf"
# About 25 kB each with what highlights need.
_LARGEST = 2048
# Cards say "posted 2 hours ago"; they are made anew this often.
_CARD_SECONDS = 300
# An advertisement of the same opening that comes meanwhile is joined to an earlier one on another page so much later.
_ALONE_SECONDS = 60
_CARD_PARTS = "_parts/jobs.html"


class Shelf:
    """What this process keeps; emptied when it is full."""

    def __init__(self) -> None:
        self._rows: dict[tuple[int, int], PostingRow] = {}
        self._cards: dict[tuple[int, int, int], Card] = {}
        self._alone: dict[tuple[int, int, int], None] = {}

    def listed(self, ids: Sequence[int]) -> dict[int, PostingRow]:
        """Those of `ids` that are listed now, by id: one statement, and five more for what is not kept."""
        if not ids:
            return {}
        asked = {"ids": ids, "now": clock.now()}
        present = {row.id: row.version for row in db.session.connection().execute(_versions(), asked)}
        missing = [one for one, version in present.items() if (one, version) not in self._rows]
        if missing:
            if len(self._rows) > _LARGEST:
                self._rows.clear()
            for row in listed_rows(Posting.id.in_(missing)):
                present[row.id] = row.version
                self._rows[row.id, row.version] = row
        kept = {one: self._rows.get((one, version)) for one, version in present.items()}
        return {one: row for one, row in kept.items() if row is not None}

    def found_alone(self, rows: Iterable[PostingRow]) -> None:
        """Remember for a while that no other advertisement shares an opening with one of `rows`."""
        if len(self._alone) > _LARGEST:
            self._alone.clear()
        self._alone |= dict.fromkeys(map(_alone_key, rows))

    def stood_alone(self, row: PostingRow) -> bool:
        """Whether that was found of `row` a moment ago."""
        return _alone_key(row) in self._alone

    def card(self, row: PostingRow) -> Card:
        """The entry for a list, without marks, drawn as far as it is the same in every search."""
        key = (row.id, row.version, int(clock.now().timestamp()) // _CARD_SECONDS)
        found = self._cards.get(key)
        if found is None:
            if len(self._cards) > _LARGEST:
                self._cards.clear()
            # A row has the attributes of a posting that a card reads.
            plain = card(cast("Posting", row))
            drawn: Any = current_app.jinja_env.get_template(_CARD_PARTS).module
            found = self._cards[key] = replace(
                plain, facts_html=drawn.job_facts(plain), end_html=drawn.job_end(plain)
            )
        return found


def _alone_key(row: PostingRow) -> tuple[int, int, int]:
    return row.id, row.version, int(clock.now().timestamp()) // _ALONE_SECONDS


@cache
def _versions() -> Select[int, int]:
    # Made once: to put it together takes as long as the database needs for it, and every page of results runs it.
    chosen = Posting.id.in_(bindparam("ids", expanding=True))
    return select(Posting.id, Posting.version).where(chosen, listed(bindparam("now")))


def shelf() -> Shelf:
    """The shelf of the running application."""
    found: Shelf | None = current_app.extensions.get(_EXTENSION)
    if found is None:
        found = current_app.extensions[_EXTENSION] = Shelf()
    return found
