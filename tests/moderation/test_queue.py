"""The queue and what moderators decide."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from jobboard import clock
from jobboard.database import db
from jobboard.employers.models import Company
from jobboard.mail.models import Letter
from jobboard.postings import actions as postings
from jobboard.postings.content import Content
from jobboard.postings.models import Posting, PostingRevision, State
from jobboard.postings.queries import Sight, visible
from tests.applications.openings import company_of, fresh, in_review, join_company, opened
from tests.conftest import Player, signed_in


@pytest.fixture
def waiting(mercy: Company, eve: Player) -> Posting:
    """A posting of Eve's company that waits for review."""
    return in_review(mercy, eve)


def decide(player: Player, posting: Posting, verb: str, version: int | None = None, **data: str):
    seen = fresh(posting).version if version is None else version
    return player.post(f"/moderation/postings/{posting.id}/{verb}", {"version": str(seen), **data})


def letters(kind: str) -> list[Letter]:
    db.session.expire_all()
    return list(db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def edit(posting: Posting, editor: Player, **columns: object) -> None:
    postings.change(fresh(posting), Content(columns=columns), person_id=editor.person_id)
    db.session.commit()


def test_the_queue_says_what_helps_to_judge(waiting: Posting, mo: Player) -> None:
    page = mo.get("/moderation").get_data(as_text=True)
    assert "Inpatient coder" in page
    assert "eve@example.org" in page
    assert "mail at the company’s domain" in page
    assert "under an hour" in page
    assert "none yet" in page


def test_the_oldest_stands_first_and_changes_stand_with_the_new(
    mercy: Company, eve: Player, mo: Player, olga: Player
) -> None:
    lakeside = company_of(olga, "Lakeside Clinic")
    with clock.moved_by(timedelta(hours=-5)):
        listed = opened(fresh(mercy), eve, mo, title="First listed")
    with clock.moved_by(timedelta(hours=-1)):
        edit(listed, eve, title="First listed, edited")
    with clock.moved_by(timedelta(hours=-3)):
        in_review(fresh(lakeside), olga, title="Second handed in")
    in_review(fresh(mercy), eve, title="Third handed in")
    page = mo.get("/moderation").get_data(as_text=True)
    titles = re.findall(r'/moderation/postings/\d+">([^<]+)<', page)
    assert titles == ["Second handed in", "First listed", "Third handed in"]
    assert "Change to an open posting" in page
    assert "1 approved" in page
    assert "company names no website" in page


def test_an_empty_queue_says_so(mo: Player) -> None:
    assert "Nothing waits" in mo.get("/moderation").get_data(as_text=True)


def test_mo_approves_and_it_is_listed(waiting: Posting, mo: Player, eve: Player) -> None:
    assert visible(waiting.id).sight is Sight.HIDDEN
    assert "trauma center" in mo.get(f"/moderation/postings/{waiting.id}").get_data(as_text=True)
    assert decide(mo, waiting, "approve").location == "/moderation"
    assert visible(waiting.id).sight is Sight.OPEN
    assert eve.email in [one.to_address for one in letters("posting_approved")]


def test_mo_returns_it_with_a_reason(waiting: Posting, mo: Player) -> None:
    assert decide(mo, waiting, "return").status_code == 422
    assert fresh(waiting).state == State.IN_REVIEW
    assert decide(mo, waiting, "return", reason="Say where it may hire.").status_code == 303
    assert fresh(waiting).state == State.DRAFT
    assert all("Say where it may hire." in one.text for one in letters("posting_returned"))
    assert len(letters("posting_returned")) == 2


def test_a_change_is_shown_field_by_field_and_approved(opening: Posting, eve: Player, mo: Player) -> None:
    edit(opening, eve, title="Trauma coder", pay_most_cents=4000, description="New words\n\nand more")
    page = mo.get(f"/moderation/postings/{opening.id}").get_data(as_text=True)
    assert "<del>Inpatient coder</del>" in page
    assert "<ins>Trauma coder</ins>" in page
    assert 'aria-label="Pay"' in page
    assert "Added: </span>New words" in page
    assert 'aria-label="Company"' not in page
    assert fresh(opening).title == "Inpatient coder"
    assert decide(mo, opening, "approve").status_code == 303
    assert fresh(opening).title == "Trauma coder"


def test_a_returned_change_leaves_the_posting_listed_as_approved(
    opening: Posting, eve: Player, mo: Player
) -> None:
    edit(opening, eve, title="Trauma coder")
    decide(mo, opening, "return", reason="Not that title")
    assert fresh(opening).title == "Inpatient coder"
    assert visible(opening.id).sight is Sight.OPEN
    assert db.session.scalars(select(PostingRevision.status).where(PostingRevision.reason != "")).all() == [
        "returned"
    ]


def test_a_posting_edited_while_mo_looks_is_not_decided(opening: Posting, eve: Player, mo: Player) -> None:
    edit(opening, eve, title="Trauma coder")
    seen = fresh(opening).version
    edit(opening, eve, title="Send us 50 dollars")
    for verb, data in (("approve", {}), ("return", {"reason": "Typed with care"})):
        answer = decide(mo, opening, verb, seen, **data)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 409
        assert "the posting changed while you looked at it" in page
        assert "Send us 50 dollars" in page
    assert "Typed with care" in page
    assert fresh(opening).title == "Inpatient coder"
    assert fresh(opening).pending_revision_id is not None


def test_of_two_moderators_the_second_is_told(waiting: Posting, mo: Player, app) -> None:
    second = signed_in(app, "Moe", is_moderator=True)
    seen = fresh(waiting).version
    assert decide(mo, waiting, "approve", seen).status_code == 303
    answer = decide(second, waiting, "return", seen, reason="Too vague")
    assert answer.status_code == 409
    assert fresh(waiting).state == State.OPEN
    assert letters("posting_returned") == []
    edit_free = decide(second, waiting, "approve")
    assert edit_free.status_code == 409
    assert "Nothing of this posting waits for approval" in edit_free.get_data(as_text=True)


def test_mo_takes_an_open_posting_down_at_once(
    opening: Posting, mo: Player, visitor: Player, ana: Player
) -> None:
    assert decide(mo, opening, "take-down", reason=" ").status_code == 422
    assert visible(opening.id).sight is Sight.OPEN
    assert decide(mo, opening, "take-down", reason="It asks for a fee.").status_code == 303
    assert visible(opening.id).sight is Sight.GONE
    assert visitor.get(f"/jobs/{opening.id}/apply").status_code == 410
    assert ana.post(f"/jobs/{opening.id}/apply", {"message": "Me"}).status_code == 410
    assert all("It asks for a fee." in one.text for one in letters("posting_removed"))
    assert len(letters("posting_removed")) == 2
    assert decide(mo, opening, "take-down", reason="Again").status_code == 409


def test_nobody_moderates_a_posting_of_their_own_company(
    waiting: Posting, opening: Posting, mercy: Company, mo: Player, eve: Player, app
) -> None:
    edit(opening, eve, title="Trauma coder")
    join_company(fresh(mercy), mo)
    other = signed_in(app, "Moe", is_moderator=True)
    assert "Inpatient coder" in other.get("/moderation").get_data(as_text=True)
    page = mo.get("/moderation").get_data(as_text=True)
    assert "Inpatient coder" not in page
    assert "2 more are of a company you speak for" in page
    for posting in (waiting, opening):
        looked = mo.get(f"/moderation/postings/{posting.id}")
        assert looked.status_code == 403
        assert "nobody moderates their own company" in looked.get_data(as_text=True)
        for verb in ("approve", "return", "take-down"):
            assert decide(mo, posting, verb, reason="Mine").status_code == 403
    assert fresh(waiting).state == State.IN_REVIEW
    assert fresh(opening).title == "Inpatient coder"
    assert fresh(opening).state == State.OPEN


def test_an_agencys_people_do_not_moderate_for_their_clients(
    mercy: Company, eve: Player, olga: Player, mo: Player
) -> None:
    agency = company_of(olga, "Lakeside Staffing", is_agency=True)
    posting = in_review(fresh(mercy), eve, posted_by_company_id=agency.id)
    join_company(fresh(agency), mo)
    assert decide(mo, posting, "approve").status_code == 403
    assert fresh(posting).state == State.IN_REVIEW


def test_strangers_find_no_moderation(
    waiting: Posting, mo: Player, ana: Player, eve: Player, visitor: Player
) -> None:
    assert mo.get(f"/moderation/postings/{waiting.id}").status_code == 200
    paths = ["/moderation", f"/moderation/postings/{waiting.id}"]
    for stranger in (ana, eve):
        for path in paths:
            assert stranger.get(path).status_code == 404
        for verb in ("approve", "return", "take-down"):
            assert decide(stranger, waiting, verb, reason="Please").status_code == 404
    assert visitor.get("/moderation").location.startswith("/sign-in")
    assert decide(visitor, waiting, "approve").location.startswith("/sign-in")
    assert fresh(waiting).state == State.IN_REVIEW


def test_a_draft_is_nobodys_business(mercy: Company, eve: Player, mo: Player) -> None:
    posting = in_review(mercy, eve)
    postings.take_back(fresh(posting), person_id=eve.person_id)
    db.session.commit()
    assert mo.get(f"/moderation/postings/{posting.id}").status_code == 404
    late = decide(mo, posting, "approve")
    assert late.status_code == 409
    assert "with its people again" in late.get_data(as_text=True)
    assert fresh(posting).state == State.DRAFT
    assert mo.get("/moderation/postings/99999").status_code == 404


def test_a_decision_without_a_version_is_asked_again(waiting: Posting, mo: Player) -> None:
    assert mo.post(f"/moderation/postings/{waiting.id}/approve").status_code == 400
    assert fresh(waiting).state == State.IN_REVIEW
