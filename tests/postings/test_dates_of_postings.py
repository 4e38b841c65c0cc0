"""Days in the employer's zone become moments, west and east of UTC and over clock changes; the clock's chores."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from jobboard import clock
from jobboard.database import db
from jobboard.mail.models import Letter
from jobboard.postings import actions, dates, signals
from jobboard.postings.chores import close_what_is_due, warn_of_closing
from jobboard.postings.models import Posting, State
from jobboard.postings.queries import listed


@pytest.mark.parametrize(
    ("zone", "day", "closes"),
    [
        ("America/New_York", date(2026, 6, 30), datetime(2026, 7, 1, 4, tzinfo=UTC)),
        ("America/New_York", date(2026, 12, 31), datetime(2027, 1, 1, 5, tzinfo=UTC)),
        # The day on which clocks go forward has 23 hours, the one on which they go back 25.
        ("America/Chicago", date(2026, 3, 8), datetime(2026, 3, 9, 5, tzinfo=UTC)),
        ("America/Chicago", date(2026, 11, 1), datetime(2026, 11, 2, 6, tzinfo=UTC)),
        ("Pacific/Honolulu", date(2026, 2, 28), datetime(2026, 3, 1, 10, tzinfo=UTC)),
        ("Pacific/Guam", date(2026, 1, 31), datetime(2026, 1, 31, 14, tzinfo=UTC)),
        ("Pacific/Guam", date(2028, 2, 29), datetime(2028, 2, 29, 14, tzinfo=UTC)),
    ],
)
def test_a_posting_closes_with_the_last_moment_of_its_day_where_the_employer_is(zone, day, closes):
    posting = Posting(time_zone=zone)
    dates.set_period(posting, day, day)
    assert posting.closes_at == closes
    assert posting.opens_at == clock.start_of_day(day, zone)


def test_it_cannot_close_before_it_opens():
    with pytest.raises(ValueError, match="on or after"):
        dates.set_period(Posting(time_zone="UTC"), date(2026, 5, 2), date(2026, 5, 1))


def test_words_name_the_last_minute_and_the_zone():
    posting = Posting(time_zone="America/Los_Angeles")
    dates.set_period(posting, date(2026, 6, 1), date(2026, 6, 30))
    assert dates.closing_words(posting) == "30 June 2026, 23:59 PDT"


@pytest.mark.parametrize(
    ("hours", "words"),
    [(1, "today"), (20, "yesterday"), (26, "yesterday"), (24 * 4, "4 days ago"), (24 * 45, "on 29 March")],
)
def test_days_ago_are_counted_by_the_employers_days(hours, words):
    now = datetime(2026, 5, 13, 16, tzinfo=UTC)
    with clock.stopped_at(now):
        assert dates.ago_words(now - timedelta(hours=hours), "America/New_York") == words


@pytest.mark.parametrize("zone", ["Pacific/Honolulu", "America/New_York", "Pacific/Guam"])
def test_the_chore_closes_what_is_due_and_nothing_a_minute_sooner(opened, zone):
    posting = opened(time_zone=zone, closes_on=clock.today(zone) + timedelta(days=10))
    closes = posting.closes_at
    with clock.stopped_at(closes - timedelta(minutes=1)):
        assert close_what_is_due() == 0
        assert db.session.scalar(db.select(Posting.id).where(listed())) == posting.id
    with clock.stopped_at(closes):
        # The list leaves it out at once, whenever the chore comes round.
        assert db.session.scalar(db.select(Posting.id).where(listed())) is None
        assert close_what_is_due() == 1
        assert close_what_is_due() == 0
    db.session.expire_all()
    assert (posting.state, posting.closed_reason, posting.closed_at) == (State.CLOSED, "expired", closes)


def test_a_week_before_closing_its_people_are_told_once_with_a_link_to_renew(opened, colleague):
    posting = opened()
    assert warn_of_closing() == 0
    with clock.stopped_at(posting.closes_at - timedelta(days=7)):
        assert warn_of_closing() == 1
        assert warn_of_closing() == 0
    letters = db.session.scalars(db.select(Letter).where(Letter.kind == "posting_expires")).all()
    assert sorted(letter.to_address for letter in letters) == ["eve@example.org", "max@example.org"]
    assert f"/postings/{posting.id}#renew" in letters[0].text
    with clock.stopped_at(posting.closes_at - timedelta(days=1)):
        actions.renew(posting, person_id=posting.created_by_id)
        db.session.commit()
    with clock.stopped_at(posting.closes_at - timedelta(days=6)):
        assert warn_of_closing() == 1


def test_a_posting_that_opens_later_is_approved_now_and_listed_then(opened):
    opens = clock.today("America/New_York") + timedelta(days=5)
    posting = opened(opens_on=opens)
    assert db.session.scalar(db.select(Posting.id).where(listed())) is None
    with clock.stopped_at(posting.opens_at):
        assert db.session.scalar(db.select(Posting.id).where(listed())) == posting.id


def test_a_posting_that_cannot_be_closed_keeps_no_other_open(opened, eve):
    stuck, other = opened(), opened()
    closes = max(stuck.closes_at, other.closes_at)

    def fail(posting, **_told):
        if posting.id == stuck.id:
            raise RuntimeError("a listener that fails")

    with signals.posting_closed.connected_to(fail), clock.stopped_at(closes):
        assert close_what_is_due() == 1
    db.session.expire_all()
    assert (stuck.state, other.state) == (State.OPEN, State.CLOSED)
    with clock.stopped_at(closes):
        assert close_what_is_due() == 1
