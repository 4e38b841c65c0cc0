"""Edits of open postings: what was reviewed waits, all else is live; who is second is told and loses nothing."""

from __future__ import annotations

import re
import threading

import pytest

from jobboard.database import db
from jobboard.mail.models import Letter
from jobboard.postings import actions
from jobboard.postings.content import Content
from jobboard.postings.models import Posting, PostingRevision
from jobboard.postings.queries import pending_revision, unfinished_revision
from jobboard.postings.revisions import changes
from jobboard.postings.rules import REVIEWED
from jobboard.unit_of_work import ChangedByAnother
from tests.conftest import browser
from tests.postings.conftest import TEXT
from tests.postings.test_posting_form import sent_by, words

OTHER = {
    "title": "Another title",
    "description": TEXT + " And more.",
    "pay_basis": "salary",
    "pay_least_cents": 100,
    "pay_most_cents": 9_900_000,
    "pay_currency": "CAD",
    "apply_by": "mail",
    "apply_url": "https://other.example.org/",
    "apply_email": "other@example.org",
    "confidential": True,
}


def edit(posting, **columns):
    waits = actions.change(posting, Content(columns=columns), person_id=posting.created_by_id)
    db.session.commit()
    return waits


@pytest.mark.parametrize("column", sorted(OTHER))
def test_every_reviewed_value_of_an_open_posting_waits(opened, column):
    posting = opened()
    before = getattr(posting, column)
    assert edit(posting, **{column: OTHER[column]})
    assert getattr(posting, column) == before
    assert pending_revision(posting).values[column] == OTHER[column]


def test_the_company_waits_too(opened, lakeside):
    posting = opened()
    before = posting.company_id
    assert edit(posting, company_id=lakeside.id)
    assert posting.company_id == before
    assert {*OTHER, "company_id", "posted_by_company_id"} == set(REVIEWED)


def test_other_values_are_live_at_once_and_the_date_stays(opened):
    posting = opened()
    posted = posting.posted_at
    assert not edit(posting, department="HIM", accuracy_percent=97.0)
    assert (posting.department, posting.posted_at, posting.pending_revision_id) == ("HIM", posted, None)


def test_approving_takes_the_change_over_and_reads_its_codes(opened, mo):
    posting = opened()
    posted = posting.posted_at
    edit(posting, title="Cardiology coder", description=f"{TEXT} Codes: I21.09 and CPT 93458.")
    assert not posting.codes
    actions.approve(posting, person_id=mo.person_id)
    db.session.commit()
    assert (posting.title, posting.posted_at) == ("Cardiology coder", posted)
    assert {code.start for code in posting.codes} == {"I21.09", "93458"}
    assert posting.pending_revision_id is None
    assert db.session.get(PostingRevision, posting.approved_revision_id).values["title"] == "Cardiology coder"


def test_a_returned_change_keeps_its_text_for_another_try(opened, mo, eve):
    posting = opened()
    edit(posting, title="Rockstar coder")
    actions.return_(posting, person_id=mo.person_id, reason="Plain words, please.")
    db.session.commit()
    assert posting.title == "Inpatient coder"
    assert unfinished_revision(posting).status == "returned"
    page = eve.get(f"/postings/{posting.id}/edit")
    assert 'value="Rockstar coder"' in page.get_data(as_text=True)
    assert "Plain words, please." in words(page)
    letter = db.session.scalars(db.select(Letter).where(Letter.kind == "posting_returned")).one()
    assert "Plain words, please." in letter.text
    assert "stays listed as it was approved" in letter.text


def test_a_newer_change_replaces_the_older_and_an_edit_back_ends_it(opened):
    posting = opened()
    edit(posting, title="First")
    edit(posting, title="Second")
    states = [r.status for r in db.session.scalars(db.select(PostingRevision).order_by(PostingRevision.id))]
    assert states == ["approved", "replaced", "pending"]
    assert not edit(posting, title="Inpatient coder")
    assert (posting.pending_revision_id, unfinished_revision(posting)) == (None, None)


def test_the_difference_is_told_in_words(opened):
    posting = opened()
    edit(posting, pay_most_cents=4000, description=TEXT + "\nAnd more.")
    told = {change.label: change for change in changes(posting, pending_revision(posting))}
    assert (told["Pay"].before, told["Pay"].after) == ("$28–$34 an hour", "$28–$40 an hour")
    assert ("+", "And more.") in told["Description"].lines
    assert set(told) == {"Pay", "Description"}


