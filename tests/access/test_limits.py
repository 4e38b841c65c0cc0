from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from jobboard import clock
from jobboard.access.limits import allow, forget_old_counts, limited, network_of
from jobboard.access.models import RateCount
from jobboard.database import db

if TYPE_CHECKING:
    from flask import Flask

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_window_takes_so_many_and_the_next_begins_anew(app: Flask) -> None:
    with clock.stopped_at(NOON):
        assert [allow("try", "1.2.3.4", 3, 60) for _ in range(5)] == [True, True, True, False, False]
        assert allow("try", "1.2.3.5", 3, 60)
        assert allow("other", "1.2.3.4", 3, 60)
    with clock.stopped_at(NOON + timedelta(seconds=59)):
        assert not allow("try", "1.2.3.4", 3, 60)
    with clock.stopped_at(NOON + timedelta(seconds=60)):
        assert allow("try", "1.2.3.4", 3, 60)


def test_counts_hold_who_it_was_only_as_a_hash(app: Flask) -> None:
    allow("try", "someone@example.org", 3, 60)
    assert all("someone" not in row.key for row in db.session.query(RateCount))


def test_counts_that_are_over_are_forgotten(app: Flask) -> None:
    with clock.stopped_at(NOON):
        allow("try", "1.2.3.4", 3, 60)
        allow("try", "1.2.3.4", 3, 3600)
    with clock.stopped_at(NOON + timedelta(seconds=61)):
        assert forget_old_counts() == 1


def test_threads_at_one_instant_share_one_count(app: Flask) -> None:
    allowed: list[bool] = []

    def work() -> None:
        with app.app_context():
            allowed.append(allow("try", "1.2.3.4", 10, 86_400))

    threads = [Thread(target=work) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert allowed.count(True) == 10


@pytest.mark.parametrize("rate", ["10", "10/week", "0/minute", "x/minute", "-1/day"])
def test_a_limit_that_is_none_is_refused(rate: str) -> None:
    with pytest.raises(ValueError, match="not a limit"):
        limited("try", rate)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("unix", "unix"),
    ],
)
def test_a_household_of_ipv6_counts_as_one(address: str, network: str) -> None:
    assert network_of(address) == network
