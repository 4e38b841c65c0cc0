"""After any sequence of edits, drains, crashes and rebuilds, and one last drain, the index is what is listed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jobboard import create_app
from jobboard.database import db
from jobboard.search.index import openings_index
from tests import crashes
from tests.engines import EMBEDDED, place
from tests.search.board_steps import WORDS, do, world
from tests.servers.search_plugin import newest_servers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

SEQUENCES = int(os.environ.get("JOBBOARD_TEST_SEQUENCES", "100"))
CHANGES = (
    "new",
    "new",
    "title",
    "text",
    "terms",
    "place",
    "moved_place",
    "fewer_codes",
    "renamed",
    "suspended",
    "author_suspended",
    "closed",
    "opens_later",
    "deleted",
)
change = st.tuples(st.sampled_from(CHANGES), st.integers(0, 5), st.sampled_from(WORDS))
drain_step, rebuild_step = st.sampled_from(crashes.DRAIN), st.sampled_from(crashes.REBUILD)
step = st.one_of(
    st.tuples(st.just("change"), change).map(lambda found: ("change", *found[1])),
    st.tuples(st.just("change"), change).map(lambda found: ("change", *found[1])),
    st.just(("drain",)),
    st.tuples(st.just("crashed drain"), drain_step),
    st.tuples(st.just("drain and change"), drain_step, change),
    st.tuples(st.just("two drains"), drain_step),
    st.one_of(
        st.just(("rebuild",)),
        st.tuples(st.just("crashed rebuild"), st.one_of(rebuild_step, drain_step)),
        st.tuples(st.just("rebuild and change"), st.one_of(rebuild_step, drain_step), change),
        st.tuples(st.just("rebuild and drain"), rebuild_step),
        st.tuples(st.just("time"), st.integers(1, 900)),
    ),
)
START = (("change", "new", 0, "ankle"), ("change", "new", 1, "bladder"), ("change", "new", 2, "cornea"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One server of each family, the newest."""
    if "server" in metafunc.fixturenames:
        metafunc.parametrize("server", newest_servers(metafunc.config))


@pytest.fixture
def board_on(board_settings: Callable[..., Any], tmp_path: Path) -> Iterator[Callable[[str], Flask]]:
    """Makes a board whose index is kept by an engine of that kind."""
    with pytest.MonkeyPatch.context():
        places = []

        def board(kind: str) -> Flask:
            found = place(kind, tmp_path / "search")
            places.append(found)
            return create_app(board_settings(rate_limits=False, **found.__enter__().settings()))

        yield board
        for found in places:
            found.__exit__(None, None, None)


def holds(app: Flask) -> None:
    """Run the property on `app`."""

    @settings(
        max_examples=SEQUENCES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
    )
    @given(st.lists(step, min_size=1, max_size=10))
    def sequence(steps: list[tuple[Any, ...]]) -> None:
        with pytest.MonkeyPatch.context() as patch, world(app, patch) as found:
            for one in (*START, *steps):
                do(found, one)
            found.settled()
            found.check()

    with app.app_context():
        try:
            sequence()
        finally:
            openings_index().rest(now=True)
            db.session.remove()
            db.engine.dispose()


@pytest.mark.only_on("sqlite")
def test_the_embedded_index_equals_what_is_listed(board_on: Callable[[str], Flask]) -> None:
    holds(board_on(EMBEDDED))


@pytest.mark.only_on("postgresql")
def test_the_index_of_a_cluster_equals_what_is_listed(board_on: Callable[[str], Flask], server: str) -> None:
    holds(board_on(server))
