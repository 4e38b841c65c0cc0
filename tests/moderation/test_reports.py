"""Anybody reports; moderators look."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from jobboard.database import db
from jobboard.employers.models import Company
from jobboard.moderation import actions
from jobboard.postings import actions as postings
from jobboard.postings.models import Posting, PostingReport, State
from tests.applications.openings import fresh, in_review, join_company
from tests.conftest import Player, signed_in


def reports() -> list[PostingReport]:
    db.session.expire_all()
    return list(db.session.scalars(select(PostingReport).order_by(PostingReport.id)))


@pytest.mark.parametrize("kind", ["scam", "not-real", "discriminatory", "wrong-state", "expired"])
def test_a_visitor_reports_in_every_kind(opening: Posting, visitor: Player, kind: str) -> None:
    assert visitor.get(f"/jobs/{opening.id}/report").status_code == 200
    answer = visitor.post(f"/jobs/{opening.id}/report", {"kind": kind, "note": "They want a check cashed"})
    assert answer.status_code == 303
    (report,) = reports()
    assert (report.kind, report.note, report.person_id) == (kind, "They want a check cashed", None)
    assert "127.0.0.1" not in str(vars(report))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Please say what is wrong"),
        ({"kind": "ugly"}, "Not a valid choice"),
        ({"kind": "scam", "note": "x" * 2001}, "keep it to 2,000 characters"),
    ],
)
def test_a_report_that_says_nothing_is_refused(
    opening: Posting, visitor: Player, data: dict, words: str
) -> None:
    answer = visitor.post(f"/jobs/{opening.id}/report", data)
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert reports() == []


def test_one_reporter_has_one_open_report_on_a_posting(
    opening: Posting, visitor: Player, ana: Player
) -> None:
    for note in ("first", "second"):
        visitor.post(f"/jobs/{opening.id}/report", {"kind": "scam", "note": note})
        ana.post(f"/jobs/{opening.id}/report", {"kind": "expired", "note": note})
    assert [(one.person_id, one.note) for one in reports()] == [(None, "second"), (ana.person_id, "second")]


def test_only_what_is_listed_can_be_reported(
    mercy: Company, opening: Posting, eve: Player, visitor: Player
) -> None:
    waiting = in_review(mercy, eve)
    postings.close(fresh(opening), person_id=None, reason="filled")
    db.session.commit()
    for number, status in ((waiting.id, 404), (99999, 404), (opening.id, 410)):
        assert visitor.get(f"/jobs/{number}/report").status_code == status
        assert visitor.post(f"/jobs/{number}/report", {"kind": "scam"}).status_code == status
    assert reports() == []


def test_mo_reads_and_dismisses_what_was_seen(
    opening: Posting, visitor: Player, ana: Player, ben: Player, mo: Player
) -> None:
    visitor.post(f"/jobs/{opening.id}/report", {"kind": "scam", "note": "A fee is asked"})
    ana.post(f"/jobs/{opening.id}/report", {"kind": "expired", "note": ""})
    page = mo.get("/moderation/reports").get_data(as_text=True)
    for words in ("Inpatient coder", "Scam", "A fee is asked", "a visitor", "Ana"):
        assert words in page
    seen = reports()[-1].id
    ben.post(f"/jobs/{opening.id}/report", {"kind": "scam", "note": "Came later"})
    mo.post(f"/moderation/postings/{opening.id}/dismiss", {"up_to": str(seen)})
    assert [one.outcome for one in reports()] == ["dismissed", "dismissed", ""]
    assert "Came later" in mo.get("/moderation/reports").get_data(as_text=True)
    visitor.post(f"/jobs/{opening.id}/report", {"kind": "scam", "note": "Still so"})
    assert len(reports()) == 4


def test_taking_down_handles_the_reports_too(opening: Posting, visitor: Player, mo: Player) -> None:
    visitor.post(f"/jobs/{opening.id}/report", {"kind": "scam"})
    assert "Scam" in mo.get(f"/moderation/postings/{opening.id}").get_data(as_text=True)
    mo.post(f"/moderation/postings/{opening.id}/take-down", {"reason": "A scam"})
    (report,) = reports()
    assert (report.outcome, report.handled_by_id, report.open_key) == ("taken_down", mo.person_id, None)
    assert "No reports" in mo.get("/moderation/reports").get_data(as_text=True)
    assert fresh(opening).state == State.CLOSED


def test_the_companys_own_moderator_neither_reads_nor_handles_reports(
    opening: Posting, mercy: Company, ana: Player, mo: Player, app
) -> None:
    ana.post(f"/jobs/{opening.id}/report", {"kind": "scam", "note": "Eve asked me for money"})
    other = signed_in(app, "Moe", is_moderator=True)
    join_company(fresh(mercy), mo)
    assert "Eve asked me" in other.get("/moderation/reports").get_data(as_text=True)
    assert "Eve asked me" not in mo.get("/moderation/reports").get_data(as_text=True)
    assert mo.post(f"/moderation/postings/{opening.id}/dismiss", {"up_to": "99"}).status_code == 403
    assert reports()[0].handled_at is None


def test_strangers_handle_no_reports(opening: Posting, ana: Player, eve: Player, visitor: Player) -> None:
    visitor.post(f"/jobs/{opening.id}/report", {"kind": "scam"})
    for stranger in (ana, eve):
        assert stranger.get("/moderation/reports").status_code == 404
        assert stranger.post(f"/moderation/postings/{opening.id}/dismiss", {"up_to": "99"}).status_code == 404
    assert reports()[0].handled_at is None


def test_a_twin_report_at_the_same_instant_is_one(opening: Posting, monkeypatch) -> None:
    posting = fresh(opening)
    actions.report(posting, "scam", "one", person_id=None, address="192.0.2.7")
    db.session.commit()
    monkeypatch.setattr(actions.queries, "open_report_by", lambda key: None)
    actions.report(fresh(opening), "scam", "two", person_id=None, address="192.0.2.7")
    db.session.commit()
    assert [one.note for one in reports()] == ["one"]
