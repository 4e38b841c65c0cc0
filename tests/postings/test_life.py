"""A posting's life: every verb from every state, as the table of arrows says and not otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jobboard import clock
from jobboard.database import db
from jobboard.postings import actions, signals
from jobboard.postings.models import PostingEvent, PostingRevision, State
from jobboard.postings.queries import events_of, listed, visible
from jobboard.postings.rules import (
    ARROWS,
    NotAllowed,
    Who,
    arrow,
    may_moderate,
    takes_applications_here,
    verbs,
)


@pytest.fixture
def in_state(draft, mo):
    """Makes a posting in a state."""

    def make(state, **columns):
        posting = draft(**columns)
        if state != State.DRAFT:
            actions.submit(posting, person_id=posting.created_by_id)
        if state in {State.OPEN, State.CLOSED}:
            actions.approve(posting, person_id=mo.person_id)
        if state == State.CLOSED:
            actions.close(posting, person_id=posting.created_by_id, reason="filled")
        db.session.commit()
        return posting

    return make


DO = {
    "submit": lambda p, mo: actions.submit(p, person_id=p.created_by_id),
    "take_back": lambda p, mo: actions.take_back(p, person_id=p.created_by_id),
    "approve": lambda p, mo: actions.approve(p, person_id=mo.person_id),
    "return": lambda p, mo: actions.return_(p, person_id=mo.person_id, reason="Name the pay."),
    "close": lambda p, mo: actions.close(p, person_id=p.created_by_id, reason="withdrawn"),
    "expire": lambda p, mo: actions.expire(p),
    "take_down": lambda p, mo: actions.take_down(p, person_id=mo.person_id, reason="It asks for a fee."),
    "renew": lambda p, mo: actions.renew(p, person_id=p.created_by_id),
    "offer": lambda p, mo: actions.offer(p),
    "publish": lambda p, mo: actions.publish(p, opens_on=clock.today(p.time_zone)),
}
# What is in the table but needs more than the state: a waiting change, or that it ran out.
NEEDS_MORE = {(State.OPEN, "approve"), (State.OPEN, "return"), (State.CLOSED, "renew")}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("verb", sorted(DO))
def test_each_verb_is_possible_from_the_states_of_the_table_only(in_state, mo, state, verb):
    posting = in_state(state)
    step = arrow(state, verb)
    if step is None or (state, verb) in NEEDS_MORE:
        with pytest.raises(NotAllowed):
            DO[verb](posting, mo)
        assert posting.state == state
    else:
        DO[verb](posting, mo)
        db.session.commit()
        assert posting.state == step.to_state
        assert events_of(posting.id)[-1].what == verb


def test_every_verb_of_the_table_has_been_tried():
    assert {step.verb for step in ARROWS} == set(DO)


def test_the_table_says_who_may_do_what():
    assert verbs(State.OPEN, Who.PEOPLE) == ("renew", "close")
    assert verbs(State.OPEN, Who.MODERATOR) == ("approve", "return", "take_down")
    assert verbs(State.CLOSED, Who.MODERATOR) == ()


def test_a_submitted_posting_is_listed_once_a_moderator_approves(draft, mo):
    posting = draft()
    actions.submit(posting, person_id=posting.created_by_id)
    db.session.commit()
    assert visible(posting.id).sight == "hidden"
    actions.approve(posting, person_id=mo.person_id)
    db.session.commit()
    assert visible(posting.id).sight == "open"
    assert posting.closes_on == clock.today(posting.time_zone) + timedelta(days=60)
    approved = db.session.get(PostingRevision, posting.approved_revision_id)
    assert approved.status == "approved"
    assert approved.values["title"] == posting.title


def test_nobody_moderates_a_posting_of_their_own_company(draft, mo, mercy):
    from jobboard.employers.models import CompanyMember

    posting = draft()
    actions.submit(posting, person_id=posting.created_by_id)
    db.session.add(CompanyMember(company_id=mercy.id, person_id=mo.person_id, role="recruiter"))
    db.session.commit()
    assert not may_moderate(posting, {mercy.id})
    for verb in ("approve", "return"):
        with pytest.raises(NotAllowed, match="another moderator"):
            DO[verb](posting, mo)
    assert posting.state == State.IN_REVIEW


def test_an_incomplete_draft_is_not_submitted_and_says_what_is_missing(draft):
    posting = draft(title="", arrangement="")
    with pytest.raises(NotAllowed, match=r"title.*remote, hybrid or on site"):
        actions.submit(posting, person_id=posting.created_by_id)
    assert posting.state == State.DRAFT


def test_returning_and_removing_need_a_reason(in_state, mo):
    waiting = in_state(State.IN_REVIEW)
    with pytest.raises(NotAllowed, match="reason"):
        actions.return_(waiting, person_id=mo.person_id, reason="  ")
    open_ = in_state(State.OPEN)
    with pytest.raises(NotAllowed, match="reason"):
        actions.take_down(open_, person_id=mo.person_id, reason="")
    assert (waiting.state, open_.state) == (State.IN_REVIEW, State.OPEN)


def test_a_removed_posting_is_gone_at_once_a_closed_one_after_thirty_days(in_state, mo):
    removed, closed = in_state(State.OPEN), in_state(State.CLOSED)
    actions.take_down(removed, person_id=mo.person_id, reason="It asks for a fee.")
    db.session.commit()
    assert visible(removed.id).sight == "gone"
    assert visible(closed.id).sight == "closed"
    with clock.moved_by(timedelta(days=29, hours=23)):
        assert visible(closed.id).sight == "closed"
    with clock.moved_by(timedelta(days=30, minutes=1)):
        assert visible(closed.id).sight == "gone"


def test_suspending_hides_a_posting_and_restoring_shows_it(in_state, mercy, eve):
    from jobboard.employers import actions as employers

    posting = in_state(State.OPEN)
    employers.suspend(mercy, "Complaints.")
    db.session.commit()
    assert visible(posting.id).sight == "hidden"
    employers.restore(mercy)
    eve.person.suspended_at = clock.now()
    db.session.commit()
    assert visible(posting.id).sight == "hidden"
    eve.person.suspended_at = None
    db.session.commit()
    assert visible(posting.id).sight == "open"


def test_renewing_keeps_the_original_date_and_opens_what_ran_out(in_state):
    posting = in_state(State.OPEN)
    posted, closes = posting.posted_at, posting.closes_at
    with clock.moved_by(timedelta(days=70)):
        assert db.session.scalars(db.select(type(posting).id).where(listed())).all() == []
        actions.expire(posting)
        assert (posting.closed_reason, posting.closed_at) == ("expired", closes)
        actions.renew(posting, person_id=posting.created_by_id)
        db.session.commit()
        assert posting.state == State.OPEN
        assert posting.closes_at > closes + timedelta(days=69)
        assert visible(posting.id).sight == "open"
    assert posting.posted_at == posted


def test_a_posting_cannot_be_renewed_for_ever_or_into_the_past(in_state):
    posting = in_state(State.OPEN)
    today = clock.today(posting.time_zone)
    for day in (today + timedelta(days=181), today - timedelta(days=1)):
        with pytest.raises(NotAllowed):
            actions.renew(posting, person_id=posting.created_by_id, closes_on=day)


def test_those_above_are_told_when_a_posting_opens_and_closes(draft, mo):
    heard = []

    def opens(posting):
        heard.append(("open", posting.id))

    def closes(posting, reason):
        heard.append((reason, posting.id))

    with signals.posting_opened.connected_to(opens), signals.posting_closed.connected_to(closes):
        posting = draft()
        actions.submit(posting, person_id=posting.created_by_id)
        actions.approve(posting, person_id=mo.person_id)
        actions.close(posting, person_id=posting.created_by_id, reason="filled")
    assert heard == [("open", posting.id), ("filled", posting.id)]


def test_a_copy_is_a_draft_of_the_same_words_with_a_life_of_its_own(in_state, eve):
    posting = in_state(State.CLOSED)
    fresh = actions.copy(posting, person_id=eve.person_id)
    db.session.commit()
    assert fresh.state == State.DRAFT
    assert fresh.id != posting.id
    assert (fresh.title, fresh.description) == (posting.title, posting.description)
    assert fresh.slugs("specialty") == posting.slugs("specialty")
    assert [place.city for place in fresh.places] == ["Austin"]
    assert (fresh.posted_at, fresh.closes_at, fresh.closed_reason) == (None, None, "")


def test_a_posting_of_a_company_without_people_never_takes_applications_here(draft):
    posting = draft(apply_by="here")
    assert takes_applications_here(posting, company_has_people=True)
    assert not takes_applications_here(posting, company_has_people=False)
    posting.apply_by = "mail"
    assert not takes_applications_here(posting, company_has_people=True)


def test_every_step_leaves_who_did_it(in_state, mo):
    posting = in_state(State.CLOSED)
    steps = [(event.what, event.person_id) for event in events_of(posting.id)]
    eve = posting.created_by_id
    assert steps == [("draft", eve), ("submit", eve), ("approve", mo.person_id), ("close", eve)]
    assert db.session.query(PostingEvent).count() == 4
