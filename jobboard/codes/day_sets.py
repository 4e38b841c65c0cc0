"""Everything that is loaded, for one day and one reader: one statement instead of one for each set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from jobboard import clock
from jobboard.codes.datasets import CODES
from jobboard.codes.edition_choice import LISTED_BY
from jobboard.codes.models import CodeEdition
from jobboard.codes.rules import ANYBODY, Viewer, may_see
from jobboard.database import db


@dataclass(frozen=True, slots=True)
class DaySets:
    """The whole editions and sets that a reader may see, by system and kind, the oldest first; and the day."""

    day: date
    loaded: dict[tuple[str, str], tuple[CodeEdition, ...]]

    def of(self, system: str, kind: str = CODES) -> CodeEdition | None:
        """The one that counts on the day, before the first one that; None where none is loaded.

        The same choice as `edition_choice.edition_or_first`.
        """
        begun = self.begun(system, kind)
        return begun[0] if begun else next(iter(self._all(system, kind)), None)

    def begun(self, system: str, kind: str = CODES) -> list[CodeEdition]:
        """Those that have begun by the day, the newest first."""
        begun = [
            each
            for each in self._all(system, kind)
            if each.effective_from is None or each.effective_from <= self.day
        ]
        return begun[::-1]

    def ids(self, wanted: Iterable[tuple[str, str]]) -> list[int]:
        """The ids of those of `wanted`, pairs of system and kind, that are loaded."""
        chosen = (self.of(system, kind) for system, kind in wanted)
        return [each.id for each in chosen if each is not None]

    def _all(self, system: str, kind: str) -> tuple[CodeEdition, ...]:
        return self.loaded.get((LISTED_BY.get(system, system), kind), ())


def sets_on(day: date, viewer: Viewer = ANYBODY) -> DaySets:
    """What is loaded and may be seen by `viewer`, to be chosen from by `day`; one statement."""
    today = clock.today()
    loaded: dict[tuple[str, str], list[CodeEdition]] = {}
    for each in db.session.scalars(select(CodeEdition).where(CodeEdition.in_force.is_(True))):
        if may_see(each, viewer, today):
            loaded.setdefault((each.system, each.kind), []).append(each)
    return DaySets(
        day,
        {
            named: tuple(sorted(editions, key=lambda each: (each.effective_from or date.min, each.id)))
            for named, editions in loaded.items()
        },
    )
