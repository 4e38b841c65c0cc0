"""Finds the posting that a line is about, and tells whether the line says anything new."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from jobboard.database import db
from jobboard.employers.queries import imported_company_named
from jobboard.postings.importing.refusal import Refused
from jobboard.postings.models import Posting, State
from jobboard.postings.queries import pending_revision
from jobboard.postings.rules import REMOVED

if TYPE_CHECKING:
    from jobboard.postings.importing.opening import Key, Reader


@dataclass(frozen=True)
class Digest:
    """What is kept of a line: how it is known where it has no identifier, what it said, by how many days it was moved
    (None where the dates stay as they are, which is not the same as 0).

    As text it has at most 64 characters: "derived.content.days".
    """

    derived: str
    content: str
    days: int | None

    def __str__(self) -> str:
        return f"{self.derived}.{self.content}.{'' if self.days is None else self.days}"

    @classmethod
    def of(cls, reader: Reader, key: Key, value: Any, days: int | None) -> Digest:
        """The digest of a line, equal for all ways to write the same JSON; `Refused` where it is no proper text."""
        try:
            words = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
        except UnicodeEncodeError:
            raise Refused("", "holds half a character (a lone surrogate)") from None
        except RecursionError:
            raise Refused("", "is nested too deeply") from None
        told = hashlib.sha256(f"{reader.name}.{reader.edition}.".encode() + words)
        return cls(key.derived, told.hexdigest()[:32], days)


def days_moved(posting: Posting) -> int:
    """By how many days the dates of a stored import were moved."""
    last = posting.source_digest.rpartition(".")[2]
    return int(last) if last.lstrip("-").isdigit() else 0


def posting_for(key: Key, source: str) -> Posting | None:
    """The stored posting of a company without people that has this identifier, or nothing."""
    company = imported_company_named(key.company)
    if company is None:
        return None
    asked = select(Posting).where(Posting.company_id == company.id)
    if key.identifier is not None:
        asked = asked.where(Posting.source_key == key.identifier)
    else:
        asked = asked.where(
            Posting.source_key.is_(None),
            Posting.source == source,
            Posting.source_digest.startswith(f"{key.derived}."),
        )
    return db.session.scalars(asked.order_by(Posting.id)).first()


def says_nothing_new(posting: Posting, digest: Digest, *, publish: bool) -> bool:
    """Whether the line changes nothing: it was taken as it is, or a moderator removed what it is about."""
    if posting.state == State.CLOSED and posting.closed_reason == REMOVED:
        return True
    if posting.source_digest != str(digest):
        return False
    waits = posting.state == State.IN_REVIEW or (
        posting.state == State.OPEN and pending_revision(posting) is not None
    )
    return not (publish and waits)
