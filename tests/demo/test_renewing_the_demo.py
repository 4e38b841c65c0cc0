"""The dates of the demo on a later day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from jobboard import clock
from jobboard.applications.models import Application
from jobboard.database import db, writing
from jobboard.demo.calendar import moment, moved
from jobboard.demo.loading import counts
from jobboard.demo.renewing import days_behind, renew
from jobboard.postings.actions import draft
from jobboard.postings.chores import close_what_is_due
from jobboard.postings.content import Content
from jobboard.postings.models import Posting, PostingEvent, PostingReport, State
from jobboard.postings.queries import listed
from jobboard.search.models import IndexChange
from jobboard.unit_of_work import commit

if TYPE_CHECKING:
    from flask import Flask


def posting_titled(title: str) -> Posting:
    return db.session.scalars(select(Posting).where(Posting.title == title)).one()


def versions(kind: type[Posting] | type[IndexChange]) -> dict[int, int]:
    return {row.id: row.version for row in db.session.execute(select(kind.id, kind.version))}


def ages(now: datetime) -> dict[int, tuple[int, int | None]]:
    """Days since it was posted, and until it closes, by id."""
    rows = db.session.scalars(select(Posting).where(Posting.posted_at.is_not(None))).all()
    return {
        row.id: (
            (now.date() - row.opens_on).days,
            (row.closes_on - now.date()).days if row.closes_on else None,
        )
        for row in rows
    }


def test_on_the_same_day_nothing_moves(app: Flask):
    queued = db.session.scalar(select(func.count()).select_from(IndexChange))
    db.session.rollback()
    assert renew() == 0
    assert db.session.scalar(select(func.count()).select_from(IndexChange)) == queued


@pytest.mark.parametrize("days", [1, 9, 200])
def test_days_later_everything_is_as_far_from_today_as_it_was(app: Flask, days: int):
    before, states = ages(clock.now()), counts()
    seen = db.session.scalar(select(func.max(PostingReport.created_at)))
    sent = db.session.scalar(select(func.max(Application.created_at)))
    db.session.rollback()
    with clock.moved_by(timedelta(days=days)):
        assert days_behind() == days
        db.session.rollback()
        assert renew() == days
        db.session.expire_all()
        assert days_behind() == 0
        assert ages(clock.now()) == before
        assert counts() == states
        assert db.session.scalar(select(func.count(Posting.id)).where(listed())) == states[State.OPEN]
        assert db.session.scalar(select(func.max(Posting.posted_at))) <= clock.now()
        assert db.session.scalar(select(func.max(PostingEvent.at))) <= clock.now()
    moved_by = timedelta(days=days, hours=1)
    assert seen < db.session.scalar(select(func.max(PostingReport.created_at))) <= seen + moved_by
    assert sent < db.session.scalar(select(func.max(Application.created_at))) <= sent + moved_by


def test_what_ran_out_while_nobody_looked_is_open_again_and_what_was_over_stays_over(app: Flask):
    states = counts()
    db.session.rollback()
    with clock.moved_by(timedelta(days=10)):
        assert close_what_is_due() >= 8
        assert counts()[State.OPEN] < states[State.OPEN]
        db.session.rollback()
        renew()
        assert counts() == states
        over = posting_titled("Ancillary Coder, part time")
        assert (over.state, over.closed_reason) == (State.CLOSED, "expired")
        again = posting_titled("Health Information Supervisor")
        assert again.closed_at is None
        assert (again.closes_on - clock.today(again.time_zone)).days == 1


def test_the_index_hears_of_every_posting_that_moved(app: Flask):
    before = versions(Posting)
    db.session.rollback()
    with clock.moved_by(timedelta(days=2)):
        renew()
    assert versions(IndexChange) == versions(Posting)
    assert all(version > before[posting_id] for posting_id, version in versions(Posting).items())


def test_what_people_added_keeps_its_dates(app: Flask):
    any_posting = db.session.scalars(select(Posting).where(Posting.state == State.OPEN).limit(1)).one()
    with writing():
        own = draft(any_posting.company, Content({"title": "Mine"}), person_id=None)
        commit()
    written = own.created_at
    with clock.moved_by(timedelta(days=5)):
        renew()
    db.session.expire_all()
    assert db.session.get(Posting, own.id).created_at == written


def test_an_opening_that_its_company_closed_stays_closed(app: Flask):
    posting = posting_titled("Inpatient Coder III")
    with writing():
        posting.state, posting.closed_reason, posting.closed_at = State.CLOSED, "filled", clock.now()
        commit()
    with clock.moved_by(timedelta(days=5)):
        renew()
    db.session.expire_all()
    assert posting_titled("Inpatient Coder III").closed_reason == "filled"


def test_moments_keep_their_time_of_the_clock_when_clocks_change():
    morning = datetime(2026, 10, 31, 12, 30, tzinfo=UTC)
    later = moved(morning, 3, "America/New_York")
    assert later is not None
    assert later.astimezone(UTC) == datetime(2026, 11, 3, 13, 30, tzinfo=UTC)
    assert moved(None, 3, "America/New_York") is None


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Honolulu", "Pacific/Auckland"])
@pytest.mark.parametrize("instant", ["2026-03-08T05:00:30", "2026-11-01T12:00:00", "2026-12-31T23:59:59"])
def test_no_moment_of_the_demo_lies_ahead(zone: str, instant: str):
    with clock.stopped_at(datetime.fromisoformat(instant).replace(tzinfo=UTC)):
        for ago in (0, 1, 2, 40):
            for number in range(0, 200, 7):
                at = moment(ago, zone, number)
                assert at <= clock.now()
                local = at.astimezone(clock.start_of_day(clock.today(zone), zone).tzinfo)
                assert local <= clock.now()
