"""The search servers in a test run: which engines the tests use, what the header says, and the servers' end."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.servers.editions import EDITIONS
from tests.servers.search import GIVEN, SearchServer, available_servers, running, session, startable, stop_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

EMBEDDED = "embedded"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engines",
        metavar="NAMES",
        help=f"search engines to test, with commas: {EMBEDDED}, {', '.join(EDITIONS)}; default: all there are",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Find out now what would fail later. Errors: UsageError."""
    try:
        available = available_servers()
    except (OSError, ValueError) as wrong:
        raise pytest.UsageError(f"{GIVEN}: {wrong}") from None
    if not available and os.environ.get("CI"):
        raise pytest.UsageError(f"the tests need a search server: {what_is_missing()}")
    chosen_engines(config)


def pytest_report_header() -> str:
    """One line: who answered, or which servers will be started on which Java, and what is missing."""
    if given := session.given():
        return f"search servers: {', '.join(f'{server.name} at {server.url}' for server in given.values())}"
    ours = [f"{name} (Java {jdk.major})" for name, (_, jdk) in startable().items()]
    return "; ".join(["search servers: " + (", ".join(ours) or "none"), *filter(None, [what_is_missing()])])


def pytest_unconfigure() -> None:
    stop_all()


def what_is_missing() -> str:
    """Which servers no JDK of this machine runs, and what they need; "" where all can be started."""
    needs = sorted({edition.oldest_java for name, edition in EDITIONS.items() if name not in startable()})
    return "; ".join(
        f"{' and '.join(lacking)} need a JDK of Java {java} or later"
        for java in needs
        if (lacking := [n for n, e in EDITIONS.items() if e.oldest_java == java and n not in startable()])
    )


def chosen_engines(config: pytest.Config) -> list[str]:
    """The engines named by `--engines`, or "embedded" and every available server.

    Errors: UsageError for a name that is not among these.
    """
    every = [EMBEDDED, *available_servers()]
    option = config.getoption("--engines")
    if option is None:
        return every
    chosen = [name.strip() for name in option.split(",") if name.strip()]
    if unknown := [name for name in chosen if name not in every]:
        raise pytest.UsageError(
            f"--engines: {', '.join(unknown)} cannot be used here; there are {', '.join(every)}"
        )
    return chosen


def newest_of_each_family(engines: Iterable[str]) -> list[str]:
    """Of these engines the embedded one, and the newest server of each family."""
    newest: dict[str, tuple[list[int], str]] = {}
    for name in engines:
        family, _, version = name.partition("-")
        numbers = [int(part) for part in version.split(".") if part]
        newest[family] = max(newest.get(family, ([], "")), (numbers, name))
    return [name for _, name in newest.values()]


def newest_servers(config: pytest.Config) -> list[str]:
    """Of the chosen servers the newest of each family."""
    return [name for name in newest_of_each_family(chosen_engines(config)) if name != EMBEDDED]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test of `search_engine` runs on the embedded engine and on the newest server of each family."""
    if "search_engine" in metafunc.fixturenames:
        only = metafunc.definition.get_closest_marker("only_engines")
        engines = newest_of_each_family(chosen_engines(metafunc.config))
        chosen = [one for one in engines if not only or one.partition("-")[0] in only.args]
        metafunc.parametrize("search_engine", chosen)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A board with a search cluster stands on PostgreSQL: leave out the cluster beside SQLite."""

    def is_left_out(item: pytest.Item) -> bool:
        given = item.callspec.params if hasattr(item, "callspec") else {}
        return given.get("databases") == "sqlite" and given.get("search_engine", EMBEDDED) != EMBEDDED

    others = [item for item in items if is_left_out(item)]
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if not is_left_out(item)]


@pytest.fixture(scope="session")
def search_servers() -> Callable[[str], SearchServer]:
    """`running`: the shared server of a name, started when it is first asked for."""
    return running
