"""Who sees what of an application, and the way it goes."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from jobboard import clock
from jobboard.applications.models import Application, Document, Status
from jobboard.applications.rules import ARROWS, Side
from jobboard.database import db
from jobboard.employers.models import Company
from jobboard.mail.models import Letter
from jobboard.postings import actions as postings
from jobboard.postings.models import Posting
from tests.applications.openings import PDF, company_of, fresh, join_company, opened, upload
from tests.conftest import Player


@pytest.fixture
def applied(opening: Posting, ana: Player) -> Application:
    """Ana's application with a message and a résumé."""
    ana.post(f"/jobs/{opening.id}/apply", {"message": "I code trauma charts.", "resume": upload()})
    return the_application()


def the_application() -> Application:
    db.session.expire_all()
    return db.session.scalars(select(Application)).one()


def letters(kind: str) -> list[Letter]:
    db.session.expire_all()
    return list(db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def move(player: Player, application: Application, status: str, version: int | None = None):
    seen = fresh(application).version if version is None else version
    return player.post(f"/applications/{application.id}/status", {"status": status, "version": str(seen)})


def test_the_company_lists_reads_and_downloads(applied: Application, eve: Player, max_: Player) -> None:
    listing = eve.get(f"/postings/{applied.posting_id}/applications").get_data(as_text=True)
    assert "1 person applied" in listing
    assert "unread" in listing
    page = max_.get(f"/applications/{applied.id}").get_data(as_text=True)
    assert "I code trauma charts." in page
    assert the_application().first_read_at is not None
    assert "unread" not in eve.get(f"/postings/{applied.posting_id}/applications").get_data(as_text=True)
    assert eve.get(f"/applications/{applied.id}/resume", buffered=True).data == PDF


def test_reading_is_remembered_once_and_disturbs_nobody(
    applied: Application, eve: Player, max_: Player, ana: Player
) -> None:
    version = applied.version
    eve.get(f"/applications/{applied.id}")
    first = the_application().first_read_at
    max_.get(f"/applications/{applied.id}")
    assert the_application().first_read_at == first
    assert the_application().version == version
    assert "Read by the company" in ana.get(f"/applications/{applied.id}").get_data(as_text=True)


def test_a_resume_leaves_as_an_attachment_that_nothing_runs(applied: Application, eve: Player) -> None:
    answer = eve.get(f"/applications/{applied.id}/resume", buffered=True)
    assert answer.headers["Content-Disposition"] == "attachment; filename=resume.pdf"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_strangers_find_nothing_and_change_nothing(
    applied: Application, ana: Player, ben: Player, olga: Player, mo: Player, eve: Player, visitor: Player
) -> None:
    """Another candidate, another employer and the moderator: not a word, not a file, not a button."""
    company_of(olga, "Lakeside Clinic")
    document = applied.document_id
    assert ana.get(f"/applications/resumes/{document}", buffered=True).status_code == 200
    for stranger in (ben, olga, mo):
        for path in (
            f"/applications/{applied.id}",
            f"/applications/{applied.id}/resume",
            f"/applications/resumes/{document}",
            f"/postings/{applied.posting_id}/applications",
        ):
            assert stranger.get(path).status_code == 404, (stranger.name, path)
        assert move(stranger, applied, "hired").status_code == 404
        assert stranger.post(f"/applications/{applied.id}/withdraw").status_code == 404
        assert stranger.post(f"/applications/resumes/{document}/remove").status_code == 404
    assert eve.get(f"/applications/resumes/{document}").status_code == 404
    assert eve.post(f"/applications/{applied.id}/withdraw").status_code == 404
    assert move(ana, applied, "hired").status_code == 404
    for path in (f"/applications/{applied.id}", f"/applications/{applied.id}/resume", "/applications"):
        assert visitor.get(path).location.startswith("/sign-in")
    assert visitor.post(f"/applications/{applied.id}/withdraw").location.startswith("/sign-in")
    assert the_application().status == Status.NEW
    assert db.session.scalars(select(Document)).one().id == document


def test_one_who_left_the_company_reads_no_more(applied: Application, max_: Player, mercy: Company) -> None:
    assert max_.get(f"/applications/{applied.id}").status_code == 200
    company = fresh(mercy)
    company.members = [one for one in company.members if one.person_id != max_.person_id]
    db.session.commit()
    assert max_.get(f"/applications/{applied.id}").status_code == 404
    assert max_.get(f"/applications/{applied.id}/resume").status_code == 404


def test_people_of_a_suspended_company_read_nothing(
    applied: Application, eve: Player, mercy: Company
) -> None:
    fresh(mercy).suspended_at = clock.now()
    db.session.commit()
    assert eve.get(f"/applications/{applied.id}").status_code == 404
    assert eve.get(f"/applications/{applied.id}/resume").status_code == 404
    assert eve.get(f"/postings/{applied.posting_id}/applications").status_code == 404


def test_an_agency_manages_what_it_posts(
    mercy: Company, eve: Player, olga: Player, mo: Player, ana: Player
) -> None:
    agency = company_of(olga, "Lakeside Staffing", is_agency=True)
    placed = opened(fresh(mercy), eve, mo, posted_by_company_id=agency.id)
    ana.post(f"/jobs/{placed.id}/apply", {"message": "Hello"})
    application = the_application()
    assert olga.get(f"/applications/{application.id}").status_code == 200
    assert eve.get(f"/applications/{application.id}").status_code == 404
    assert [one.to_address for one in letters("new_application")] == [olga.email]


def test_the_company_takes_it_step_by_step_and_the_candidate_is_told(
    applied: Application, eve: Player, ana: Player
) -> None:
    for status in ("in_review", "interview", "offer", "hired"):
        assert move(eve, applied, status).status_code == 302
    assert the_application().status == Status.HIRED
    told = letters("status_changed")
    assert [one.to_address for one in told] == [ana.email] * 4
    assert "Congratulations" in told[-1].text
    page = ana.get(f"/applications/{applied.id}").get_data(as_text=True)
    for words in ("Sent", "In review", "Interview", "Offer", "Hired"):
        assert f'<p class="step-label">{words}</p>' in page


def test_the_company_takes_exactly_the_arrows_of_the_table(applied: Application, eve: Player) -> None:
    for start in Status:
        for end in Status:
            fresh(applied).status = start
            db.session.commit()
            allowed = any(a.start == start and a.end == end and a.by is Side.COMPANY for a in ARROWS)
            assert move(eve, applied, end).status_code == (302 if allowed else 409), (start, end)
            assert the_application().status == (end if allowed else start), (start, end)


def test_a_candidate_withdraws_while_it_is_live(applied: Application, ana: Player) -> None:
    for start in Status:
        fresh(applied).status = start
        db.session.commit()
        ana.post(f"/applications/{applied.id}/withdraw")
        live = start in {Status.NEW, Status.IN_REVIEW, Status.INTERVIEW, Status.OFFER}
        assert the_application().status == (Status.WITHDRAWN if live else start)


def test_after_withdrawing_the_company_sees_that_and_no_more(
    applied: Application, ana: Player, eve: Player
) -> None:
    assert "I code trauma charts." in eve.get(f"/applications/{applied.id}").get_data(as_text=True)
    ana.post(f"/applications/{applied.id}/withdraw")
    page = eve.get(f"/applications/{applied.id}").get_data(as_text=True)
    assert "Ana withdrew this application" in page
    assert "I code trauma charts." not in page
    assert eve.get(f"/applications/{applied.id}/resume").status_code == 404
    assert ana.get(f"/applications/{applied.id}/resume", buffered=True).data == PDF
    assert "Withdrawn" in eve.get(f"/postings/{applied.posting_id}/applications").get_data(as_text=True)


def test_of_two_colleagues_the_second_is_told(applied: Application, eve: Player, max_: Player) -> None:
    seen = applied.version
    assert move(eve, applied, "interview", seen).status_code == 302
    late = move(max_, applied, "not_selected", seen)
    assert late.status_code == 409
    assert "has moved on since you opened it" in late.get_data(as_text=True)
    assert the_application().status == Status.INTERVIEW


def test_a_wrong_status_is_refused(applied: Application, eve: Player) -> None:
    assert move(eve, applied, "promoted").status_code == 400
    answer = eve.post(f"/applications/{applied.id}/status", {"status": "in_review", "version": "x"})
    assert answer.status_code == 400
    assert the_application().status == Status.NEW


def test_the_list_filters_by_status_and_says_when_it_is_empty(
    applied: Application, eve: Player, mercy: Company, mo: Player
) -> None:
    path = f"/postings/{applied.posting_id}/applications"
    assert "Ana" in eve.get(f"{path}?status=new").get_data(as_text=True)
    assert "None in this list" in eve.get(f"{path}?status=hired").get_data(as_text=True)
    assert "Ana" in eve.get(f"{path}?status=nonsense&page=0").get_data(as_text=True)
    other = opened(fresh(mercy), eve, mo, title="Auditor")
    assert "Nobody has applied yet" in eve.get(f"/postings/{other.id}/applications").get_data(as_text=True)


def test_the_posting_stays_as_it_was_for_the_candidate(applied: Application, ana: Player, mo: Player) -> None:
    posting = fresh(applied.posting)
    posting.title, posting.description = "Something else", "Other words"
    db.session.commit()
    page = ana.get(f"/applications/{applied.id}").get_data(as_text=True)
    assert "trauma center" in page
    assert "Something else" not in page
    postings.take_down(fresh(posting), person_id=mo.person_id, reason="A scam")
    db.session.commit()
    page = ana.get(f"/applications/{applied.id}").get_data(as_text=True)
    assert "trauma center" in page
    assert "It is closed since" in page
    assert "A scam" not in page


def test_closing_tells_those_who_wait_and_nobody_else(
    applied: Application, ana: Player, ben: Player, opening: Posting
) -> None:
    ben.post(f"/jobs/{opening.id}/apply", {"message": "Me too"})
    bens = db.session.scalars(select(Application).where(Application.person_id == ben.person_id)).one()
    ben.post(f"/applications/{bens.id}/withdraw")
    postings.close(fresh(opening), person_id=None, reason="filled")
    db.session.commit()
    (told,) = letters("posting_closed")
    assert told.to_address == ana.email
    assert "The opening was filled." in told.text


def test_a_resume_with_a_company_stays_until_it_is_withdrawn(applied: Application, ana: Player) -> None:
    document = applied.document_id
    ana.post(f"/applications/resumes/{document}/remove")
    assert db.session.get(Document, document) is not None
    assert "with a company" in ana.get("/applications/resumes").get_data(as_text=True)
    ana.post(f"/applications/{applied.id}/withdraw")
    ana.post(f"/applications/resumes/{document}/remove")
    db.session.expire_all()
    assert db.session.get(Document, document) is None
    assert the_application().document_id is None
    assert "No résumés yet" in ana.get("/applications/resumes").get_data(as_text=True)


def test_a_moderator_learns_only_how_many_applied(applied: Application, mo: Player, mercy: Company) -> None:
    page = mo.get(f"/moderation/postings/{applied.posting_id}").get_data(as_text=True)
    assert "<dt>Applications</dt><dd>1</dd>" in page
    assert "I code trauma charts." not in page
    assert "resume.pdf" not in page
    join_company(fresh(mercy), mo)
    assert mo.get(f"/applications/{applied.id}").status_code == 200


def test_empty_lists_say_what_to_do(ana: Player) -> None:
    assert "No applications yet" in ana.get("/applications").get_data(as_text=True)
    assert "No résumés yet" in ana.get("/applications/resumes").get_data(as_text=True)
