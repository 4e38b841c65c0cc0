"""The index becomes what the database says, whatever happens on the way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from jobboard import crash_points
from jobboard.database import db
from jobboard.search.comparing import verify
from jobboard.search.drain import drain
from jobboard.search.index import openings_index
from jobboard.search.models import IndexChange
from jobboard.search.rebuild import ensure, rebuild
from tests.search.conftest import a_company, a_posting

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from flask import Flask

    from jobboard.search.comparing import Comparison


def test_what_is_saved_is_found_after_a_drain_and_what_is_closed_is_not(
    app: Flask, drained: Callable[[], Comparison]
) -> None:
    company = a_company()
    kept, closed, draft = a_posting(company), a_posting(company), a_posting(company, state="draft")
    assert (drained().database, drained().index) == (2, 2)
    closed.state = "closed"
    draft.state = "open"
    found = drained()
    assert found.agrees
    assert {int(one) for one, _ in openings_index().reader.ids_and_versions()} == {kept.id, draft.id}


def test_a_change_that_comes_while_another_is_written_is_not_forgotten(
    app: Flask, drained: Callable[[], Comparison]
) -> None:
    posting = a_posting(a_company())
    drained()
    posting.title = "First"
    db.session.commit()
    with openings_index().writing() as index:
        write = index.write

        def write_and_change(*args: object) -> object:
            outcome = write(*args)
            if posting.title == "First":
                posting.title = "Second"
                db.session.commit()
            return outcome

        index.write = write_and_change  # type: ignore[method-assign, assignment]
        try:
            drain(index)
        finally:
            del index.write  # type: ignore[method-assign]
    assert verify(openings_index().reader).agrees


def test_a_drain_ends_in_time_although_edits_never_cease(
    app: Flask, drained: Callable[[], Comparison], monkeypatch: pytest.MonkeyPatch
) -> None:
    posting = a_posting(a_company())
    drained()

    def edit(step: str) -> None:
        if step == "drain-written":
            posting.title += " again"
            db.session.commit()

    posting.title = "Changed"
    db.session.commit()
    monkeypatch.setattr(crash_points, "on_step", edit)
    with openings_index().writing() as index:
        assert drain(index, seconds=0).written == 1
    assert verify(openings_index().reader).stale == [posting.id]
    monkeypatch.setattr(crash_points, "on_step", None)
    assert drained().agrees


@pytest.mark.parametrize(
    ("column", "value", "named"), [("slug", "ur\nology", "specialty"), ("start", "E1 1", "code")]
)
def test_a_document_that_cannot_be_written_is_shown_and_the_others_go_on(
    column: str, value: str, named: str, app: Flask, drained: Callable[[], Comparison]
) -> None:
    company = a_company()
    good = a_posting(company)
    bad = a_posting(company, text="Codes E11.9.", terms={"specialty": ["urology"]})
    child = bad.terms[0] if column == "slug" else bad.codes[0]
    well = getattr(child, column)
    setattr(child, column, value)
    found = drained()
    assert (found.index, found.missing) == (1, [bad.id])
    waiting = db.session.scalars(select(IndexChange)).one()
    assert (waiting.id, waiting.attempts) == (bad.id, 1)
    assert named in waiting.last_error
    setattr(child, column, well)
    assert drained().agrees
    assert good.id


def test_a_rebuild_finds_again_what_the_index_lost(app: Flask, drained: Callable[[], Comparison]) -> None:
    company = a_company()
    postings = [a_posting(company, title=f"Coder {number}") for number in range(12)]
    drained()
    with openings_index().writing() as index:
        index.swap(index.begin_rebuild())
        assert verify(index).missing == [one.id for one in postings]
        told: list[tuple[int, int]] = []
        assert rebuild(index, lambda done, total: told.append((done, total))).documents == 12
        assert told == [(12, 12)]
        assert ensure(index) is None
    assert verify(openings_index().reader).agrees


def test_verify_says_what_differs_and_exits_with_one(app: Flask, drained: Callable[[], Comparison]) -> None:
    posting = a_posting(a_company())
    drained()
    runner = app.test_cli_runner()
    good = runner.invoke(args=["index", "verify"])
    assert good.exit_code == 0
    assert json.loads(good.output.splitlines()[-1]) == {
        "database": 1,
        "index": 1,
        "missing": 0,
        "extra": 0,
        "stale": 0,
    }
    posting.title = "Changed, not yet carried"
    db.session.commit()
    bad = runner.invoke(args=["index", "verify"])
    assert bad.exit_code == 1
    assert json.loads(bad.output.splitlines()[-1])["stale"] == 1


def test_drain_makes_a_missing_index(app: Flask) -> None:
    a_posting(a_company())
    db.session.commit()
    runner = app.test_cli_runner()
    assert runner.invoke(args=["index", "status"]).exit_code == 1
    unbuilt = runner.invoke(args=["index", "verify"])
    assert unbuilt.exit_code == 1
    assert json.loads(unbuilt.output.splitlines()[-1])["missing"] == 1
    made = runner.invoke(args=["index", "drain"])
    assert made.exit_code == 0, made.output
    assert json.loads(made.output.splitlines()[-1])["documents"] == 1
    status = runner.invoke(args=["index", "status"])
    assert (status.exit_code, json.loads(status.output)["documents"]) == (0, 1)
