"""Résumés: received, counted against a person's share, removed, and swept up after."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy import select

from jobboard import clock, unit_of_work
from jobboard.accounts.models import Person
from jobboard.applications import queries
from jobboard.applications.models import Document
from jobboard.applications.store import DocumentStore, StoredFile
from jobboard.database import db

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jobboard.applications.sniffing import Kind

# What one account may keep: ten résumés, and some four of the largest size.
MOST_DOCUMENTS = 10
MOST_BYTES = 20_000_000
# A file without a row may belong to a request that is still at work; after this time it does not.
_LONGEST_REQUEST = timedelta(days=1)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Upload:
    """A file as it was handed in and understood: its clean name, its kind, and all of it."""

    file_name: str
    kind: Kind
    content: bytes


class ShareUsedUp(Exception):
    """The person keeps as many résumés, or as many bytes of them, as one account may."""


def store() -> DocumentStore:
    """The store of the running application, in its data folder."""
    return DocumentStore(current_app.extensions["settings"].data_dir / "documents")


@contextmanager
def received(upload: Upload | None) -> Iterator[StoredFile | None]:
    """Store the file for the block, and delete it again unless the block committed a row for it.

    Raises `NotStored`.
    """
    if upload is None:
        yield None
        return
    place = store()
    stored = place.put(upload.content)
    try:
        yield stored
    except BaseException:
        unit_of_work.rollback()
        raise
    finally:
        # Asked afresh: what follows a commit may fail too, and then the file is somebody's.
        kept = select(Document.id).where(Document.storage_name == stored.name)
        if db.session.scalar(kept) is None:
            place.remove(stored.name)


def add(person_id: int, upload: Upload, stored: StoredFile) -> Document:
    """Add the row of a stored file; the earlier row if the person handed in the same content before.

    Raises `ShareUsedUp`.
    """
    # Two uploads at one instant are counted one after the other, where the database lets two write side by side.
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))
    same = select(Document).where(Document.person_id == person_id, Document.sha256 == stored.sha256)
    known = db.session.scalar(same.limit(1))
    if known is not None and store().path(known.storage_name).is_file():
        return known
    count, size = queries.documents_share(person_id)
    if count >= MOST_DOCUMENTS or size + stored.size > MOST_BYTES:
        raise ShareUsedUp
    document = Document(
        person_id=person_id,
        file_name=upload.file_name,
        media_type=upload.kind.media_type,
        size=stored.size,
        sha256=stored.sha256,
        storage_name=stored.name,
    )
    db.session.add(document)
    return document


def remove(document: Document) -> None:
    """Forget a résumé; its file goes with the next sweep, once nothing refers to it any more."""
    db.session.delete(document)


def sweep() -> int:
    """Delete files that no row refers to, and halves that were never finished; returns how many. A chore."""
    before = (clock.now() - _LONGEST_REQUEST).timestamp()
    known = set(db.session.scalars(select(Document.storage_name)))
    db.session.rollback()
    gone = 0
    for path, finished in store().files_before(before):
        if not finished or path.name not in known:
            path.unlink(missing_ok=True)
            gone += 1
    if gone:
        _log.info("removed %d files that no résumé refers to", gone)
    return gone
