"""Inviting, accepting, roles and leaving."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest

from jobboard import clock
from jobboard.database import db
from jobboard.employers import actions, queries, rules
from jobboard.employers.models import CompanyInvitation, CompanyMember
from jobboard.employers.rules import NotAllowed
from jobboard.mail.models import Letter
from tests.employers.test_companies import words

PEOPLE = "/employers/mercy-hospital/people"


def link() -> str:
    """The path in the newest letter of invitation."""
    letter = db.session.scalars(db.select(Letter).order_by(Letter.id.desc())).first()
    assert letter.kind == "invitation"
    return re.search(r"http://localhost(/invitations/\S+)", letter.text)[1]


def test_an_invited_person_accepts_and_speaks_for_the_company(eve, mercy, max_):
    answer = eve.post(PEOPLE, {"email": "Max@Example.org", "role": "recruiter"})
    assert answer.status_code == 303
    path = link()
    page = max_.get(path)
    assert "Invitation to Mercy Hospital" in words(page)
    assert f'action="{path}"' in page.get_data(as_text=True)
    assert max_.post(path).location == "/employers/mine"
    assert [person.name for person in queries.people_of(mercy.id)] == ["Eve", "Max"]
    assert db.session.query(CompanyInvitation).count() == 0
    assert max_.get(path).status_code == 404


def test_a_visitor_with_the_link_is_led_to_joining_and_back(eve, mercy, visitor):
    eve.post(PEOPLE, {"email": "new@example.org", "role": "recruiter"})
    path = link()
    page = visitor.get(path).get_data(as_text=True)
    assert f"/join?next={path}" in unquote(page)
    assert visitor.post(path).location.startswith("/sign-in")


def test_a_forwarded_invitation_admits_nobody(eve, mercy, olga):
    eve.post(PEOPLE, {"email": "max@example.org", "role": "owner"})
    path = link()
    assert "another address" in words(olga.get(path))
    assert olga.post(path).location == path
    assert not queries.speaks_for(olga.person_id, mercy.id)


def test_an_invitation_lasts_two_weeks(eve, mercy, max_):
    eve.post(PEOPLE, {"email": "max@example.org", "role": "recruiter"})
    path = link()
    with clock.moved_by(timedelta(days=14, minutes=1)):
        assert "too old" in words(max_.get(path))
        max_.post(path)
    assert not queries.speaks_for(max_.person_id, mercy.id)


def test_a_wrong_token_leads_nowhere(max_, mercy):
    assert max_.get("/invitations/nothing").status_code == 404
    assert max_.post("/invitations/nothing").status_code == 404


def test_a_second_invitation_replaces_the_first(eve, mercy, max_):
    eve.post(PEOPLE, {"email": "max@example.org", "role": "recruiter"})
    first = link()
    eve.post(PEOPLE, {"email": "MAX@example.org", "role": "owner"})
    assert max_.get(first).status_code == 404
    assert max_.get(link()).status_code == 200


def test_an_invitation_can_be_called_back(eve, mercy, max_):
    eve.post(PEOPLE, {"email": "max@example.org", "role": "recruiter"})
    path, number = link(), db.session.scalars(db.select(CompanyInvitation.id)).one()
    assert eve.post(f"/employers/mercy-hospital/invitations/{number}/call-back").status_code == 303
    assert max_.get(path).status_code == 404


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"email": "", "role": "owner"}, "Give the address"),
        ({"email": "nobody", "role": "owner"}, "Mail address"),
        ({"email": "new@example.org", "role": "king"}, "Not a valid choice"),
        ({"email": "eve@example.org", "role": "owner"}, "already speaks"),
    ],
)
def test_a_wrong_invitation_is_named_and_not_sent(eve, mercy, fields, complaint):
    answer = eve.post(PEOPLE, fields)
    assert answer.status_code == 400
    assert complaint in words(answer)
    assert db.session.query(Letter).count() == 0


def test_a_recruiter_sees_the_people_and_manages_none(colleague, eve, mercy):
    page = words(colleague.get(PEOPLE))
    assert "eve@example.org" in page
    assert "Invite a colleague" not in page
    assert colleague.post(PEOPLE, {"email": "new@example.org", "role": "owner"}).status_code == 404
    assert colleague.post(f"{PEOPLE}/{eve.person_id}/remove").status_code == 404
    assert colleague.post(f"{PEOPLE}/{colleague.person_id}/role", {"role": "owner"}).status_code == 404
    assert db.session.query(CompanyInvitation).count() == 0


def test_a_recruiter_may_leave(colleague, mercy):
    assert colleague.post(f"{PEOPLE}/{colleague.person_id}/remove").location == "/employers/mine"
    assert not queries.speaks_for(colleague.person_id, mercy.id)


def test_the_last_owner_cannot_leave_or_become_a_recruiter(eve, colleague, mercy):
    for path, data in (
        (f"{PEOPLE}/{eve.person_id}/remove", {}),
        (f"{PEOPLE}/{eve.person_id}/role", {"role": "recruiter"}),
    ):
        assert eve.post(path, data).location == PEOPLE
        assert "owner" in words(eve.get(PEOPLE))
    roles = dict(db.session.execute(db.select(CompanyMember.person_id, CompanyMember.role)).all())
    assert roles[eve.person_id] == "owner"
    assert eve.post(f"{PEOPLE}/{colleague.person_id}/role", {"role": "owner"}).status_code == 303
    assert eve.post(f"{PEOPLE}/{eve.person_id}/remove").location == "/employers/mine"
    assert [person.name for person in queries.people_of(mercy.id)] == ["Max"]


def test_whether_an_owner_is_the_last_one_is_a_question_of_the_others():
    eve = CompanyMember(person_id=1, role="owner")
    max_ = CompanyMember(person_id=2, role="recruiter")
    assert rules.is_last_owner(eve, [eve, max_])
    assert not rules.is_last_owner(max_, [eve, max_])
    max_.role = "owner"
    assert not rules.is_last_owner(eve, [eve, max_])


def test_suspended_people_get_no_letters_of_the_company(mercy, colleague):
    colleague.person.suspended_at = clock.now()
    db.session.commit()
    assert [person.name for person in queries.people_of(mercy.id)] == ["Eve"]


def test_accepting_twice_changes_nothing(eve, mercy, max_):
    actions.invite(mercy, "max@example.org", "owner", eve.person)
    db.session.add(CompanyMember(company_id=mercy.id, person_id=max_.person_id, role="recruiter"))
    db.session.commit()
    assert max_.post(link()).status_code == 303
    member = db.session.scalars(
        db.select(CompanyMember).where(CompanyMember.person_id == max_.person_id)
    ).one()
    assert member.role == "recruiter"


def test_who_does_not_speak_for_the_company_has_no_role(mercy):
    with pytest.raises(NotAllowed):
        actions.set_role(mercy, 999, "owner")


def test_long_names_are_shown_whole(mercy, eve, colleague):
    colleague.person.name = "B" * 120
    db.session.commit()
    assert "B" * 120 in words(eve.get(PEOPLE))
