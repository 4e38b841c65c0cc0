"""The hourly equivalent: what is compared, by which hours, and what is said where nothing can be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from jobboard.postings import pay
from jobboard.postings.models import Posting, PostingWorkload

if TYPE_CHECKING:
    from flask import Flask


def paid(basis: str, least: int | None = None, most: int | None = None, **facts: Any) -> Posting:
    charts = facts.pop("charts", ())
    posting = Posting(
        pay_basis=basis, pay_least_cents=least, pay_most_cents=most, **{"pay_currency": "USD", **facts}
    )
    posting.workloads = [
        PostingWorkload(charts_per_hour_least=low, charts_per_hour_most=high) for low, high in charts
    ]
    return posting


@pytest.mark.parametrize(
    ("posting", "expected"),
    [
        (paid("hourly", 2800, 3400), (2800, 3400)),
        (paid("salary", 6_240_000), (3000, None)),
        (paid("salary", None, 6_240_000, hours_per_week_least=30.0), (None, 4000)),
        (paid("month", 520_000), (3000, None)),
        (paid("week", 120_000), (3000, None)),
        (paid("day", 24_000), (3000, None)),
        (paid("chart", 500, charts=[(4.0, 6.0)]), (2000, 3000)),
        (paid("encounter", 400, 500, charts=[(6.0, None)]), (2400, 3000)),
    ],
)
def test_pay_by_the_hour(posting: Posting, expected: tuple[int | None, int | None], app: Flask) -> None:
    found = pay.hourly(posting)
    assert found is not None
    assert (found.least, found.most) == expected
    assert pay.why_not_comparable(posting) == ""


@pytest.mark.parametrize(
    ("posting", "reason"),
    [
        (paid("hourly"), ""),
        (paid("chart", 500), "how many charts an hour"),
        (paid("encounter", 500), "how many encounters an hour"),
        (paid("hourly", 3000, pay_currency="CAD"), "not in US dollars"),
        (paid("", 3000), "what it is paid for"),
    ],
)
def test_what_cannot_be_compared_says_why(posting: Posting, reason: str, app: Flask) -> None:
    assert pay.hourly(posting) is None
    assert reason in pay.why_not_comparable(posting)
    assert bool(pay.why_not_comparable(posting)) == bool(reason)


def test_the_hours_of_a_year_are_a_setting(app: Flask) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], hours_per_year=1950.0)
    found = pay.hourly(paid("salary", 6_240_000))
    assert found is not None
    assert found.least == 3200
    assert "1,950 hours" in found.formula
    stated = pay.hourly(paid("salary", 6_240_000, hours_per_week_least=40.0))
    assert stated is not None
    assert stated.least == 3000


def test_without_an_application_a_year_has_its_usual_hours() -> None:
    found = pay.hourly(paid("salary", 6_240_000))
    assert found is not None
    assert found.least == 3000
