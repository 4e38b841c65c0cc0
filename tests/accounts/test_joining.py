from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from jobboard.accounts.models import Person
from jobboard.accounts.queries import person_by_address
from jobboard.database import db
from jobboard.mail.models import Letter
from jobboard.site_documents import terms_version
from tests.conftest import PASSWORD, Player, browser

if TYPE_CHECKING:
    from flask import Flask


def letters(kind: str) -> list[Letter]:
    db.session.rollback()
    return list(db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def link_in(letter: Letter) -> str:
    found = re.search(r"http://localhost(/\S+)", letter.text)
    assert found
    return found[1]


def join(visitor: Player, address: str = "nia@example.org", **more: str):
    return visitor.post("/join", {"email": address, "name": "Nia", "new_password": PASSWORD, **more})


def test_who_joins_confirms_with_a_button_and_lands_where_they_were_going(visitor: Player) -> None:
    answer = join(visitor, next="/jobs/7/apply?draft=abc")
    assert answer.status_code == 303
    assert "nia@example.org" in visitor.get(answer.location).text
    person = person_by_address("NIA@example.org")
    assert person is not None
    assert person.confirmed_at is None
    assert person.terms_version == terms_version()
    link = link_in(letters("confirm")[0])
    page = visitor.get(link)
    assert page.status_code == 200
    db.session.refresh(person)
    assert person.confirmed_at is None, "opening the link alone confirms nothing"
    answer = visitor.post(link, {"next": "/jobs/7/apply?draft=abc"})
    assert (answer.status_code, answer.location) == (303, "/jobs/7/apply?draft=abc")
    assert "Nia" in visitor.get("/account").text
