"""Who may see what of the code reference; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from jobboard.codes.models import CodeEdition

EVERYONE: Final = "everyone"
MEMBERS: Final = "members"

GUEST: Final = "guest"
ACCOUNT: Final = "account"
MEMBER: Final = "member"

AUDIENCES: Final = (EVERYONE, ACCOUNT, MEMBERS)
"""Who may read a section of an article: all, whoever has an account, or members."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who reads the code reference.

    `groups` are those into which a moderator put the person ("members" and such as licensed editions name), `accepted`
    the ids of the licensed editions whose notice they accepted. A person without an account has no id.
    """

    person_id: int | None = None
    groups: frozenset[str] = frozenset()
    accepted: frozenset[int] = frozenset()

    @property
    def tier(self) -> str:
        """ "guest", "account" or "member"."""
        if self.person_id is None:
            return GUEST
        return MEMBER if MEMBERS in self.groups else ACCOUNT


ANYBODY: Final = Viewer()
"""Whoever comes along: what may be shown to them may be shown to all, in mail, in markup and to robots."""


def may_see(edition: CodeEdition, viewer: Viewer, today: date) -> bool:
    """Whether `viewer` may read the official text of `edition`: the one predicate for every way in which it shows.

    The edition has not ended, it is for everyone or for a group of theirs, and its notice, where it has one, was
    accepted: that takes an account, for it is logged by person.
    """
    return is_open_to(edition, viewer, today) and (not edition.notice or edition.id in viewer.accepted)


def awaits_acceptance(edition: CodeEdition, viewer: Viewer, today: date) -> bool:
    """Whether nothing but its notice stands between `viewer` and the text of `edition`."""
    return (
        is_open_to(edition, viewer, today)
        and bool(edition.notice)
        and viewer.person_id is not None
        and edition.id not in viewer.accepted
    )


def is_licensed(edition: CodeEdition) -> bool:
    """Whether anything at all limits who may see `edition`."""
    return edition.visible_to != EVERYONE or bool(edition.notice) or edition.ends_on is not None


def may_read(audience: str, viewer: Viewer) -> bool:
    """Whether `viewer` may read a section of an article that is for `audience`: "everyone", "account" or "members".

    An audience that is not known is for nobody.
    """
    if audience == EVERYONE:
        return True
    if audience == ACCOUNT:
        return viewer.person_id is not None
    return audience == MEMBERS and MEMBERS in viewer.groups


def is_open_to(edition: CodeEdition, viewer: Viewer, today: date) -> bool:
    """Whether `edition` is for `viewer`, apart from its notice: it has not ended and is for everyone or their group."""
    if edition.ends_on is not None and edition.ends_on < today:
        return False
    return edition.visible_to == EVERYONE or edition.visible_to in viewer.groups
