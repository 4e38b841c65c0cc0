"""Applying, with the cast at the pages."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from sqlalchemy import select

from jobboard.applications.models import Application, Document, WentToApply
from jobboard.database import db
from jobboard.employers.models import Company
from jobboard.mail.models import Letter
from jobboard.postings import actions as postings
from jobboard.postings.models import Posting
from tests.applications.openings import PDF, docx, fresh, in_review, opened, upload
from tests.conftest import Player


def applications() -> list[Application]:
    db.session.expire_all()
    return list(db.session.scalars(select(Application).order_by(Application.id)))


def letters(kind: str) -> list[Letter]:
    db.session.expire_all()
    return list(db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def test_ana_applies_with_a_message_and_a_pdf(opening: Posting, ana: Player, app) -> None:
    assert ana.get(f"/jobs/{opening.id}/apply").status_code == 200
    answer = ana.post(f"/jobs/{opening.id}/apply", {"message": "I code DRGs.", "resume": upload()})
    assert answer.status_code == 303
    (application,) = applications()
    assert answer.location == f"/applications/{application.id}"
    assert application.message == "I code DRGs."
    assert application.document.file_name == "resume.pdf"
    assert application.posting_then["title"] == "Inpatient coder"
    page = ana.get(answer.location).get_data(as_text=True)
    assert "I code DRGs." in page
    assert "Your application was sent" in page
    assert ana.get(f"/applications/{application.id}/resume", buffered=True).data == PDF
    assert "Inpatient coder" in ana.get("/applications").get_data(as_text=True)


def test_both_sides_get_letters_without_message_or_resume(opening: Posting, ana: Player) -> None:
    ana.post(f"/jobs/{opening.id}/apply", {"message": "A secret word: marzipan.", "resume": upload()})
    (to_ana,) = letters("application_received")
    to_company = letters("new_application")
    assert to_ana.to_address == ana.email
    assert sorted(one.to_address for one in to_company) == ["eve@example.org", "max@example.org"]
    for letter in (to_ana, *to_company):
        assert "marzipan" not in letter.text + letter.html
        assert "http://localhost/applications/" in letter.text
        assert "Why you got this" in letter.text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "write a message, choose a résumé, or do both"),
        ({"message": "   "}, "write a message, choose a résumé, or do both"),
        ({"message": "x" * 5001}, "keep it to 5,000 characters"),
        ({"message": "Hello", "resume": (b"", "cv.pdf")}, "The file is empty"),
        ({"message": "Hello", "resume": (b"MZ\x00\x01\x02", "cv.pdf")}, "neither PDF, DOCX nor plain text"),
        ({"message": "Hello", "resume": (b"%PDF-1.7" + b"x" * 5_300_000, "cv.pdf")}, "up to 5 MB are taken"),
        ({"message": "Hello", "document": "999"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_sent_is_said_and_the_message_kept(
    opening: Posting, ana: Player, data: dict, words: str
) -> None:
    if "resume" in data:
        data = {**data, "resume": upload(*data["resume"])}
    answer = ana.post(f"/jobs/{opening.id}/apply", data)
    # The test client leaves a large body open.
    answer.request.environ["wsgi.input"].close()
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in page
    assert data.get("message", "").strip() in page
    assert applications() == []
    assert db.session.scalars(select(Document)).all() == []


def test_a_docx_and_a_text_are_told_by_their_content(opening: Posting, ana: Player, ben: Player) -> None:
    ana.post(f"/jobs/{opening.id}/apply", {"resume": upload(docx(), "cv.pdf")})
    ben.post(f"/jobs/{opening.id}/apply", {"resume": upload("Résumé of Ben".encode(), "cv.exe")})
    first, second = applications()
    assert first.document.file_name == "cv.docx"
    assert second.document.file_name == "cv.txt"
    assert second.document.media_type == "text/plain"


def test_an_earlier_resume_can_be_chosen_again(
    opening: Posting, mercy: Company, eve: Player, mo: Player, ana: Player
) -> None:
    other = opened(mercy, eve, mo, title="Outpatient coder")
    ana.post(f"/jobs/{opening.id}/apply", {"resume": upload()})
    document = applications()[0].document
    page = ana.get(f"/jobs/{other.id}/apply").get_data(as_text=True)
    assert re.search(rf'value="{document.id}" checked', page)
    ana.post(f"/jobs/{other.id}/apply", {"document": str(document.id)})
    assert applications()[1].document_id == document.id
    assert len(db.session.scalars(select(Document)).all()) == 1


def test_nobody_chooses_the_resume_of_another(opening: Posting, ana: Player, ben: Player) -> None:
    ana.post(f"/jobs/{opening.id}/apply", {"resume": upload()})
    theirs = applications()[0].document_id
    assert ben.post(f"/jobs/{opening.id}/apply", {"document": str(theirs)}).status_code == 422
    assert len(applications()) == 1


def test_applying_again_is_answered_kindly(opening: Posting, ana: Player) -> None:
    ana.post(f"/jobs/{opening.id}/apply", {"message": "First"})
    again = ana.post(f"/jobs/{opening.id}/apply", {"message": "Second", "resume": upload()})
    assert again.status_code == 409
    assert "You have already applied" in again.get_data(as_text=True)
    looked = ana.get(f"/jobs/{opening.id}/apply")
    assert looked.status_code == 200
    assert f"/applications/{applications()[0].id}" in looked.get_data(as_text=True)
    assert [one.message for one in applications()] == ["First"]
    assert len(letters("application_received")) == 1


def test_a_visitor_types_joins_and_finds_the_message_kept(
    opening: Posting, visitor: Player, ana: Player
) -> None:
    page = visitor.get(f"/jobs/{opening.id}/apply").get_data(as_text=True)
    assert "You choose your résumé then" in page
    answer = visitor.post(f"/jobs/{opening.id}/apply", {"message": "Twelve years of DRGs", "go": "join"})
    assert answer.status_code == 303
    door, _, back = answer.location.partition("?next=")
    assert door == "/join"
    back = unquote(back)
    # Another browser, as where the letter is opened on a phone: the address alone brings the text back.
    assert "Twelve years of DRGs" in ana.get(back).get_data(as_text=True)
    sent = ana.post(back, {"message": "Twelve years of DRGs"})
    assert sent.status_code == 303
    assert "Twelve years" not in ana.get(f"/jobs/{opening.id}/apply?{back.partition('?')[2]}").get_data(
        as_text=True
    )
    assert applications()[0].person_id == ana.person_id


def test_a_visitor_with_an_account_is_led_to_sign_in(opening: Posting, visitor: Player) -> None:
    answer = visitor.post(f"/jobs/{opening.id}/apply", {"message": "", "go": "sign_in"})
    assert answer.location == f"/sign-in?next=/jobs/{opening.id}/apply"
    assert applications() == []


def test_a_draft_belongs_to_its_posting(
    opening: Posting, mercy: Company, eve: Player, mo: Player, visitor: Player, ana: Player
) -> None:
    other = opened(mercy, eve, mo, title="Outpatient coder")
    answer = visitor.post(f"/jobs/{opening.id}/apply", {"message": "Only for the first", "go": "join"})
    token = answer.location.rpartition("%3D")[2]
    assert token
    assert "Only for the first" in ana.get(f"/jobs/{opening.id}/apply?draft={token}").get_data(as_text=True)
    assert "Only for the first" not in ana.get(f"/jobs/{other.id}/apply?draft={token}").get_data(as_text=True)


def test_the_companys_own_people_do_not_apply(opening: Posting, eve: Player, max_: Player) -> None:
    for player in (eve, max_):
        answer = player.post(f"/jobs/{opening.id}/apply", {"message": "Me"})
        assert answer.status_code == 403
        assert "your own company" in answer.get_data(as_text=True)
    assert applications() == []


def test_a_closed_posting_takes_no_more(opening: Posting, ana: Player, mo: Player) -> None:
    postings.close(fresh(opening), person_id=None, reason="filled")
    db.session.commit()
    assert ana.get(f"/jobs/{opening.id}/apply").status_code == 410
    assert ana.post(f"/jobs/{opening.id}/apply", {"message": "Me"}).status_code == 410
    assert applications() == []


def test_a_draft_posting_and_none_are_not_there(mercy: Company, eve: Player, ana: Player) -> None:
    waiting = in_review(mercy, eve)
    for number in (waiting.id, 99999):
        assert ana.get(f"/jobs/{number}/apply").status_code == 404
        assert ana.post(f"/jobs/{number}/apply", {"message": "Me"}).status_code == 404
        assert ana.get(f"/jobs/{number}/leave").status_code == 404
    assert applications() == []


def test_a_company_without_people_takes_none(opening: Posting, mercy: Company, ana: Player) -> None:
    company = fresh(mercy)
    company.members.clear()
    db.session.commit()
    answer = ana.post(f"/jobs/{opening.id}/apply", {"message": "Me"})
    assert answer.status_code == 409
    assert "Nobody of Mercy Hospital reads" in answer.get_data(as_text=True)
    assert applications() == []


def test_leaving_shows_the_host_and_is_remembered(
    mercy: Company, eve: Player, mo: Player, ana: Player, visitor: Player
) -> None:
    away = opened(mercy, eve, mo, apply_by="address", apply_url="https://jobs.example.com/42?ref=board")
    assert ana.get(f"/jobs/{away.id}/apply").location == f"/jobs/{away.id}/leave"
    page = ana.get(f"/jobs/{away.id}/leave")
    assert "jobs.example.com" in page.get_data(as_text=True)
    assert "form-action 'self' https://jobs.example.com;" in page.headers["Content-Security-Policy"]
    assert visitor.post(f"/jobs/{away.id}/leave").location == "https://jobs.example.com/42?ref=board"
    assert db.session.scalars(select(WentToApply)).all() == []
    for _ in range(2):
        assert ana.post(f"/jobs/{away.id}/leave").location == "https://jobs.example.com/42?ref=board"
    (departure,) = db.session.scalars(select(WentToApply)).all()
    assert departure.person_id == ana.person_id
    assert "Where you went to apply" in ana.get("/applications").get_data(as_text=True)
    assert ana.post(f"/jobs/{away.id}/apply", {"message": "Me"}).status_code == 409
    assert applications() == []


@pytest.mark.parametrize(
    "target",
    ["https://jobs..example.com/", "https://jobs.example.com;script-src", "https://[::1", "https:///x"],
)
def test_an_address_whose_host_there_cannot_be_leads_nowhere(
    mercy: Company, eve: Player, mo: Player, visitor: Player, target: str
) -> None:
    away = opened(mercy, eve, mo, apply_by="address", apply_url=target)
    assert visitor.get(f"/jobs/{away.id}/leave").status_code == 404
    assert visitor.post(f"/jobs/{away.id}/leave").status_code == 404


def test_by_mail_is_said_with_the_address(mercy: Company, eve: Player, mo: Player, ana: Player) -> None:
    by_mail = opened(mercy, eve, mo, apply_by="mail", apply_email="jobs@mercy.example.org")
    page = ana.get(f"/jobs/{by_mail.id}/apply")
    assert page.status_code == 409
    assert "mailto:jobs@mercy.example.org" in page.get_data(as_text=True)
    assert ana.get(f"/jobs/{by_mail.id}/leave").status_code == 404
