"""A posting in words: pay and its hourly equivalent, places, states, workload; kept as JSON and shown again."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from sqlalchemy import event

from jobboard.database import db
from jobboard.postings import labels, pay
from jobboard.postings.models import Posting, PostingPlace, PostingWorkload
from jobboard.postings.presentation import card, details, from_snapshot, snapshot
from jobboard.postings.queries import cards, newest


def offer(basis, least, most, hours=(None, None), rates=(), currency="USD"):
    return Posting(
        pay_basis=basis,
        pay_least_cents=least,
        pay_most_cents=most,
        pay_currency=currency,
        hours_per_week_least=hours[0],
        hours_per_week_most=hours[1],
        workloads=[
            PostingWorkload(charts_per_hour_least=low, charts_per_hour_most=high) for low, high in rates
        ],
    )


@pytest.mark.parametrize(
    ("posting", "line", "hourly", "formula"),
    [
        (offer("hourly", 2800, 3400), "$28–$34 an hour", (2800, 3400), ""),
        (offer("hourly", 2850, 2850), "$28.50 an hour", (2850, 2850), ""),
        (
            offer("salary", 6_500_000, 8_000_000),
            "$65,000–$80,000 a year",
            (3125, 3846),
            "÷ 2,080 hours a year",
        ),
        (
            offer("salary", 6_500_000, None, hours=(36, 40)),
            "from $65,000 a year",
            (3289, None),
            "÷ 1,976 hours a year, at 38 a week",
        ),
        (offer("month", None, 520_000), "up to $5,200 a month", (None, 3000), "÷ 173.3 hours a month"),
        (offer("week", 120_000, 120_000), "$1,200 a week", (3000, 3000), "÷ 40 hours a week"),
        (offer("day", 24_000, 24_000), "$240 a day", (3000, 3000), "÷ 8 hours a day"),
        (
            offer("chart", 350, 400, rates=[(4, 6), (8, None)]),
            "$3.50–$4 a chart",
            (1400, 3200),
            "× 4–8 charts an hour",
        ),
        (
            offer("encounter", 200, None, rates=[(10, None)]),
            "from $2 a encounter",
            (2000, 2000),
            "× 10 encounters an hour",
        ),
    ],
)
def test_pay_is_said_and_made_comparable(posting, line, hourly, formula):
    assert pay.pay_line(posting) == line.replace("a encounter", "an encounter")
    rate = pay.hourly(posting)
    assert (rate.least, rate.most) == hourly
    assert rate.formula == formula


@pytest.mark.parametrize("posting", [offer("", None, None), offer("chart", 350, 400), offer("", 100, 200)])
def test_what_cannot_be_compared_is_not(posting):
    assert pay.hourly(posting) is None


def test_other_currencies_are_said_and_not_compared_with_dollars():
    posting = offer("hourly", 3000, None, currency="CAD")
    assert pay.pay_line(posting) == "from CAD 30 an hour"
    assert pay.hourly(posting) is None


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"arrangement": "remote"}, "Remote"),
        ({"arrangement": "hybrid", "hybrid_days": 1}, "Hybrid, 1 day on site"),
        (
            {"arrangement": "remote-after-training", "training_weeks": 4},
            "Remote after 4 weeks of on-site training",
        ),
        ({"arrangement": ""}, ""),
    ],
)
def test_the_arrangement_in_words(app, facts, words):
    assert labels.arrangement_line(Posting(**facts)) == words


@pytest.mark.parametrize(
    ("mode", "chosen", "arrangement", "words"),
    [
        ("all", [], "remote", "May hire in every state"),
        ("named", ["TX", "OK", "DC"], "remote", "May hire in Texas, Oklahoma and District of Columbia"),
        ("all_but", ["CA"], "remote", "May hire in every state but California"),
        ("", [], "remote", "The states where it may hire are not stated"),
        ("", [], "on-site", ""),
    ],
)
def test_where_it_may_hire_is_a_sentence(mode, chosen, arrangement, words):
    posting = Posting(eligible_mode=mode, eligible_states=chosen, arrangement=arrangement)
    assert labels.eligible_line(posting) == words


def test_places_are_named_shortly_and_in_full():
    places = [
        PostingPlace(city="Austin", state="TX", street="1 Main St", postal_code="78701"),
        PostingPlace(city="", state="OK", street="", postal_code=""),
        PostingPlace(city="", state="", street="", postal_code="73102"),
    ]
    assert labels.place_line(Posting(places=places)) == "Austin, TX and 2 more"
    assert labels.place_line(Posting(places=places[1:2])) == "Oklahoma"
    assert [labels.place_in_full(place) for place in places] == [
        "1 Main St, Austin, TX 78701",
        "Oklahoma",
        "73102",
    ]


@pytest.mark.parametrize(
    ("months", "words"), [(0, "0 months"), (1, "1 month"), (12, "1 year"), (30, "2 years 6 months")]
)
def test_months_as_people_say_them(months, words):
    assert labels.months(months) == words


def test_a_snapshot_is_json_and_shows_the_same_later(opened):
    posting = opened(
        description="Codes **E11.9** and I50.x of all inpatient charts, every day. <script>alert(1)</script>",
        accuracy_percent=95.0,
    )
    kept = json.loads(json.dumps(snapshot(posting)))
    before = details(posting)
    posting.title, posting.description = "Something else", "Gone."
    again = from_snapshot(kept)
    assert again.title == "Inpatient coder"
    assert (again.groups, again.codes, again.workload) == (before.groups, before.codes, before.workload)
    assert "<strong>E11.9</strong>" in again.description_html
    assert "<script>" not in again.description_html


def test_a_snapshot_of_an_older_form_is_shown_as_far_as_it_goes():
    shown = from_snapshot({"title": "Coder", "something": "unknown"})
    assert (shown.title, shown.groups, shown.pay_line, shown.id) == ("Coder", (), "", 0)


def test_cards_keep_the_order_asked_for_and_leave_out_what_is_not_there(opened):
    first, second = opened(), opened(title="Auditor")
    found = cards([second.id, 999, first.id])
    assert [one.title for one in found] == ["Auditor", "Inpatient coder"]
    assert found[1] == card(first)
    assert found[1].is_new
    assert found[1].posted_line == "Posted today"


def test_thirty_cards_take_as_many_statements_as_one(app, opened):
    def statements(number):
        seen = SimpleNamespace(count=0)

        def note(_connection, _cursor, statement, *_):
            seen.count += statement.startswith("SELECT")

        db.session.expunge_all()
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            assert len(cards(ids[:number])) == number
            assert len(newest(number)) == number
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return seen.count

    ids = [
        opened(title=f"Coder {number}", description="Codes E11.9 and 99213. " * 5).id for number in range(30)
    ]
    assert statements(30) == statements(1) == 10
