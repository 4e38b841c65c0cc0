"""A rebuild while people edit and search: nobody sees half an index, and no edit is lost or waits for the end."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from jobboard import crash_points
from jobboard.database import db
from jobboard.postings.models import Posting
from jobboard.search import rebuild as rebuilding
from jobboard.search.index import openings_index
from search_index import Query
from tests.search.conftest import a_company, a_posting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.search.stands import Stand

POSTINGS, PAGE = 200, 25


@contextmanager
def beside(stand: Stand, look: Callable[[], None]) -> Iterator[None]:
    """Within the block, `look` again and again in a thread of its own."""
    stop, problems = threading.Event(), list[BaseException]()

    def go_on() -> None:
        with stand.app.app_context():
            while not stop.is_set():
                try:
                    look()
                except BaseException as problem:
                    problems.append(problem)
                    return
                finally:
                    db.session.remove()

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(30)
    assert problems == []


def test_while_an_index_is_built_anew_edits_are_found_and_searchers_see_all_of_it(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = a_company()
    ids = [a_posting(company, title=f"Coder {number}").id for number in range(POSTINGS)]
    stand.carry()
    monkeypatch.setattr(rebuilding, "PAGE", PAGE)
    monkeypatch.setattr(rebuilding, "DRAIN_SECONDS", 0.0)
    totals, pages, visible = set[int](), list[str](), list[bool]()

    def count() -> None:
        totals.add(openings_index().search(Query()).total)

    def edit_behind_and_ahead(name: str) -> None:
        """Between two pages, one posting that was read and one that is yet to be, by another process's session."""
        if name != "rebuild-page":
            return
        pages.append(name)
        word = "zebra" + "abcdefghijklmnop"[len(pages)]
        editor = threading.Thread(target=edit, args=(word, ids[len(pages)], ids[-len(pages)]))
        editor.start()
        editor.join(30)
        if len(pages) > 1:
            before = "zebra" + "abcdefghijklmnop"[len(pages) - 1]
            visible.append(openings_index().search(Query(before)).total == 2)

    def edit(word: str, *postings: int) -> None:
        with stand.app.app_context():
            for posting in postings:
                db.session.get_one(Posting, posting).title = f"Coder {word}"
            db.session.commit()

    monkeypatch.setattr(crash_points, "on_step", edit_behind_and_ahead)
    with beside(stand, count):
        done = stand.run("index", "rebuild")
    assert done.exit_code == 0, done.output
    assert len(pages) == POSTINGS // PAGE
    assert totals == {POSTINGS}
    assert visible == [True] * (len(pages) - 1), "each edit was found before the next page was read"
    assert stand.queued() == 0
    assert stand.compared().agrees
    assert stand.indexes() == 1


def test_of_two_rebuilds_at_once_one_wins_and_the_other_says_who_and_since_when(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    posting = a_posting(a_company())
    stand.carry()
    told: list[tuple[int, str]] = []

    def begin_another(name: str) -> None:
        if name == "rebuild-page":
            with stand.begun("index", "rebuild") as other:
                said = other.communicate(timeout=60)[1]
            told.append((other.returncode, said))

    monkeypatch.setattr(crash_points, "on_step", begin_another)
    won = stand.run("index", "rebuild")
    assert won.exit_code == 0, won.output
    ((code, said),) = told
    assert code == 1
    assert "the index is being built anew already by process " in said
    assert ", since " in said
    assert stand.found() == {posting.id}
    assert stand.indexes() == 1


def test_another_half_life_is_another_schema_and_the_old_board_finds_things_until_the_swap(
    stand: Stand,
) -> None:
    posting = a_posting(a_company())
    stand.carry()
    new = {"JOBBOARD_RELEVANCE_HALF_LIFE_DAYS": "7"}

    def asked(*words: str, **settings: str) -> tuple[int, str]:
        with stand.begun("index", *words, **settings) as other:
            said = other.communicate(timeout=60)
        return other.returncode, said[0] + said[1]

    assert '"state": "stale"' in asked("status", **new)[1]
    assert {int(one) for one in openings_index().search(Query()).ids} == {posting.id}
    code, said = asked("rebuild", **new)
    assert code == 0, said
    status = stand.run("index", "status")
    assert (status.exit_code, '"state": "stale"' in status.output) == (1, True)
    code, said = asked("verify", **new)
    assert code == 0, said
    assert stand.indexes() == 1
