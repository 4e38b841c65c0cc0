"""Measures that are read when they are asked for: whether the parts answer, and what waits in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from jobboard.service.readiness import READY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prometheus_client.metrics_core import Metric

    from jobboard.service.readiness import Readiness


class BacklogCollector(Collector):
    """Gauges from one look at the parts; those of the database are left out while it does not answer."""

    def __init__(self, found: Readiness) -> None:
        self._found = found

    def describe(self) -> list[Metric]:
        """Nothing: what is there depends on the look."""
        return []

    def collect(self) -> Iterable[Metric]:
        """One gauge after another."""
        up = GaugeMetricFamily(
            "jobboard_part_up", "Whether a part answers and is fit for use.", labels=("part",)
        )
        up.add_metric(("database",), float(self._found.database == READY))
        up.add_metric(("search",), float(self._found.search == READY))
        yield up
        if self._found.backlog is None:
            return
        outbox, letters = self._found.backlog.outbox, self._found.backlog.letters
        for name, said, value in (
            ("outbox_changes", "Changes due to be carried into the index.", outbox.queued),
            ("outbox_oldest_seconds", "Age of the oldest of them.", outbox.oldest_seconds),
            ("outbox_refused", "Changes that the index refused and that wait.", outbox.refused),
            ("letters_due", "Letters due to be sent.", letters.due),
            (
                "letters_oldest_seconds",
                "For how long the oldest of them has been due.",
                letters.oldest_seconds,
            ),
            ("letters_put_off", "Letters that were tried and wait for another try.", letters.put_off),
            ("letters_given_up", "Letters that failed for good, of all times.", letters.failed),
        ):
            yield GaugeMetricFamily(f"jobboard_{name}", said, value=value)
