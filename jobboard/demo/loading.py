"""Loads the demo once, all of it or nothing, through the actions that people take, each at its own moment.

Every advertisement and application is a few steps on one time line: drafted, submitted, approved, applied to, closed.
The steps run in the order of their moments with the clock set to each, so that dates, events and letters agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from jobboard import clock, unit_of_work
from jobboard.accounts.passwords import hash_of
from jobboard.database import db, writing
from jobboard.demo import cast, life, sent
from jobboard.demo.life import SOURCE
from jobboard.demo.reading import DemoData, read_demo
from jobboard.postings.models import Posting

if TYPE_CHECKING:
    from jobboard.accounts.models import Person
    from jobboard.employers.models import Company

_COMPANIES_ARE_OLDER = timedelta(days=120)


@dataclass(frozen=True)
class Step:
    """Something that somebody does at a moment."""

    at: datetime
    do: Callable[[], None]


@dataclass
class Scene:
    """What has been loaded so far, by the names that the data files use."""

    people: dict[str, Person]
    companies: dict[str, Company] = field(default_factory=dict)
    authors: dict[str, Person] = field(default_factory=dict)
    postings: dict[str, Posting] = field(default_factory=dict)
    open_files: ExitStack = field(default_factory=ExitStack)


def is_loaded() -> bool:
    """Whether the demo is in the database."""
    return db.session.scalar(select(Posting.id).where(Posting.source == SOURCE).limit(1)) is not None


def load(progress: Callable[[int, int], None] = lambda _done, _all: None) -> int:
    """Load the demo unless it is there; returns how many postings are new. Commits once.

    `progress` hears how many of how many steps are done.
    """
    if is_loaded():
        return 0
    data = read_demo()
    # Hashing is slow by design, and is done before anybody's write lock is taken.
    password_hash = hash_of(cast.PASSWORD)
    with writing(), _all_or_nothing() as open_files:
        with clock.stopped_at(clock.now() - _COMPANIES_ARE_OLDER):
            scene = Scene(cast.add_cast(password_hash), open_files=open_files)
            for employer in data.employers:
                company, author = cast.add_company(employer, scene.people)
                scene.companies[employer.key], scene.authors[employer.key] = company, author
        steps = sorted(_steps(data, scene), key=lambda step: step.at)
        for number, step in enumerate(steps, 1):
            with clock.stopped_at(step.at):
                step.do()
            progress(number, len(steps))
        cast.hear_again(scene.people)
        unit_of_work.commit()
    return len(scene.postings)


def counts() -> dict[str, int]:
    """How many postings the demo has in each state, as it is now."""
    asked = select(Posting.state, func.count()).where(Posting.source == SOURCE).group_by(Posting.state)
    return {row[0]: row[1] for row in db.session.execute(asked)}


def _steps(data: DemoData, scene: Scene) -> Iterator[Step]:
    number = 0
    for employer in data.employers:
        for one in employer.advertisements:
            number += 1
            for at, do in life.steps(one, number, scene):
                yield Step(at, do)
    for at, do in sent.steps(data, scene):
        yield Step(at, do)


@contextmanager
def _all_or_nothing() -> Iterator[ExitStack]:
    """Files that were stored for the block go again if it fails, and so does all that it wrote."""
    with ExitStack() as stored:
        try:
            yield stored
        except BaseException:
            unit_of_work.rollback()
            raise
