"""A rebuild that is killed at any step: the old index goes on to serve, and the next rebuild leaves no remains."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from jobboard import clock
from jobboard.database import db
from jobboard.search.index import openings_index
from jobboard.search.leases import running
from search_index import Query
from tests.crashes import REBUILD
from tests.search.conftest import a_company, a_posting
from tests.search.stands import MOURNED, close_behind_the_index

if TYPE_CHECKING:
    from tests.search.stands import Stand

SWAPPED = REBUILD[REBUILD.index("rebuild-swapped") :]


@pytest.mark.parametrize("step", REBUILD)
def test_a_rebuild_killed_at_any_step_leaves_an_index_that_serves_and_no_remains(
    step: str, stand: Stand
) -> None:
    company = a_company()
    lost, edited, kept = (a_posting(company, title=f"Coder {number}") for number in range(3))
    stand.carry()
    close_behind_the_index(lost.id)
    edited.title = "Auditor"
    stand.killed_at(step, "index", "rebuild")

    old = {lost.id, edited.id, kept.id}
    served = old - {lost.id} if step in SWAPPED else old
    assert stand.found() == served
    assert {int(one) for one in openings_index().search(Query()).ids} == served

    with clock.moved_by(MOURNED):
        drained = stand.run("index", "drain")
        assert drained.exit_code == 0, drained.output
        assert stand.queued() == 0
        assert stand.found() == served
        assert stand.compared().extra == sorted(served & {lost.id})
        rebuilt = stand.run("index", "rebuild")
        assert rebuilt.exit_code == 0, rebuilt.output
        assert running() is None
    assert json.loads(rebuilt.output.splitlines()[-1]) == {"documents": 2, "refused": 0}
    assert stand.queued() == 0
    assert stand.compared().agrees
    assert stand.indexes() == 1


def test_the_lease_of_a_killed_rebuild_ends_with_its_lock_or_without_a_sign_of_life(stand: Stand) -> None:
    """The embedded engine's lock is free at once; a cluster cannot know before the lease has run out."""
    posting = a_posting(a_company())
    stand.carry()
    posting.title = "Auditor"
    stand.killed_at("rebuild-page", "index", "rebuild")
    there = running()
    assert there is not None
    drained, rebuilt = stand.run("index", "drain"), stand.run("index", "rebuild")
    if stand.single_writer:
        assert (drained.exit_code, rebuilt.exit_code) == (0, 0), drained.output + rebuilt.output
        assert stand.queued() == 0
    else:
        assert rebuilt.exit_code == 1
        assert f"by {there.holder}, since {there.started_at:%H:%M:%S}" in rebuilt.output
        with clock.moved_by(MOURNED):
            assert stand.run("index", "drain").exit_code == 0
    db.session.expire_all()
    assert stand.compared().agrees
