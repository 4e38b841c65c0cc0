"""What a company's people are told, at once and in their own choice."""

from __future__ import annotations

import pytest

from jobboard.accounts.letters import choose
from jobboard.database import db
from jobboard.mail.models import Letter
from jobboard.postings import actions


def letters(kind):
    return db.session.scalars(db.select(Letter).where(Letter.kind == kind).order_by(Letter.to_address)).all()


@pytest.mark.parametrize(
    ("kind", "do", "says"),
    [
        ("posting_approved", lambda p, mo: actions.approve(p, person_id=mo), "It is listed"),
        (
            "posting_returned",
            lambda p, mo: actions.return_(p, person_id=mo, reason="Name the pay."),
            "Name the pay.",
        ),
    ],
)
def test_all_people_of_the_company_are_told_of_a_decision(draft, colleague, mo, kind, do, says):
    posting = draft()
    actions.submit(posting, person_id=posting.created_by_id)
    do(posting, mo.person_id)
    db.session.commit()
    found = letters(kind)
    assert [letter.to_address for letter in found] == ["eve@example.org", "max@example.org"]
    assert says in found[0].text
    assert f"/postings/{posting.id}" in found[0].text
    assert "Inpatient coder" in found[0].html


def test_a_removal_is_told_with_its_reason(opened, mo):
    posting = opened()
    actions.take_down(posting, person_id=mo.person_id, reason="It asks for a fee.\n<b>Really</b>")
    db.session.commit()
    letter = letters("posting_removed")[0]
    assert "It asks for a fee." in letter.text
    assert "&lt;b&gt;Really" in letter.html


def test_who_stopped_a_kind_of_letter_gets_none(opened, eve, mo):
    choose(eve.person_id, "posting_approved", "off")
    db.session.commit()
    opened()
    assert letters("posting_approved") == []


def test_the_agencys_people_are_told_and_not_the_clients(draft, mercy, lakeside, mo):
    posting = draft(company_id=lakeside.id, posted_by_company_id=mercy.id)
    actions.submit(posting, person_id=posting.created_by_id)
    actions.approve(posting, person_id=mo.person_id)
    db.session.commit()
    assert [letter.to_address for letter in letters("posting_approved")] == ["eve@example.org"]
