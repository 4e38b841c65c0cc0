"""Companies and postings for the tests of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jobboard.database import db
from jobboard.employers import actions as employers
from jobboard.employers.models import Company, CompanyMember
from jobboard.postings import actions
from jobboard.postings.content import Content, PlaceGiven
from jobboard.postings.models import Posting

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Player

TEXT = "Code inpatient charts of a trauma center with ICD-10-CM and ICD-10-PCS, and query physicians where needed."


def company_of(player: Player, name: str, **facts: object) -> Company:
    """A company of that name whose owner is `player`."""
    company = employers.found(player.person, name, facts)
    db.session.commit()
    return company


def complete(**columns: object) -> Content:
    """What a listing needs; `columns` replace or add."""
    given = {
        "title": "Inpatient coder",
        "description": TEXT,
        "arrangement": "on-site",
        "pay_basis": "hourly",
        "pay_least_cents": 2800,
        "pay_most_cents": 3400,
        "apply_by": "here",
    }
    return Content(
        columns={**given, **columns},
        terms={"specialty": ["inpatient-acute"], "role": ["production-coder"], "employment": ["full-time"]},
        places=[PlaceGiven("Austin", "TX")],
    )


@pytest.fixture
def mercy(mo: Player, max_: Player, ana: Player, eve: Player) -> Company:
    """Eve's company; the others are there before it, since making a player ends the session."""
    return company_of(eve, "Mercy Hospital", website="https://mercy.example.org")


@pytest.fixture
def lakeside(mercy: Company, olga: Player) -> Company:
    """Olga's company."""
    return company_of(olga, "Lakeside Clinic")


@pytest.fixture
def colleague(mercy: Company, max_: Player) -> Player:
    """Max, who recruits for Eve's company."""
    db.session.add(CompanyMember(company_id=mercy.id, person_id=max_.person_id, role="recruiter"))
    db.session.commit()
    return max_


@pytest.fixture
def draft(mercy: Company, eve: Player) -> Callable[..., Posting]:
    """Makes complete drafts of Eve's company."""

    def make(**columns: object) -> Posting:
        posting = actions.draft(mercy, complete(**columns), person_id=eve.person_id)
        db.session.commit()
        return posting

    return make


@pytest.fixture
def opened(draft: Callable[..., Posting], mo: Player) -> Callable[..., Posting]:
    """Makes open postings of Eve's company."""

    def make(**columns: object) -> Posting:
        posting = draft(**columns)
        actions.submit(posting, person_id=posting.created_by_id)
        actions.approve(posting, person_id=mo.person_id)
        db.session.commit()
        return posting

    return make


@pytest.fixture
def olga_here(lakeside: Company, olga: Player) -> Player:
    """Olga, who speaks for another company."""
    return olga
