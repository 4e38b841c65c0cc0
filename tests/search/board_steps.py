"""What can happen to a board with an index, one step at a time, and what the index has to say afterwards."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, select

from jobboard import clock, crash_points
from jobboard.accounts.models import Person
from jobboard.database import db
from jobboard.employers.models import Company
from jobboard.postings.chores import close_what_is_due
from jobboard.postings.models import Posting, PostingPlace, PostingTerm
from jobboard.postings.queries import listed
from jobboard.search import claims, rebuild
from jobboard.search.comparing import verify
from jobboard.search.drain import drain
from jobboard.search.index import openings_index
from jobboard.search.leases import RebuildRunning
from jobboard.search.models import IndexChange, IndexRebuild
from search_index import Facet, Interval, Query
from tests.search.conftest import a_company, a_posting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

WORDS = ("ankle", "bladder", "cornea", "dermis", "elbow")
SPECIALTIES = ("cardiology", "urology", "emergency")
STATES = ("TX", "OH", "ME")
CODES = ("E11.9", "I21.09", "J44.1")


class Crash(BaseException):
    """The process dies here."""


@dataclass
class World:
    """A board whose postings, companies and author the steps change; `pick` wraps around, so every number fits."""

    app: Flask
    patch: pytest.MonkeyPatch
    companies: list[int] = field(default_factory=list)
    author: int = 0
    stack: ExitStack = field(default_factory=ExitStack)

    def begin(self) -> None:
        """Two companies, an author and no postings."""
        self.companies = [a_company(f"{name} Hospital").id for name in ("Mercy", "Grace")]
        person = Person(email="a@example.org", email_key="a@example.org", name="A", password_hash="!")
        db.session.add(person)
        db.session.commit()
        self.author = person.id

    def end(self) -> None:
        """Take everything away again, with the watcher looking on."""
        self.stack.close()
        crash_points.on_step = None
        db.session.rollback()
        # A lease that was taken in a future that is over now would never run out.
        db.session.execute(delete(IndexRebuild))
        for model in (Posting, Company, Person):
            for thing in db.session.scalars(select(model)):
                db.session.delete(thing)
        db.session.commit()

    # Steps that change the board

    def pick(self, number: int) -> Posting | None:
        ids = db.session.scalars(select(Posting.id).order_by(Posting.id)).all()
        return db.session.get(Posting, ids[number % len(ids)]) if ids else None

    def new(self, number: int, word: str) -> None:
        company = db.session.get(Company, self.companies[number % 2])
        assert company is not None
        a_posting(
            company, f"Coder {word}", f"Codes {CODES[number % 3]}.", created_by_id=self.author,
            terms={"specialty": [SPECIALTIES[number % 3]]}, places=[("Town", STATES[number % 3])],
        )  # fmt: skip

    def title(self, number: int, word: str) -> None:
        if posting := self.pick(number):
            posting.title = f"Coder {word}"

    def text(self, number: int, word: str) -> None:
        if posting := self.pick(number):
            posting.description = f"Codes the {word}."

    def terms(self, number: int, _word: str) -> None:
        if posting := self.pick(number):
            posting.terms = [PostingTerm(facet="specialty", slug=SPECIALTIES[number % 3])]

    def place(self, number: int, _word: str) -> None:
        if posting := self.pick(number):
            if posting.places and number % 2:
                posting.places[0].state = STATES[number % 3]
            else:
                posting.places.append(PostingPlace(city="Town", state=STATES[number % 3]))

    def moved_place(self, number: int, _word: str) -> None:
        one, other = self.pick(number), self.pick(number + 1)
        if one and other and one is not other and one.places:
            other.places.append(one.places.pop())

    def fewer_codes(self, number: int, _word: str) -> None:
        if (posting := self.pick(number)) and posting.codes:
            posting.codes.pop()

    def renamed(self, number: int, word: str) -> None:
        company = db.session.get(Company, self.companies[number % 2])
        assert company is not None
        company.name = f"{word.title()} Hospital"

    def suspended(self, number: int, _word: str) -> None:
        company = db.session.get(Company, self.companies[number % 2])
        assert company is not None
        company.suspended_at = None if company.suspended_at else clock.now()

    def author_suspended(self, _number: int, _word: str) -> None:
        person = db.session.get(Person, self.author)
        assert person is not None
        person.suspended_at = None if person.suspended_at else clock.now()

    def closed(self, number: int, _word: str) -> None:
        if posting := self.pick(number):
            posting.state = "open" if posting.state == "closed" else "closed"

    def opens_later(self, number: int, _word: str) -> None:
        if posting := self.pick(number):
            posting.opens_at = clock.now() + timedelta(hours=number)

    def deleted(self, number: int, _word: str) -> None:
        if posting := self.pick(number):
            db.session.delete(posting)

    def change(self, name: str, number: int, word: str) -> None:
        """One of the steps above, committed."""
        db.session.rollback()
        getattr(self, name)(number, word)
        db.session.commit()

    def time_passes(self, hours: int) -> None:
        self.stack.enter_context(clock.moved_by(timedelta(hours=hours)))

    # Steps that carry

    def drain(self) -> None:
        with openings_index().writing() as index:
            try:
                rebuild.ensure(index)
                drain(index)
            except RebuildRunning:
                # A rebuild that died on another machine still holds its lease.
                return

    def rebuild(self) -> None:
        with openings_index().writing() as index:
            try:
                rebuild.rebuild(index)
            except RebuildRunning:
                return

    def meanwhile(self, work: Callable[[], None], step: str, do: Callable[[], None]) -> None:
        """`work`, and `do` once as soon as it comes to `step`."""

        def once(name: str) -> None:
            if name == step:
                crash_points.on_step = None
                do()

        crash_points.on_step = once
        try:
            work()
        finally:
            crash_points.on_step = None

    def crashing(self, work: Callable[[], None], step: str) -> None:
        """`work` until it comes to `step`, where the process dies: nothing is tidied up, and the writer is gone."""

        def die() -> None:
            raise Crash

        with self.patch.context() as dead:
            dead.setattr(claims.Claim, "give_back", lambda _claim: None)
            dead.setattr(rebuild.Lease, "release_quietly", lambda _lease: None)
            dead.setattr(type(openings_index().reader), "abandon", lambda _index, _build: None)
            try:
                self.meanwhile(work, step, die)
            except Crash:
                db.session.rollback()
                openings_index().rest(now=True)

    def other_worker(self) -> None:
        """Another worker drains with a writer of its own, where the engine allows for that."""
        index = openings_index()
        if not index.engine.single_writer:
            with index.engine.open(index.schema, write=True) as another:
                drain(another)

    # What must hold

    def settled(self) -> None:
        """What the clock does to postings, and one last drain, after dead claims and leases have run out."""
        self.time_passes(1)
        with self.app.test_request_context("/", base_url="http://localhost"):
            close_what_is_due()
        self.drain()

    def check(self) -> None:
        """The index holds what is listed, and finds it as the database says it is."""
        found = verify(openings_index().reader)
        assert found.agrees, found
        waiting = db.session.scalars(select(IndexChange).where(IndexChange.not_before <= clock.now())).all()
        assert not waiting
        there = db.session.scalars(select(Posting).where(listed())).all()
        reader = openings_index().reader
        reader.refresh()
        for word in WORDS:
            expected = {
                str(one.id) for one in there
                if word in f"{one.title} {one.description} {one.company.name}".lower()
            }  # fmt: skip
            assert set(reader.search(Query(word, size=100)).ids) == expected, word
        for code in CODES:
            expected = {str(one.id) for one in there if any(each.start == code for each in one.codes)}
            page = reader.search(Query(intervals=(Interval("icd10cm", code),), size=100))
            assert set(page.ids) == expected, code
        counts = reader.search(
            Query(facets=(Facet("specialty", "specialty"), Facet("state", "state")))
        ).counts
        for name, values in (
            ("specialty", [{term.slug for term in one.terms} for one in there]),
            ("state", [{place.state for place in one.places} or {"not-stated"} for one in there]),
        ):
            wanted = Counter(value for each in values for value in each)
            assert {one.value: one.count for one in counts[name]} == wanted, name
        db.session.rollback()


@contextmanager
def world(app: Flask, patch: pytest.MonkeyPatch) -> Iterator[World]:
    """A world for one sequence, with small batches and pages, so that few postings make several of them."""
    patch.setattr(claims, "BATCH", 2)
    patch.setattr(rebuild, "PAGE", 2)
    patch.setattr(rebuild, "DRAIN_SECONDS", 0.0)
    patch.setattr(rebuild, "refresh_statistics", lambda: 0)
    found = World(app, patch)
    found.begin()
    try:
        yield found
    finally:
        found.end()


def do(found: World, step: tuple[Any, ...]) -> None:
    """Take one generated step."""
    name, *facts = step
    match name:
        case "change":
            found.change(*facts)
        case "time":
            found.time_passes(*facts)
        case "drain":
            found.drain()
        case "rebuild":
            found.rebuild()
        case "crashed drain":
            found.crashing(found.drain, *facts)
        case "crashed rebuild":
            found.crashing(found.rebuild, *facts)
        case "drain and change":
            at, change = facts
            found.meanwhile(found.drain, at, lambda: found.change(*change))
        case "rebuild and change":
            at, change = facts
            found.meanwhile(found.rebuild, at, lambda: found.change(*change))
        case "two drains":
            found.meanwhile(found.drain, facts[0], found.other_worker)
        case "rebuild and drain":
            found.meanwhile(found.rebuild, facts[0], found.other_worker)
        case _:
            raise AssertionError(name)
