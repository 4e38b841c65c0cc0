"""The life of what is imported: with review and without, again and again, over and moved."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from jobboard import clock
from jobboard.database import db
from jobboard.employers import actions as employers
from jobboard.employers.models import Company
from jobboard.postings import actions
from jobboard.postings.chores import close_what_is_due
from jobboard.postings.models import PostingRevision, State
from jobboard.postings.queries import visible
from jobboard.search.models import IndexChange
from tests.postings.importing.conftest import posting_object, postings

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_march(app):
    with clock.stopped_at(NOW):
        yield


def counted(counts):
    return counts.created, counts.updated, counts.unchanged, counts.refused


def test_a_second_run_changes_nothing(imported):
    lines = [posting_object(identifier=f"R-{number}") for number in range(60)]
    assert counted(imported(*lines, publish=True)) == (60, 0, 0, 0)
    versions = [posting.version for posting in postings()]
    changes = db.session.query(IndexChange).count()
    assert counted(imported.again(publish=True)) == (0, 0, 60, 0)
    assert [posting.version for posting in postings()] == versions
    assert db.session.query(IndexChange).count() == changes


def test_the_same_identifier_at_two_companies_is_two_postings(imported):
    other = posting_object(hiringOrganization="Lakeside Clinic")
    assert counted(imported(posting_object(), other)) == (2, 0, 0, 0)
    # A company is known by its name without regard to case and spaces.
    same = posting_object(hiringOrganization=" MERCY  hospital")
    assert counted(imported(same)) == (0, 1, 0, 0)
    assert len(postings()) == db.session.query(Company).count() == 2


def test_a_line_without_an_identifier_is_known_by_its_address_or_by_title_and_place(imported):
    by_address = posting_object(identifier=None)
    by_place = posting_object(identifier=None, url=None)
    elsewhere = posting_object(identifier=None, url=None, jobLocation="Boston, MA")
    assert counted(imported(by_address, by_place, elsewhere)) == (3, 0, 0, 0)
    assert {posting.source_key for posting in postings()} == {None}
    assert counted(imported.again()) == (0, 0, 3, 0)
    changed = posting_object(identifier=None, description="Code outpatient charts, all day long.")
    assert counted(imported(changed)) == (0, 1, 0, 0)
    assert len(postings()) == 3


def test_without_publish_it_waits_and_a_moderator_lists_it_with_its_own_dates(imported, mo):
    imported(posting_object())
    (posting,) = postings()
    assert (posting.state, visible(posting.id).sight) == (State.IN_REVIEW, "hidden")
    actions.approve(posting, person_id=mo.person_id)
    db.session.commit()
    assert visible(posting.id).sight == "open"
    assert posting.posted_at.date() == date(2026, 3, 2)
    assert posting.closes_on == date(2026, 5, 31)


def test_without_publish_a_change_of_text_waits_and_other_changes_are_live(imported, mo):
    imported(posting_object(), publish=True)
    changed = posting_object(
        title="Senior Inpatient Coder", jobLocation="Boston, MA", validThrough="2026-06-30"
    )
    assert counted(imported(changed)) == (0, 1, 0, 0)
    (posting,) = postings()
    assert (posting.title, posting.places[0].city) == ("Inpatient Coder", "Boston")
    assert posting.closes_on == date(2026, 6, 30)
    waiting = db.session.get(PostingRevision, posting.pending_revision_id)
    assert waiting.values["title"] == "Senior Inpatient Coder"
    assert counted(imported.again()) == (0, 0, 1, 0)
    assert counted(imported.again(publish=True)) == (0, 1, 0, 0)
    (posting,) = postings()
    assert (posting.title, posting.pending_revision_id) == ("Senior Inpatient Coder", None)
    assert counted(imported.again(publish=True)) == (0, 0, 1, 0)


def test_publishing_later_lists_what_waits(imported):
    imported(posting_object())
    assert counted(imported.again(publish=True)) == (0, 1, 0, 0)
    assert postings()[0].state == State.OPEN


def test_a_returned_one_comes_back_when_its_source_changed(imported, mo):
    imported(posting_object())
    actions.return_(postings()[0], person_id=mo.person_id, reason="Name the pay.")
    db.session.commit()
    assert counted(imported.again(publish=True)) == (0, 0, 1, 0)
    assert postings()[0].state == State.DRAFT
    imported(posting_object(baseSalary="$30 per hour"))
    assert (postings()[0].state, postings()[0].pay_least_cents) == (State.IN_REVIEW, 3000)


def test_a_removed_one_stays_removed(imported, mo):
    imported(posting_object(), publish=True)
    actions.take_down(postings()[0], person_id=mo.person_id, reason="It asks for a fee.")
    db.session.commit()
    assert counted(imported(posting_object(title="Another title"), publish=True)) == (0, 0, 1, 0)
    (posting,) = postings()
    assert (posting.state, posting.title) == (State.CLOSED, "Inpatient Coder")


def test_an_edit_keeps_the_original_day_of_posting(imported):
    imported(posting_object(), publish=True)
    imported(posting_object(datePosted="2026-03-09", title="Inpatient Coder II"), publish=True)
    (posting,) = postings()
    assert (posting.title, posting.posted_at.date()) == ("Inpatient Coder II", date(2026, 3, 2))
    imported(posting_object(datePosted="2026-02-20"), publish=True)
    assert postings()[0].posted_at.date() == date(2026, 2, 20)


def test_what_is_over_comes_in_closed(imported):
    over = posting_object(datePosted="2026-01-02", validThrough="2026-03-09")
    imported(over, publish=True)
    (posting,) = postings()
    assert (posting.state, posting.closed_reason, posting.apply_by) == (State.CLOSED, "expired", "closed")
    assert visible(posting.id).sight == "closed"
    assert counted(imported.again(publish=True)) == (0, 0, 1, 0)


def test_what_was_over_before_anybody_reviewed_it_is_never_shown(imported):
    imported(posting_object(datePosted="2026-01-02", validThrough="2026-03-09"))
    (posting,) = postings()
    assert (posting.state, visible(posting.id).sight) == (State.CLOSED, "hidden")
    imported(posting_object(validThrough="2026-04-09"))
    assert postings()[0].state == State.IN_REVIEW


def test_the_last_day_itself_is_not_over(imported):
    imported(posting_object(validThrough="2026-03-10"), publish=True)
    assert postings()[0].state == State.OPEN


def test_one_that_ran_out_is_open_again_when_its_source_gives_it_more_time(imported):
    imported(posting_object(validThrough="2026-03-12"), publish=True)
    with clock.stopped_at(NOW + timedelta(days=5)):
        assert close_what_is_due() == 1
        assert counted(imported.again(publish=True)) == (0, 0, 1, 0)
        imported(posting_object(validThrough="2026-04-12"), publish=True)
    (posting,) = postings()
    assert (posting.state, posting.apply_by, posting.closed_at) == (State.OPEN, "address", None)


def test_a_company_with_people_is_not_posted_for(imported, eve):
    theirs = employers.found(eve.person, "Mercy Hospital", {})
    db.session.commit()
    imported(posting_object(), publish=True)
    assert postings()[0].company_id != theirs.id


def test_shifted_dates_move_together_so_that_the_newest_is_of_today(imported):
    lines = [
        posting_object(identifier="old", datePosted="2024-01-05", validThrough="2024-03-05"),
        posting_object(identifier="new", datePosted="2024-01-25", validThrough="2024-02-25"),
        posting_object(identifier="short", datePosted="2024-01-05", validThrough="2024-01-09"),
        posting_object(identifier="refused", datePosted="2025-01-01", title=None),
    ]
    assert counted(imported(*lines, publish=True, shift_dates=True)) == (3, 0, 0, 1)
    dates = {p.source_key: (p.posted_at.date(), p.opens_on, p.closes_on, p.state) for p in postings()}
    assert dates == {
        "old": (date(2026, 2, 18), date(2026, 2, 18), date(2026, 4, 19), State.OPEN),
        "new": (date(2026, 3, 10), date(2026, 3, 10), date(2026, 4, 10), State.OPEN),
        # In a set that is moved nothing is over: its own four days begin today.
        "short": (date(2026, 2, 18), date(2026, 2, 18), date(2026, 3, 14), State.OPEN),
    }
    assert counted(imported.again(publish=True, shift_dates=True)) == (0, 0, 3, 1)
    with clock.stopped_at(NOW + timedelta(days=2)):
        assert counted(imported.again(publish=True, shift_dates=True)) == (0, 3, 0, 1)
        assert {p.posted_at.date() for p in postings()} == {date(2026, 2, 20), date(2026, 3, 12)}
    assert counted(imported.again(publish=True)) == (0, 3, 0, 1)
    assert {p.posted_at.date() for p in postings()} == {date(2024, 1, 5), date(2024, 1, 25)}
    assert {p.state for p in postings()} == {State.CLOSED}
