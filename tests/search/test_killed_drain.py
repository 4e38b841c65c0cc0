"""A drain that is killed at any step: what is stored is found all the same, each change once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from jobboard import clock
from jobboard.database import db
from jobboard.search.index import openings_index
from search_index import State
from tests.crashes import DRAIN
from tests.search.conftest import a_company, a_posting
from tests.search.stands import MOURNED

if TYPE_CHECKING:
    from tests.search.stands import Stand


@pytest.mark.parametrize("step", DRAIN)
def test_a_drain_killed_at_any_step_loses_nothing(step: str, stand: Stand) -> None:
    company = a_company()
    edited, closed, deleted, kept = (a_posting(company, title=f"Coder {number}") for number in range(4))
    stand.carry()
    edited.title, closed.state = "Auditor", "closed"
    db.session.delete(deleted)
    added = a_posting(company)
    stand.killed_at(step, "index", "drain")
    assert openings_index().reader.state() is State.READY
    with clock.moved_by(MOURNED):
        again = stand.run("index", "drain")
    assert again.exit_code == 0, again.output
    # Whoever dies after the rows are settled has left nothing to do.
    carried = 0 if step == "drain-settled" else 4
    assert json.loads(again.output) == {"documents": 0, "written": carried, "refused": 0}
    assert stand.queued() == 0
    assert stand.compared().agrees
    assert stand.found() == {edited.id, kept.id, added.id}


@pytest.mark.only_on("postgresql")
def test_what_a_killed_worker_had_claimed_is_carried_by_another_when_the_claim_has_run_out(
    stand: Stand,
) -> None:
    stand.carry()
    posting = a_posting(a_company())
    stand.killed_at("drain-claimed", "index", "drain")
    at_once = stand.run("index", "drain")
    assert at_once.exit_code == 0, at_once.output
    # A single writer that holds the lock knows that nobody else carries anything.
    assert stand.queued() == (0 if stand.single_writer else 1)
    with clock.moved_by(MOURNED):
        assert stand.run("index", "drain").exit_code == 0
    assert stand.found() == {posting.id}
