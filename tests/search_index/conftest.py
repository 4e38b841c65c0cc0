"""The engines that the conformance suite asks, each over a folder or server of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search_index import Engine, Index, Query, connect
from tests.search_index.corpus import CORPUS, NOW, SCHEMA


def engine_at(kind: str, folder: Path) -> Engine:
    """An empty engine of one kind, whose clock stands at NOW."""
    assert kind == "embedded"
    return connect(f"embedded:{folder}", clock=lambda: NOW)


@pytest.fixture(scope="session", params=["embedded"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def index(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The corpus, loaded by a rebuild in two commits and opened for reading."""
    engine = engine_at(kind, tmp_path_factory.mktemp("corpus"))
    with engine.open(SCHEMA, write=True) as writer:
        build = writer.begin_rebuild()
        build.write(CORPUS[:20])
        build.commit()
        build.write(CORPUS[20:])
        writer.swap(build)
        yield engine.open(SCHEMA)


@pytest.fixture
def engine(kind: str, tmp_path: Path) -> Engine:
    """An engine that nothing has been written to."""
    return engine_at(kind, tmp_path / "indexes")


@pytest.fixture
def writer(engine: Engine) -> Iterator[Index]:
    """The writer of an index that exists and is empty."""
    with engine.open(SCHEMA, write=True) as writer:
        writer.swap(writer.begin_rebuild())
        yield writer


def found(index: Index, query: Query) -> list[int]:
    """The ids that `query` finds, in order."""
    return [int(identity) for identity in index.search(query).ids]
