"""Where an engine takes several writers, each change is one worker's at a time, and none is lost with its worker."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from jobboard import clock
from jobboard.database import db
from jobboard.postings.models import Posting
from jobboard.search import claims
from jobboard.search.claims import CLAIM, Claim, claim
from jobboard.search.leases import Lease
from jobboard.search.models import IndexChange
from tests.search.conftest import a_company, a_posting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "BATCH", 2)


@pytest.fixture
def ids(app: Flask) -> list[int]:
    """Three openings, whose changes wait."""
    company = a_company()
    found = [a_posting(company).id for _ in range(3)]
    db.session.commit()
    return found


def claimed(lease: str = "") -> Claim:
    found = claim(alone=False, lease=lease)
    assert found is not None
    return found


def carried(what: Claim) -> Claim:
    """As if the index had taken all of it."""
    what.done = dict(what.versions)
    what.settle()
    return what


def edit(posting_id: int) -> int:
    """Change an opening; its new version."""
    db.session.rollback()
    posting = db.session.get_one(Posting, posting_id)
    posting.title += " again"
    db.session.commit()
    return posting.version


def waiting() -> dict[int, int]:
    db.session.rollback()
    return {row.id: row.version for row in db.session.execute(select(IndexChange.id, IndexChange.version))}


def test_two_workers_get_different_changes_and_what_is_carried_is_forgotten(ids: list[int]) -> None:
    one, other = claimed(), claimed()
    assert [*one.versions, *other.versions] == ids
    assert claim(alone=False) is None
    carried(other)
    assert waiting().keys() == one.versions.keys()
    carried(one)
    assert waiting() == {}


def test_an_edit_takes_the_claim_off_and_is_carried_by_whoever_comes_next(ids: list[int]) -> None:
    slow = claimed()
    version = edit(ids[0])
    quick = claimed()
    assert quick.versions[ids[0]] == version
    carried(slow)
    assert waiting().keys() == set(ids) - {ids[1]}
    carried(quick)
    assert waiting() == {}


def test_a_claim_is_settled_only_up_to_what_was_carried(ids: list[int]) -> None:
    mine = claimed()
    mine.done = {one: version - 1 for one, version in mine.versions.items()}
    mine.settle()
    assert waiting().keys() == set(ids)
    assert claimed().versions == mine.versions


def test_the_changes_of_a_worker_that_died_are_anothers_when_its_claim_runs_out(ids: list[int]) -> None:
    dead = claimed()
    carried(claimed())
    with clock.moved_by(CLAIM - timedelta(seconds=5)):
        assert claim(alone=False) is None
    with clock.moved_by(CLAIM + timedelta(seconds=5)):
        heir = claimed()
        assert heir.versions == dead.versions
        # Whoever was only believed dead takes nothing from its heir.
        carried(dead)
        assert waiting() == heir.versions
        carried(heir)
    assert waiting() == {}


def test_what_is_given_back_is_there_for_others_at_once(ids: list[int]) -> None:
    mine = claimed()
    mine.give_back()
    assert claimed().versions == mine.versions


def test_while_another_rebuilds_nobody_gets_changes_or_forgets_those_it_has(ids: list[int]) -> None:
    early = claimed()
    lease = Lease.take(3, alone=False)
    assert claim(alone=False) is None
    carried(early)
    assert waiting().keys() == set(ids)
    first = claimed(lease.token)
    assert first.versions == early.versions
    carried(first)
    carried(claimed(lease.token))
    lease.release()
    assert waiting() == {}


def test_what_was_refused_keeps_its_error_and_rests(ids: list[int]) -> None:
    mine = claimed()
    mine.refused = {ids[0]: (mine.versions[ids[0]], "too long")}
    mine.done = {ids[1]: mine.versions[ids[1]]}
    mine.settle()
    assert list(claimed().versions) == [ids[2]]
    refused = db.session.get_one(IndexChange, ("posting", ids[0]))
    assert (refused.attempts, refused.last_error, refused.claimed_by) == (1, "too long", "")
    edit(ids[0])
    db.session.expire_all()
    refused = db.session.get_one(IndexChange, ("posting", ids[0]))
    assert (refused.attempts, refused.last_error) == (0, "")


@contextmanager
def being_edited(posting_id: int) -> Iterator[None]:
    """Somebody else's edit has queued its change and is not committed yet."""
    with db.engine.connect() as other:
        row = select(IndexChange.id).where(IndexChange.id == posting_id)
        other.execute(row.with_for_update())
        yield
        other.rollback()


@pytest.mark.only_on("postgresql")
def test_neither_a_claim_nor_its_end_waits_for_an_edit(ids: list[int]) -> None:
    with being_edited(ids[0]):
        early = claimed()
        assert list(early.versions) == ids[1:]
        with being_edited(ids[1]):
            carried(early)
    assert waiting().keys() == set(ids[:2])


def test_however_many_workers_there_are_each_change_is_carried_once(app: Flask) -> None:
    company = a_company()
    ids = [a_posting(company).id for _ in range(60)]
    db.session.commit()
    carried_by: list[list[int]] = [[] for _ in range(3)]
    start = threading.Barrier(len(carried_by))

    def work(mine: list[int]) -> None:
        with app.app_context():
            start.wait(20)
            while (found := claim(alone=False)) is not None:
                mine += carried(found).versions
            db.session.remove()

    threads = [threading.Thread(target=work, args=(mine,)) for mine in carried_by]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(one for mine in carried_by for one in mine) == ids
    assert waiting() == {}
