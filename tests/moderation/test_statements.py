"""Lists ask the database as often for thirty entries as for one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jobboard import clock
from jobboard.applications.models import Application, ApplicationEvent, WentToApply
from jobboard.database import db
from jobboard.employers.models import Company
from jobboard.moderation import actions
from jobboard.postings.models import Posting
from tests.applications.openings import company_of, fresh, in_review, opened
from tests.conftest import Player, make_person
from tests.statements import sent_by

MANY = 20


def statements(do: Callable[[], object]) -> int:
    """How many statements `do` sends to the database."""
    return sum(one.startswith("SELECT") for one in sent_by(do))


def ok(player: Player, path: str) -> None:
    assert player.get(path).status_code == 200


def apply(person_id: int, posting: Posting) -> None:
    db.session.add(
        Application(
            posting_id=posting.id,
            person_id=person_id,
            message="Me",
            posting_then={"title": posting.title, "company_name": "Mercy Hospital"},
            events=[ApplicationEvent(status="new", person_id=person_id)],
        )
    )


def people(number: int) -> list[int]:
    return [make_person(f"Person{n}").id for n in range(number)]


def test_the_companys_list(opening: Posting, eve: Player, ana: Player) -> None:
    apply(ana.person_id, opening)
    db.session.commit()
    one = statements(lambda: ok(eve, f"/postings/{opening.id}/applications"))
    for person_id in people(MANY):
        apply(person_id, opening)
    db.session.commit()
    assert statements(lambda: ok(eve, f"/postings/{opening.id}/applications")) == one


def test_a_candidates_own_list(mercy: Company, eve: Player, mo: Player, ana: Player) -> None:
    def add(number: int) -> None:
        for n in range(number):
            posting = opened(fresh(mercy), eve, mo, title=f"Coder {n}")
            apply(ana.person_id, posting)
            db.session.add(WentToApply(person_id=ana.person_id, posting_id=posting.id, at=clock.now()))
            db.session.commit()

    add(1)
    one = statements(lambda: ok(ana, "/applications"))
    add(MANY)
    assert statements(lambda: ok(ana, "/applications")) == one


@pytest.mark.parametrize(
    "path", ["/moderation", "/moderation/reports", "/moderation/people", "/moderation/companies"]
)
def test_the_moderators_lists(mercy: Company, eve: Player, mo: Player, path: str) -> None:
    def add(number: int) -> None:
        for n in range(number):
            in_review(fresh(mercy), eve, title=f"Coder {n}")
            posting = opened(fresh(mercy), eve, mo, title=f"Auditor {n}")
            actions.report(posting, "scam", "", person_id=None, address=f"192.0.2.{n}")
            actions.report(posting, "scam", "", person_id=eve.person_id, address="")
            db.session.commit()

    add(1)
    one = statements(lambda: ok(mo, path))
    add(12)
    people(MANY)
    for n in range(3):
        company_of(eve, f"Company {n}")
    assert statements(lambda: ok(mo, path)) == one
