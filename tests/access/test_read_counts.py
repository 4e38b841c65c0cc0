"""Reading is limited without a write, by each process for itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from jobboard import clock, create_app
from jobboard.access import read_counts
from jobboard.access.models import RateCount
from jobboard.access.read_counts import ReadCounts
from jobboard.database import db
from jobboard.settings import Settings
from tests.conftest import browser

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_window_takes_so_many_of_each_and_the_next_begins_anew() -> None:
    counts = ReadCounts()
    assert [counts.allow("read", "1.2.3.4", 2, 60, 120) for _ in range(3)] == [True, True, False]
    assert counts.allow("read", "1.2.3.5", 2, 60, 121)
    assert counts.allow("other", "1.2.3.4", 2, 60, 121)
    assert counts.allow("read", "1.2.3.4", 2, 3600, 121)
    assert not counts.allow("read", "1.2.3.4", 2, 60, 179)
    assert counts.allow("read", "1.2.3.4", 2, 60, 180)


def test_many_strangers_do_not_fill_the_memory(monkeypatch) -> None:
    monkeypatch.setattr(read_counts, "MOST_SUBJECTS", 10)
    counts = ReadCounts()
    for number in range(1000):
        counts.allow("read", str(number), 2, 60, 120)
    assert len(counts._windows[60][1]) <= 11


def test_who_reads_too_often_waits_and_nothing_is_written(board_settings: Callable[..., Settings]) -> None:
    app = create_app(board_settings(base_url="http://localhost"))
    app.testing = True
    with app.app_context(), clock.stopped_at(NOON):
        client = browser(app)
        codes = [client.get("/jobs/suggest?q=co").status_code for _ in range(301)]
        assert codes == [200] * 300 + [429]
        assert client.get("/api/v1/codes?q=E11").status_code == 200
        assert db.session.query(RateCount).count() == 0
        db.session.remove()
        db.engine.dispose()
