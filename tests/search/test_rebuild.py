"""A rebuild is one at a time, stays alive while it works, and ends with the index that the database describes."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from jobboard import clock, crash_points
from jobboard.database import db, writing
from jobboard.search import claims
from jobboard.search import rebuild as rebuilding
from jobboard.search.comparing import verify
from jobboard.search.failures import failures
from jobboard.search.index import openings_index
from jobboard.search.leases import Lease, LeaseLost, RebuildRunning, running
from jobboard.search.models import IndexChange, IndexRebuild
from jobboard.search.rebuild import rebuild
from tests.search.conftest import a_company, a_posting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

    from jobboard.postings.models import Posting
    from jobboard.search.comparing import Comparison


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Callable[[], None]], None]:
    """Has something happen whenever a rebuild or a drain passes a place."""
    happenings: dict[str, Callable[[], None]] = {}
    monkeypatch.setattr(crash_points, "on_step", lambda name: happenings.get(name, lambda: None)())
    return happenings.__setitem__


@pytest.fixture
def later() -> Iterator[Callable[[int], None]]:
    """Lets so many seconds pass."""
    with ExitStack() as passed:

        def pass_(seconds: int) -> None:
            passed.enter_context(clock.moved_by(timedelta(seconds=seconds)))

        yield pass_


def rebuilt() -> None:
    with openings_index().writing() as index:
        rebuild(index)


def changed(postings: list[Posting]) -> None:
    db.session.rollback()
    with writing():
        for posting in postings:
            posting.title += " again"
        db.session.commit()


def test_a_rebuild_is_alive_however_much_it_has_to_carry_meanwhile(
    app: Flask,
    drained: Callable[[], Comparison],
    at: Callable[[str, Callable[[], None]], None],
    later: Callable[[int], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    company = a_company()
    postings = [a_posting(company) for _ in range(4)]
    drained()
    monkeypatch.setattr(claims, "BATCH", 1)
    alive: list[bool] = []
    at("rebuild-begun", lambda: changed(postings))
    at("drain-settled", lambda: later(40))
    at("drain-claimed", lambda: alive.append(running() is not None))
    rebuilt()
    assert alive == [True] * 4
    assert verify(openings_index().reader).agrees


def test_the_only_writer_of_an_engine_keeps_its_lease_however_long_it_is_silent(
    app: Flask,
    drained: Callable[[], Comparison],
    at: Callable[[str, Callable[[], None]], None],
    later: Callable[[int], None],
) -> None:
    a_posting(a_company())
    drained()
    at("rebuild-begun", lambda: later(3600))
    rebuilt()
    assert verify(openings_index().reader).agrees


def test_where_there_are_several_writers_a_lease_that_ran_out_is_lost(
    app: Flask, later: Callable[[int], None]
) -> None:
    lease = Lease.take(1, alone=False)
    later(50)
    lease.beat(1)
    later(50)
    lease.beat()
    assert (found := running()) is not None
    assert found.done == 1
    later(61)
    with pytest.raises(LeaseLost):
        lease.beat()


def test_a_second_rebuild_is_told_who_is_at_it_and_since_when(
    app: Flask, later: Callable[[int], None]
) -> None:
    first = Lease.take(10, alone=False)
    with pytest.raises(RebuildRunning, match=r"already by process \d+ on \S+, since \d\d:\d\d:\d\d UTC"):
        Lease.take(10, alone=False)
    first.release()
    second = Lease.take(10, alone=False)
    later(61)
    third = Lease.take(10, alone=False)
    second.release()
    assert db.session.scalars(select(IndexRebuild.token)).all() == [third.token]


def test_a_refused_opening_that_is_mended_during_the_rebuild_is_no_failure(
    app: Flask, drained: Callable[[], Comparison], at: Callable[[str, Callable[[], None]], None]
) -> None:
    bad = a_posting(a_company(), terms={"specialty": ["urology"]})
    drained()
    spoil(bad, "ur\nology")
    forget()
    # The first page finds it spoilt; before the second drain it is well again.
    at("rebuild-page", lambda: spoil(bad, "urology"))
    rebuilt()
    assert failures() == []
    assert verify(openings_index().reader).agrees


def test_a_rebuild_leaves_the_waiting_time_of_a_failure_as_it_is(
    app: Flask, drained: Callable[[], Comparison]
) -> None:
    bad = a_posting(a_company(), terms={"specialty": ["ur\nology"]})
    drained()
    waiting = db.session.scalars(select(IndexChange)).one()
    waiting.attempts, waiting.not_before = 6, clock.now() + timedelta(minutes=32)
    db.session.commit()
    before = failures()
    rebuilt()
    assert failures() == before
    assert [one.id for one in before] == [bad.id]


def test_a_rebuild_that_fails_gives_its_lease_back_and_leaves_the_index_as_it_was(
    app: Flask,
    drained: Callable[[], Comparison],
    at: Callable[[str, Callable[[], None]], None],
) -> None:
    posting = a_posting(a_company())
    drained()

    def break_off() -> None:
        raise rebuilding.RebuildFailed("broken off")

    at("rebuild-compared", break_off)
    with pytest.raises(rebuilding.RebuildFailed):
        rebuilt()
    assert running() is None
    assert [int(one) for one, _ in openings_index().reader.ids_and_versions()] == [posting.id]


def spoil(posting: Posting, slug: str) -> None:
    db.session.rollback()
    with writing():
        posting.terms[0].slug = slug
        db.session.commit()


def forget() -> None:
    """Take every change out of the outbox."""
    for change in db.session.scalars(select(IndexChange)):
        db.session.delete(change)
    db.session.commit()
