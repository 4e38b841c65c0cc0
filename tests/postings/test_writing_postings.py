"""Every way to write a posting, tried by those who may not."""

from __future__ import annotations

import re

import pytest

from jobboard.database import db
from jobboard.postings.models import Posting, PostingEvent, State
from tests.postings.test_posting_form import typed, words

VERBS = ["edit", "submit", "withdraw-from-review", "close", "renew", "copy", "drop-change", "codes"]
DATA = {"reason": "filled", "do": "add", "typed": "E11.9", "title": "Taken over"}


@pytest.mark.parametrize("verb", VERBS)
def test_a_stranger_gets_404_and_a_visitor_is_led_to_signing_in(opened, olga_here, mo, visitor, verb):
    posting = opened()
    before, events = posting.version, db.session.query(PostingEvent).count()
    path = f"/postings/{posting.id}/{verb}"
    for stranger in (olga_here, mo):
        assert stranger.post(path, DATA).status_code == 404
    assert visitor.post(path, DATA).location.startswith("/sign-in")
    db.session.expire_all()
    assert (posting.version, db.session.query(PostingEvent).count()) == (before, events)


@pytest.mark.parametrize("verb", VERBS)
def test_without_token_or_from_elsewhere_nothing_is_written(opened, eve, verb):
    posting = opened()
    before, path = posting.version, f"/postings/{posting.id}/{verb}"
    assert eve.client.post(path, data=DATA).status_code == 403
    assert eve.client.post(path, data=DATA, headers={"Origin": "https://evil.example"}).status_code == 403
    assert eve.client.post(path, data=DATA, headers={"Origin": "http://localhost"}).status_code == 400
    db.session.expire_all()
    assert posting.version == before


def test_a_visitor_is_led_to_signing_in_before_writing_one(visitor, mercy):
    assert visitor.get("/postings/new").location == "/sign-in?next=/postings/new"
    assert visitor.post("/postings/new", typed(mercy.id)).location.startswith("/sign-in")
    assert db.session.query(Posting).count() == 0


@pytest.mark.parametrize("page", ["", "/edit", "/preview"])
def test_the_company_sees_its_posting_and_a_stranger_does_not(draft, eve, colleague, olga_here, page):
    posting = draft()
    assert eve.get(f"/postings/{posting.id}{page}").status_code == 200
    assert colleague.get(f"/postings/{posting.id}{page}").status_code == 200
    assert olga_here.get(f"/postings/{posting.id}{page}").status_code == 404


def test_the_agency_manages_what_it_posts_and_the_client_does_not(draft, mercy, lakeside, olga_here, eve):
    posting = draft(company_id=lakeside.id, posted_by_company_id=mercy.id)
    assert eve.get(f"/postings/{posting.id}").status_code == 200
    assert olga_here.get(f"/postings/{posting.id}").status_code == 404


def test_the_life_of_a_posting_by_its_buttons(draft, eve, mo):
    posting = draft()
    path = f"/postings/{posting.id}"
    for verb, data, state in (
        ("submit", {}, State.IN_REVIEW),
        ("withdraw-from-review", {}, State.DRAFT),
        ("submit", {}, State.IN_REVIEW),
    ):
        assert eve.post(f"{path}/{verb}", data).location == path
        db.session.expire_all()
        assert posting.state == state
        assert eve.get(path).status_code == 200
    from jobboard.postings import actions

    actions.approve(posting, person_id=mo.person_id)
    db.session.commit()
    closes = posting.closes_on.replace(year=posting.closes_on.year)
    assert eve.post(f"{path}/renew", {"closes_on": "soon"}).status_code == 303
    assert "give a day such as" in words(eve.get(path))
    assert eve.post(f"{path}/renew", {"closes_on": closes.isoformat()}).status_code == 303
    assert "Renewed." in words(eve.get(path))
    assert eve.post(f"{path}/close", {"reason": "bored"}).status_code == 303
    assert "filled or withdrawn" in words(eve.get(path))
    assert eve.post(f"{path}/close", {"reason": "withdrawn"}).status_code == 303
    db.session.expire_all()
    assert (posting.state, posting.closed_reason) == (State.CLOSED, "withdrawn")
    assert eve.get(f"{path}/edit").location == path
    copied = eve.post(f"{path}/copy").location
    assert re.fullmatch(r"/postings/\d+/edit", copied)
    assert eve.get(copied).status_code == 200
    assert eve.get("/postings").status_code == 200


def test_a_posting_that_is_not_there_is_404(eve, mercy):
    assert eve.get("/postings/999").status_code == 404
    assert eve.post("/postings/999/close", DATA).status_code == 404


def test_without_postings_the_list_says_what_to_do(eve, mercy):
    assert "No postings yet" in words(eve.get("/postings"))


def test_long_texts_are_shown_whole(draft, eve):
    posting = draft(title="T" * 200, description="word " * 3999, department="D" * 200)
    for page in ("", "/edit", "/preview"):
        assert "T" * 200 in eve.get(f"/postings/{posting.id}{page}").get_data(as_text=True)


def test_posting_is_limited_per_account(board_settings):
    from jobboard import create_app
    from jobboard.employers import actions as employers
    from tests.conftest import signed_in

    board = create_app(board_settings())
    board.testing = True
    with board.app_context():
        eve = signed_in(board, "Eve")
        company = employers.found(eve.person, "Mercy Hospital", {})
        db.session.commit()
        codes = [
            eve.post("/postings/new", {"company": company.id, "title": "x", "do": "preview"}).status_code
            for _ in range(41)
        ]
        assert codes == [200] * 40 + [429]
        db.session.remove()
        db.engine.dispose()
