"""Takes a file of openings in, a few lines per unit of work, so that it can be stopped and run again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DataError, IntegrityError

from jobboard import clock
from jobboard.database import db, writing
from jobboard.postings.importing.composing import Composed, compose
from jobboard.postings.importing.given_dates import first_day
from jobboard.postings.importing.lines import Line, lines
from jobboard.postings.importing.matching import Digest, posting_for, says_nothing_new
from jobboard.postings.importing.refusal import Refused
from jobboard.postings.importing.storing import store
from jobboard.postings.rules import NotAllowed
from jobboard.unit_of_work import ChangedByAnother, commit, rollback
from jobboard.vocabulary import vocabularies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from jobboard.postings.importing.opening import Opening, Reader

AT_ONCE: Final = 25
_TRIES: Final = 3
_USUAL_ZONE: Final = "America/New_York"


@dataclass
class Counts:
    """How many lines were read and what became of them."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0


@dataclass(frozen=True)
class _Prepared:
    line: Line
    opening: Opening
    composed: Composed
    digest: Digest


@dataclass
class Import:
    """One run over a file. `tell` hears the number and the reason of every refused line, `progress` the bytes read."""

    file: Path
    reader: Reader
    publish: bool = False
    shift_dates: bool = False
    tell: Callable[[int, str], None] = lambda _number, _reason: None
    progress: Callable[[int], None] = lambda _position: None
    counts: Counts = field(default_factory=Counts)

    def run(self) -> Counts:
        """Take every line in that can be taken; commits as it goes."""
        days = self._days_to_move() if self.shift_dates else None
        waiting = iter(lines(self.file))
        while batch := list(islice(waiting, AT_ONCE)):
            self._take(batch, days)
            self.progress(batch[-1].position)
        return self.counts

    def _take(self, batch: list[Line], days: int | None) -> None:
        self.counts.read += len(batch)
        prepared = list(self._prepared(batch, days))
        if not prepared:
            return
        try:
            outcomes = self._stored(prepared)
        except ChangedByAnother:
            outcomes = Counter()
            for one in prepared:
                outcomes += self._stored_alone(one)
        for name, number in outcomes.items():
            setattr(self.counts, name, getattr(self.counts, name) + number)

    def _prepared(self, batch: list[Line], days: int | None) -> Iterator[_Prepared]:
        # Reading and recognising take the time: they happen before the database is locked for writing.
        found = []
        for line in batch:
            try:
                value = line.value()
                key = self.reader.key(value)
                digest = Digest.of(self.reader, key, value, days)
                posting = posting_for(key, self.reader.name)
                if posting is not None and says_nothing_new(posting, digest, publish=self.publish):
                    self.counts.unchanged += 1
                else:
                    found.append((line, value, digest))
            except Refused as problem:
                self._refuse(line, problem)
        db.session.commit()
        for line, value, digest in found:
            try:
                opening = self.reader.read(value)
                yield _Prepared(line, opening, compose(opening, vocabularies()), digest)
            except Refused as problem:
                self._refuse(line, problem)

    def _stored(self, prepared: list[_Prepared]) -> Counter[str]:
        outcomes: Counter[str] = Counter()
        refused: list[tuple[Line, Exception]] = []
        try:
            with writing():
                for one in prepared:
                    try:
                        with db.session.begin_nested():
                            outcomes[self._store(one)] += 1
                    except (Refused, NotAllowed, DataError, IntegrityError) as reason:
                        refused.append((one.line, reason))
                commit()
        except BaseException:
            rollback()
            raise
        for line, problem in refused:
            self._refuse(line, problem)
        return outcomes

    def _store(self, one: _Prepared) -> str:
        return store(one.opening, one.composed, one.digest, source=self.reader.name, publish=self.publish)

    def _stored_alone(self, one: _Prepared) -> Counter[str]:
        for _ in range(_TRIES):
            try:
                return self._stored([one])
            except ChangedByAnother:
                continue
        self._refuse(one.line, Refused("", "somebody else is changing this posting"))
        return Counter()

    def _refuse(self, line: Line, problem: Exception) -> None:
        self.counts.refused += 1
        words = (
            f"cannot be stored ({problem.orig})"
            if isinstance(problem, (DataError, IntegrityError))
            else str(problem)
        )
        self.tell(line.number, words)

    def _days_to_move(self) -> int:
        newest: date | None = None
        for line in lines(self.file):
            posted = self._posted(line, newest)
            newest = posted if newest is None or (posted is not None and posted > newest) else newest
        return (clock.today(_USUAL_ZONE) - newest).days if newest is not None else 0

    def _posted(self, line: Line, newest: date | None) -> date | None:
        try:
            value = line.value()
            when = self.reader.posted(value)
            posted = first_day(when, _USUAL_ZONE) if when is not None else None
            if posted is not None and (newest is None or posted > newest):
                # Only what can be taken in counts.
                self.reader.read(value)
        except Refused:
            return None
        return posted
