"""What the run of generated addresses makes of its shares."""

from __future__ import annotations

import pytest
from flask import Flask, abort

from tests.fuzz.asking import Told, asked, asked_again
from tests.fuzz.sharing import slice_of, slices

LIMIT = 3.0


class _Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> _Clock:
    """A clock that the site below moves."""
    return _Clock()


@pytest.fixture
def site(clock: _Clock) -> Flask:
    """Pages that take their time, and one that fails."""
    app, visits = Flask("site"), list[str]()

    @app.get("/<name>")
    def page(name: str) -> str:
        if name == "wrong":
            abort(500)
        first = name not in visits
        visits.append(name)
        clock.now += 5 if name == "slow" or (name == "slow-once" and first) else 0.5
        return name

    return app


def test_slices_are_summed(site: Flask, clock: _Clock) -> None:
    client = site.test_client()
    told = sum(
        (asked(client, one, LIMIT, clock) for one in (["/a", "/wrong"], ["/b", "/slow", "/none/at/all"])),
        Told(),
    )
    assert told.figures() == {
        "addresses": 5, "answers": {200: 3, 404: 1, 500: 1}, "failed": 1, "too_slow": 1, "slow_once": 0,
        "slowest_seconds": 0.5,
    }  # fmt: skip
    assert told.failed == ["/wrong"]
    assert told.slow == {"/slow": 5.0}


@pytest.mark.parametrize(
    ("path", "code", "once", "slowest"),
    [("/fine", 0, 0, 0.5), ("/wrong", 1, 0, 0.0), ("/slow", 1, 0, 5.0), ("/slow-once", 0, 1, 0.5)],
)
def test_only_what_fails_or_is_slow_again_counts(
    site: Flask, clock: _Clock, path: str, code: int, once: int, slowest: float
) -> None:
    client = site.test_client()
    told = asked_again(asked(client, [path], LIMIT, clock), client, LIMIT, clock)
    assert (told.exit_code, told.slow_once, told.slowest) == (code, once, slowest)
    assert told.answers.total() == 1


def test_slices_hold_as_many_addresses_as_were_asked_for_and_always_the_same() -> None:
    assert slices(1_200) == [(0, 500), (1, 500), (2, 200)]
    asked_for = [list(slice_of(5, *one)) for one in slices(1_200)]
    assert [len(one) for one in asked_for] == [500, 500, 200]
    assert asked_for == [list(slice_of(5, *one)) for one in slices(1_200)]
    assert asked_for[0][:200] != asked_for[2] != list(slice_of(6, 2, 200))
