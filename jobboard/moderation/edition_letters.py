"""The moderators' letter: an edition of codes ends and no later one is loaded. Once for each edition."""

from __future__ import annotations

from sqlalchemy import select

from jobboard import unit_of_work
from jobboard.accounts import letters
from jobboard.accounts.models import Person
from jobboard.accounts.queries import moderators
from jobboard.codes.endings import Ending, endings
from jobboard.codes.loading_help import commands_for
from jobboard.codes.systems import code_systems
from jobboard.database import db, writing
from jobboard.mail.models import Letter

_KIND = "edition_ends"


def tell_of_endings() -> int:
    """Write to each moderator of each edition that ends; returns how many letters are new. A chore: commits."""
    written = 0
    # What is read decides what is written: a transaction that began by reading could not wait for another writer.
    with writing():
        found = endings()
        for moderator in moderators() if found else ():
            keys = {f"{_KIND}:{each.edition.id}:{moderator.id}": each for each in found}
            known = set(db.session.scalars(select(Letter.once_key).where(Letter.once_key.in_(keys))))
            for key, ending in keys.items():
                if key not in known:
                    written += _write(moderator, ending, key) is not None
        unit_of_work.commit()
    return written


def _write(moderator: Person, ending: Ending, key: str) -> Letter | None:
    label = code_systems().label(ending.edition.system)
    return letters.write_to(
        moderator,
        _KIND,
        subject=f"{label} {ending.edition.label} {'has ended' if ending.has_passed else 'ends soon'}",
        template="moderation/edition_ends",
        context={"ending": ending, "label": label, "commands": commands_for(ending.edition.system)},
        once_key=key,
    )
