"""Notices in every flush what the index has to hear of, and refuses changes that it could not notice.

A change to a child row or to a company does not raise the posting's version by itself; its document would then be
refused as old. So the watcher touches the posting whose child changed, and raises the versions of all postings of
a company or author whose listing changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState, Session

from jobboard import clock
from jobboard.accounts.models import Person
from jobboard.codes.signals import edition_in_force
from jobboard.database import db
from jobboard.employers.models import Company
from jobboard.postings.models import Posting, PostingCode, PostingPlace, PostingTerm, PostingWorkload
from jobboard.search import outbox

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import UOWTransaction

CHILDREN = (PostingTerm, PostingCode, PostingPlace, PostingWorkload)
WATCHED = (Posting, *CHILDREN, Company)
_WATCHED_TABLES = {model.__table__ for model in WATCHED}
# What of a company or a person shows in, or decides about, their postings' documents.
COMPANY_COLUMNS = ("name", "slug", "suspended_at", "setting", "is_agency")
PERSON_COLUMNS = ("suspended_at",)


class BulkChangeRefused(RuntimeError):
    """A bulk UPDATE or DELETE on a watched table, of which the index would never hear."""


def watch(session_factory: Any) -> None:
    """Watch every session of `session_factory`; once, however often it is asked."""
    for name, listener in (
        ("before_flush", _touch_parents),
        ("after_flush", _queue_changes),
        ("do_orm_execute", _refuse_bulk),
    ):
        if not event.contains(session_factory, name, listener):
            event.listen(session_factory, name, listener)


def watch_codes() -> None:
    """Hear of new editions in force: documents hold official titles of the codes that postings name."""
    edition_in_force.connect(_queue_titles)


def _queue_titles(system: str) -> None:
    outbox.queue_postings_with_codes(db.session, system)
    _forget_versions(db.session(), lambda _posting: True)


def _touch_parents(session: Session, _context: UOWTransaction, _instances: object) -> None:
    for thing in _changed(session):
        if isinstance(thing, CHILDREN):
            for posting in _parents(session, thing):
                if posting not in session.deleted and inspect(posting).persistent:
                    posting.changed_at = clock.now()


def _parents(session: Session, child: Any) -> set[Posting]:
    """The posting a child belongs to and, where it was moved or taken away, the one it belonged to."""
    attributes = inspect(child).attrs
    found = {one for one in _ever(attributes.posting.history) if one}
    known = {one.id for one in found}
    keys = {one for one in _ever(attributes.posting_id.history) if one is not None and one not in known}
    with session.no_autoflush:
        return found | {parent for key in keys if (parent := session.get(Posting, key)) is not None}


def _ever(history: Any) -> Iterable[Any]:
    return (one for group in (history.added, history.unchanged, history.deleted) for one in group or ())


def _queue_changes(session: Session, _context: UOWTransaction) -> None:
    changes: dict[int, int] = {}
    for thing in _changed(session):
        if isinstance(thing, Posting):
            gone = thing in session.deleted
            changes[thing.id] = thing.version + 1 if gone else thing.version
    outbox.queue(session, outbox.POSTING, changes.items())
    for thing in session.dirty:
        if isinstance(thing, Company) and _changes(thing, COMPANY_COLUMNS):
            outbox.queue_postings_of_company(session, thing.id)
            _forget_versions(session, lambda posting, owner=thing.id: _names(posting, owner))
        elif isinstance(thing, Person) and _changes(thing, PERSON_COLUMNS):
            outbox.queue_postings_of_person(session, thing.id)
            _forget_versions(session, lambda posting, owner=thing.id: posting.created_by_id == owner)


def _changed(session: Session) -> Iterable[Any]:
    yield from session.new
    yield from (thing for thing in session.dirty if session.is_modified(thing))
    yield from session.deleted


def _changes(thing: Any, columns: tuple[str, ...]) -> bool:
    attributes = inspect(thing).attrs
    return any(attributes[name].history.has_changes() for name in columns)


def _names(posting: Posting, company_id: int) -> bool:
    return company_id in {posting.company_id, posting.posted_by_company_id}


def _forget_versions(session: Session, concerned: Any) -> None:
    for thing in session.identity_map.values():
        if isinstance(thing, Posting) and concerned(thing):
            session.expire(thing, ["version"])


def _refuse_bulk(state: ORMExecuteState) -> None:
    if not (state.is_update or state.is_delete or (state.is_insert and state.is_orm_statement)):
        return
    table = getattr(state.statement, "table", None)
    if table in _WATCHED_TABLES:
        raise BulkChangeRefused(
            f"a bulk change of {table} rows would never reach the index: "
            "change the objects, or use jobboard.search.outbox"
        )
