"""Puts changes of things into the outbox, in the unit of work that changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, text

from jobboard import clock
from jobboard.database import UtcDateTime

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session, scoped_session

POSTING = "posting"

# An older version never replaces a newer one; a new change forgets the failures and the claim of the last.
_MERGE = (
    " ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, not_before = excluded.not_before,"
    " attempts = 0, last_error = '', claimed_by = '', claimed_until = NULL"
    " WHERE excluded.version >= index_change.version"
)
_INTO = "INSERT INTO index_change (kind, id, version, queued_at, not_before, attempts, last_error) "
_ONE = "VALUES (:kind, :id, :version, :now, :now, 0, '')"
_QUEUE = text(_INTO + _ONE + _MERGE).bindparams(bindparam("now", type_=UtcDateTime()))

_OF_COMPANY = "company_id = :owner OR posted_by_company_id = :owner"
_OF_PERSON = "created_by_id = :owner"
_WITH_CODES = "state = 'open' AND id IN (SELECT posting_id FROM posting_code WHERE system = :owner)"


def queue(session: Session | scoped_session[Any], kind: str, things: Iterable[tuple[int, int]]) -> None:
    """Queue (id, version) pairs of one kind."""
    now = clock.now()
    rows = [{"kind": kind, "id": thing, "version": version, "now": now} for thing, version in things]
    if rows:
        session.connection().execute(_QUEUE, rows)


def queue_postings_of_company(session: Session, company_id: int) -> None:
    """Raise the version of, and queue, every posting that names the company: two statements, however many."""
    _queue_postings_where(session, _OF_COMPANY, company_id)


def queue_postings_of_person(session: Session, person_id: int) -> None:
    """The same for every posting that a person wrote."""
    _queue_postings_where(session, _OF_PERSON, person_id)


def queue_postings_with_codes(session: Session | scoped_session[Any], system: str) -> None:
    """The same for every open posting that names a code of `system`, whose titles have changed."""
    _queue_postings_where(session, _WITH_CODES, system)


def _queue_postings_where(session: Session | scoped_session[Any], condition: str, owner: int | str) -> None:
    connection = session.connection()
    connection.execute(
        text(f"UPDATE posting SET version = version + 1 WHERE {condition}"),  # noqa: S608 - three constants
        {"owner": owner},
    )
    postings = f"SELECT '{POSTING}', id, version, :now, :now, 0, '' FROM posting WHERE ({condition})"  # noqa: S608
    statement = text(_INTO + postings + _MERGE).bindparams(bindparam("now", type_=UtcDateTime()))
    connection.execute(statement, {"owner": owner, "now": clock.now()})