def test_the_difference_of_two_long_lists_made_to_be_alike_is_told(opened):
    before = [f"- duty {number} of the day" for number in range(700)]
    after = [f"- duty {number} of the night" for number in range(700)]
    posting = opened(description="\n".join([TEXT, *before]))
    edit(posting, description="\n".join([TEXT, *after]))
    (change,) = changes(posting, pending_revision(posting))
    assert [words for mark, words in change.lines if mark == "-"] == before
    assert [words for mark, words in change.lines if mark == "+"] == after
    assert [words for mark, words in change.lines if mark == " "] == [TEXT]


def test_a_dropped_change_leaves_the_posting_as_approved(opened, eve):
    posting = opened()
    edit(posting, title="Another")
    assert eve.post(f"/postings/{posting.id}/drop-change").status_code == 303
    db.session.expire_all()
    assert unfinished_revision(posting) is None
    assert posting.title == "Inpatient coder"


def test_an_open_posting_cannot_be_edited_into_something_that_is_no_listing(opened, eve):
    posting = opened()
    page = eve.get(f"/postings/{posting.id}/edit").get_data(as_text=True)
    answer = eve.post(f"/postings/{posting.id}/edit", {**sent_by(page), "roles": [], "do": "save"})
    assert answer.status_code == 400
    assert "Choose the role" in words(answer)


def test_an_edit_of_an_older_version_is_refused(draft):
    posting = draft()
    seen = posting.version
    edit(posting, title="Newer")
    with pytest.raises(ChangedByAnother):
        actions.change(posting, Content(columns={"title": "Older"}), person_id=None, version=seen)


def test_the_second_editor_is_told_sees_both_and_loses_nothing(draft, eve, colleague):
    posting = draft()
    mine = sent_by(eve.get(f"/postings/{posting.id}/edit").get_data(as_text=True))
    theirs = sent_by(colleague.get(f"/postings/{posting.id}/edit").get_data(as_text=True))
    first = colleague.post(f"/postings/{posting.id}/edit", {**theirs, "title": "From Max", "do": "save"})
    assert first.status_code == 303
    second = eve.post(f"/postings/{posting.id}/edit", {**mine, "title": "From Eve", "do": "save"})
    assert second.status_code == 409
    page = second.get_data(as_text=True)
    assert "Somebody else saved this posting" in words(second)
    assert re.search(r"<dt>Title</dt><dd>From Max</dd>", page)
    assert 'value="From Eve"' in page
    assert eve.post(f"/postings/{posting.id}/edit", {**sent_by(page), "do": "save"}).status_code == 303
    db.session.expire_all()
    assert posting.title == "From Eve"


def test_of_two_editors_at_one_instant_one_wins_and_the_other_is_told(app, draft, eve, colleague):
    posting = draft()
    posting_id = posting.id
    sent = {}
    for player in (eve, colleague):
        page = player.get(f"/postings/{posting_id}/edit").get_data(as_text=True)
        form = {**sent_by(page), "title": f"From {player.name}", "do": "save"}
        sent[player.name] = {**form, "csrf_token": player.client.token()}
    db.session.remove()
    together = threading.Barrier(2)
    answers: dict[str, object] = {}

    def save(player):
        client = browser(app)
        client._cookies = player.client._cookies
        together.wait()
        answers[player.name] = client.post(
            f"/postings/{posting_id}/edit", data=sent[player.name], headers={"Origin": "http://localhost"}
        )

    threads = [threading.Thread(target=save, args=(player,)) for player in (eve, colleague)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers.values()) == [303, 409]
    winner = next(name for name, answer in answers.items() if answer.status_code == 303)
    loser = next(answer for answer in answers.values() if answer.status_code == 409)
    stored = db.session.get(Posting, posting_id)
    assert stored.title == f"From {winner}"
    assert f"From {winner}" in words(loser)


def test_what_was_typed_into_a_posting_that_was_closed_meanwhile_is_shown_again(opened, eve):
    posting = opened()
    mine = sent_by(eve.get(f"/postings/{posting.id}/edit").get_data(as_text=True))
    actions.close(posting, person_id=posting.created_by_id, reason="filled")
    db.session.commit()
    answer = eve.post(f"/postings/{posting.id}/edit", {**mine, "title": "My words", "do": "save"})
    assert answer.status_code == 409
    assert "closed while you were typing" in words(answer)
    assert 'value="My words"' in answer.get_data(as_text=True)


def test_pay_that_was_read_is_stated_once_an_approved_edit_names_another(opened, mo):
    posting = opened()
    posting.origins = {"pay_most_cents": "recognised", "pay_least_cents": "recognised"}
    edit(posting, pay_most_cents=4000)
    actions.approve(posting, person_id=mo.person_id)
    db.session.commit()
    assert (posting.pay_most_cents, posting.origins) == (4000, {"pay_least_cents": "recognised"})
