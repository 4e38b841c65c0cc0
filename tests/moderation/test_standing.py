"""Suspending and restoring people and companies."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, func, select, update

from jobboard import clock
from jobboard.accounts.models import Person, PersonSession
from jobboard.database import db
from jobboard.employers.models import Company
from jobboard.moderation import actions
from jobboard.moderation.rules import domains_agree
from jobboard.postings.models import Posting
from jobboard.postings.queries import Sight, visible
from jobboard.postings.rules import NotAllowed
from jobboard.search.models import IndexChange
from tests.applications.openings import fresh, join_company
from tests.conftest import Player, signed_in


def forget_outbox() -> None:
    db.session.execute(delete(IndexChange))
    db.session.commit()


def queued() -> list[int]:
    return list(db.session.scalars(select(IndexChange.id).where(IndexChange.kind == "posting")))


def sessions_of(player: Player) -> int:
    theirs = select(func.count(PersonSession.id)).where(PersonSession.person_id == player.person_id)
    return db.session.scalar(theirs) or 0


def test_a_suspended_person_is_out_and_what_they_wrote_is_hidden_and_all_comes_back(
    opening: Posting, eve: Player, mo: Player
) -> None:
    assert eve.get("/applications").status_code == 200
    forget_outbox()
    answer = mo.post(f"/moderation/people/{eve.person_id}/suspend", {"reason": "Asked for fees"})
    assert answer.status_code == 303
    assert eve.get("/applications").location.startswith("/sign-in")
    assert sessions_of(eve) == 0
    assert visible(opening.id).sight is Sight.HIDDEN
    assert queued() == [opening.id]
    page = mo.get(f"/moderation/people/{eve.person_id}").get_data(as_text=True)
    assert "Asked for fees" in page
    forget_outbox()
    assert mo.post(f"/moderation/people/{eve.person_id}/restore").status_code == 303
    assert visible(opening.id).sight is Sight.OPEN
    assert queued() == [opening.id]
    assert db.session.get(Person, eve.person_id).suspended_at is None


def test_a_suspended_company_is_hidden_with_its_postings_and_comes_back(
    opening: Posting, mercy: Company, mo: Player, ana: Player
) -> None:
    forget_outbox()
    mo.post(f"/moderation/companies/{mercy.id}/suspend", {"reason": "Not a hospital"})
    assert visible(opening.id).sight is Sight.HIDDEN
    assert ana.get(f"/jobs/{opening.id}/apply").status_code == 404
    assert queued() == [opening.id]
    assert "Not a hospital" in mo.get(f"/moderation/companies/{mercy.id}").get_data(as_text=True)
    forget_outbox()
    mo.post(f"/moderation/companies/{mercy.id}/restore")
    assert visible(opening.id).sight is Sight.OPEN
    assert queued() == [opening.id]


def test_a_reason_is_needed(mercy: Company, eve: Player, mo: Player) -> None:
    for path in (f"people/{eve.person_id}", f"companies/{mercy.id}"):
        answer = mo.post(f"/moderation/{path}/suspend", {"reason": "  "})
        assert answer.status_code == 422
        assert "Please give a reason" in answer.get_data(as_text=True)
    assert sessions_of(eve) == 1
    assert fresh(mercy).suspended_at is None


def test_nobody_suspends_themselves_so_that_one_moderator_remains(mo: Player, app) -> None:
    assert "Nobody suspends themselves" in mo.get(f"/moderation/people/{mo.person_id}").get_data(as_text=True)
    answer = mo.post(f"/moderation/people/{mo.person_id}/suspend", {"reason": "Tired"})
    assert answer.status_code == 403
    assert mo.get("/moderation").status_code == 200
    second = signed_in(app, "Moe", is_moderator=True)
    assert second.post(f"/moderation/people/{mo.person_id}/suspend", {"reason": "Gone"}).status_code == 303
    back = mo.post(f"/moderation/people/{second.person_id}/suspend", {"reason": "Revenge"})
    assert back.location.startswith("/sign-in")
    assert second.get("/moderation").status_code == 200


def test_a_moderator_suspended_at_this_instant_decides_nothing(mo: Player, ana: Player, app) -> None:
    """The request was let in at the door; under the lock it is looked at again."""
    moderator, person = mo.person, ana.person
    db.session.commit()
    with db.engine.begin() as connection:
        now = update(Person).where(Person.id == mo.person_id).values(suspended_at=clock.now())
        connection.execute(now)
    assert moderator.suspended_at is None
    with pytest.raises(NotAllowed, match="not a moderator any more"):
        actions.suspend_person(person, moderator, "Revenge")


def test_nobody_judges_their_own_company(mercy: Company, mo: Player) -> None:
    join_company(fresh(mercy), mo)
    answer = mo.post(f"/moderation/companies/{mercy.id}/suspend", {"reason": "Mine"})
    assert answer.status_code == 403
    assert "another moderator decides" in answer.get_data(as_text=True)
    assert mo.post(f"/moderation/companies/{mercy.id}/restore").status_code == 403
    assert fresh(mercy).suspended_at is None


def test_people_and_companies_are_found_by_parts(
    mercy: Company, eve: Player, ana: Player, mo: Player
) -> None:
    page = mo.get("/moderation/people?q=EVE").get_data(as_text=True)
    assert "eve@example.org" in page
    assert "ana@example.org" not in page
    assert "Nobody found" in mo.get("/moderation/people?q=%25").get_data(as_text=True)
    assert "Nobody found" in mo.get("/moderation/people?standing=suspended").get_data(as_text=True)
    assert "Mercy Hospital" in mo.get("/moderation/companies?q=merc").get_data(as_text=True)
    assert "No company found" in mo.get("/moderation/companies?q=lakeside").get_data(as_text=True)
    mo.post(f"/moderation/people/{eve.person_id}/suspend", {"reason": "Asked for fees"})
    assert "eve@example.org" in mo.get("/moderation/people?standing=suspended").get_data(as_text=True)


def test_strangers_suspend_nobody(
    mercy: Company, ana: Player, ben: Player, eve: Player, visitor: Player
) -> None:
    for stranger in (ana, eve):
        for path in ("people", "companies", f"people/{ben.person_id}", f"companies/{mercy.id}"):
            assert stranger.get(f"/moderation/{path}").status_code == 404
        for path in (f"people/{ben.person_id}", f"companies/{mercy.id}"):
            for verb in ("suspend", "restore"):
                assert stranger.post(f"/moderation/{path}/{verb}", {"reason": "Please"}).status_code == 404
    assert visitor.post(f"/moderation/people/{ben.person_id}/suspend").location.startswith("/sign-in")
    assert sessions_of(ben) == 1
    assert fresh(mercy).suspended_at is None


def test_what_is_not_there_is_404(mo: Player) -> None:
    for path in ("people/999", "companies/999"):
        assert mo.get(f"/moderation/{path}").status_code == 404
        for verb in ("suspend", "restore"):
            assert mo.post(f"/moderation/{path}/{verb}", {"reason": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("email", "domain", "agree"),
    [
        ("ana@mercy.example.org", "mercy.example.org", True),
        ("ana@HR.Mercy.Example.org", "mercy.example.org", True),
        ("ana@mercy.org", "careers.mercy.org", True),
        ("ana@mercy.org", "www.mercy.org", True),
        ("ana@notmercy.org", "mercy.org", False),
        ("ana@mercy.org.evil.example", "mercy.org", False),
        ("ana@gmail.com", "gmail.com", False),
        ("ana@org", "mercy.org", False),
        ("ana@mercy.org", "", None),
    ],
)
def test_mail_and_website_agree_or_not(email: str, domain: str, agree: bool | None) -> None:
    assert domains_agree(email, domain) is agree
