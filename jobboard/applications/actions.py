"""What changes an application: sending it, withdrawing it, its way through the company, leaving to apply elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from jobboard import clock, unit_of_work
from jobboard.applications import documents, letters, queries
from jobboard.applications.models import Application, ApplicationEvent, Status, WentToApply
from jobboard.applications.rules import Side, may_move
from jobboard.database import db
from jobboard.postings.presentation import snapshot

if TYPE_CHECKING:
    from jobboard.accounts.models import Person
    from jobboard.applications.documents import Upload
    from jobboard.applications.models import Document
    from jobboard.applications.store import StoredFile
    from jobboard.postings.models import Posting


class AlreadyApplied(Exception):
    """The person has applied to this posting before; nothing of this unit of work was stored."""


class NotThatWay(Exception):
    """The step is not in the table of arrows, or not for this side, or the application has moved on meanwhile."""


def apply(
    person: Person,
    posting: Posting,
    *,
    message: str,
    document: Document | None = None,
    upload: Upload | None = None,
    stored: StoredFile | None = None,
) -> Application:
    """Send an application with the posting as it is now, and write to both sides.

    The résumé is an earlier `document`, or a new `upload` that was `stored`. Raises `AlreadyApplied`, and
    `ShareUsedUp` where the account keeps too many résumés.
    """
    if queries.application_of(person.id, posting.id) is not None:
        unit_of_work.rollback()
        raise AlreadyApplied
    if upload is not None and stored is not None:
        document = documents.add(person.id, upload, stored)
    now = clock.now()
    application = Application(
        posting=posting,
        person=person,
        status=Status.NEW,
        created_at=now,
        changed_at=now,
        message=message,
        document=document,
        posting_then=snapshot(posting),
        events=[ApplicationEvent(at=now, status=Status.NEW, person_id=person.id)],
    )
    db.session.add(application)
    try:
        unit_of_work.flush()
    except IntegrityError as twice:
        # The same person at the same instant, where the database lets two writers work side by side.
        unit_of_work.rollback()
        raise AlreadyApplied from twice
    letters.tell_of_new_application(application)
    return application


def withdraw(application: Application) -> None:
    """The candidate takes an application back; the company no longer reads what was sent. Raises `NotThatWay`."""
    _move(application, Status.WITHDRAWN, Side.CANDIDATE, application.person_id)


def change_status(application: Application, status: str, *, by: Person, seen_version: int) -> None:
    """The company takes an application along an arrow and the candidate is told.

    `seen_version` is the version that the person had before their eyes. Raises `NotThatWay`.
    """
    if application.version != seen_version:
        raise NotThatWay
    _move(application, status, Side.COMPANY, by.id)
    letters.tell_of_status(application)


def _move(application: Application, status: str, side: Side, person_id: int) -> None:
    if not may_move(application.status, side, status):
        raise NotThatWay
    now = clock.now()
    application.status, application.changed_at = status, now
    application.events.append(ApplicationEvent(at=now, status=status, person_id=person_id))
    unit_of_work.flush()


def mark_read(application_id: int) -> None:
    """Remember when the company first read an application.

    The version stays, so that a colleague's open form is not refused for it.
    """
    unread = update(Application).where(Application.id == application_id, Application.first_read_at.is_(None))
    db.session.execute(unread.values(first_read_at=clock.now()))


def remember_leaving(person_id: int, posting_id: int) -> None:
    """Remember that a person left for the employer's own address; the latest time counts."""
    departure = db.session.get(WentToApply, (person_id, posting_id))
    if departure is None:
        db.session.add(WentToApply(person_id=person_id, posting_id=posting_id, at=clock.now()))
    else:
        departure.at = clock.now()
