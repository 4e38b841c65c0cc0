"""The engines that the conformance suite asks, each over a folder or names of its own on a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search_index import Engine, Index, Query, connect
from tests.engines import EMBEDDED, Place, place
from tests.search_index.corpus import CORPUS, NOW, SCHEMA
from tests.servers.search_plugin import chosen_engines


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test of `kind` runs on every engine, one of `cluster` on every server."""
    only = metafunc.definition.get_closest_marker("only_engines")
    engines = [
        one for one in chosen_engines(metafunc.config) if not only or one.partition("-")[0] in only.args
    ]
    if "kind" in metafunc.fixturenames:
        metafunc.parametrize("kind", engines, scope="session")
    if "cluster" in metafunc.fixturenames:
        servers = [name for name in engines if name != EMBEDDED]
        metafunc.parametrize("cluster", servers, indirect=True)


@pytest.fixture(scope="session")
def index(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The corpus, loaded by a rebuild in two commits and opened for reading."""
    with place(kind, tmp_path_factory.mktemp("corpus")) as found:
        engine = connect(found.url, clock=lambda: NOW, access=found.access)
        with engine.open(SCHEMA, write=True) as writer:
            build = writer.begin_rebuild()
            build.write(CORPUS[:20])
            build.commit()
            build.write(CORPUS[20:])
            writer.swap(build)
            yield engine.open(SCHEMA)


@pytest.fixture
def engine_with_clock(kind: str, tmp_path: Path) -> Iterator[Callable[[Callable[[], float]], Engine]]:
    """Makes engines that nothing has been written to, whose clock is the one given."""
    with place(kind, tmp_path / "indexes") as found:
        yield lambda clock: connect(found.url, clock=clock, access=found.access)


@pytest.fixture
def engine(engine_with_clock: Callable[[Callable[[], float]], Engine]) -> Engine:
    """An engine that nothing has been written to, whose clock stands at NOW."""
    return engine_with_clock(lambda: NOW)


@pytest.fixture
def writer(engine: Engine) -> Iterator[Index]:
    """The writer of an index that exists and is empty."""
    with engine.open(SCHEMA, write=True) as writer:
        writer.swap(writer.begin_rebuild())
        yield writer


@pytest.fixture
def cluster(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A place on a real server."""
    with place(request.param, tmp_path) as found:
        yield found


def found(index: Index, query: Query) -> list[int]:
    """The ids that `query` finds, in order."""
    return [int(identity) for identity in index.search(query).ids]
