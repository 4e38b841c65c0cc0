"""Licensed editions: whose notice was accepted, who is in which group, how many read them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from jobboard.codes.metering import licence_users
from jobboard.codes.models import CodeEdition, CodeLicenceAcceptance
from jobboard.codes.rules import EVERYONE, MEMBERS, Viewer
from jobboard.codes.viewer_models import CodeMembership
from jobboard.database import db

_log = logging.getLogger(__name__)


class UnknownGroup(ValueError):
    """A group that no loaded edition names; the message says which there are."""


@dataclass(frozen=True, slots=True)
class Users:
    """How many people and browsers read text of an edition for the first time in a month ("2026-11")."""

    edition: CodeEdition
    month: str
    users: int


def edition_with_notice(edition_id: int) -> CodeEdition | None:
    """The whole edition with that id, if readers have to accept a notice."""
    edition = db.session.get(CodeEdition, edition_id)
    return edition if edition is not None and edition.in_force and edition.notice else None


def accepted_at(edition: CodeEdition, viewer: Viewer) -> datetime | None:
    """When the viewer accepted the edition's notice; None if they have not."""
    if viewer.person_id is None:
        return None
    found = db.session.get(CodeLicenceAcceptance, (edition.id, viewer.person_id))
    return found.at if found else None


def accept(edition: CodeEdition, viewer: Viewer) -> None:
    """Store that the viewer accepts the notice; the first time is kept. The caller commits."""
    if viewer.person_id is None or accepted_at(edition, viewer) is not None:
        return
    try:
        with db.session.begin_nested():
            db.session.add(CodeLicenceAcceptance(edition_id=edition.id, person_id=viewer.person_id))
    except IntegrityError:
        # Pressed twice at once: the other one is stored.
        return
    _log.info("person %s accepted the notice of edition %s", viewer.person_id, edition.id)


def groups_to_grant() -> list[str]:
    """ "members", and the groups that loaded editions of any kind name, in order."""
    named = db.session.scalars(
        select(CodeEdition.visible_to).where(CodeEdition.in_force.is_(True)).distinct()
    )
    return [MEMBERS, *sorted(set(named) - {MEMBERS, EVERYONE})]


def memberships_of(person_id: int) -> list[CodeMembership]:
    """The groups that a person is in, with who granted them and when."""
    return list(
        db.session.scalars(
            select(CodeMembership)
            .where(CodeMembership.person_id == person_id)
            .order_by(CodeMembership.group_name)
        )
    )


def set_groups(person_id: int, wanted: set[str], granted_by: int) -> tuple[list[str], list[str]]:
    """Put a person into exactly the `wanted` groups; returns which were granted and which taken away.

    Groups that no loaded edition names any more are kept as they are. The caller commits. Raises `UnknownGroup`.
    """
    offered = set(groups_to_grant())
    if wanted - offered:
        raise UnknownGroup(f"there is no group {sorted(wanted - offered)[0]!r}")
    held = {each.group_name: each for each in memberships_of(person_id)}
    granted = sorted(wanted - held.keys())
    taken = sorted(offered & held.keys() - wanted)
    for name in granted:
        db.session.add(CodeMembership(person_id=person_id, group_name=name, granted_by_id=granted_by))
    for name in taken:
        db.session.delete(held[name])
    db.session.flush()
    for verb, names in (("put into", granted), ("taken out of", taken)):
        for name in names:
            _log.info("person %s was %s the group %s by person %s", person_id, verb, name, granted_by)
    return granted, taken


def users_by_month() -> list[Users]:
    """The users of each licensed edition by month, which its owner may ask for."""
    editions = {
        each.id: each for each in db.session.scalars(select(CodeEdition).order_by(CodeEdition.id)).all()
    }
    return [Users(editions[edition_id], month, users) for edition_id, month, users in licence_users()]
