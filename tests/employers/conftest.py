"""Companies for the tests of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jobboard.database import db
from jobboard.employers import actions
from jobboard.employers.models import Company, CompanyMember

if TYPE_CHECKING:
    from tests.conftest import Player


@pytest.fixture
def mercy(mo: Player, olga: Player, ana: Player, max_: Player, eve: Player) -> Company:
    """Eve's company. The others are there before it, since making a player ends the session."""
    company = actions.found(eve.person, "Mercy Hospital", {"website": "https://www.mercy.example.org/jobs"})
    db.session.commit()
    return company


@pytest.fixture
def colleague(mercy: Company, max_: Player) -> Player:
    """Max, who recruits for Eve's company."""
    db.session.add(CompanyMember(company_id=mercy.id, person_id=max_.person_id, role="recruiter"))
    db.session.commit()
    return max_
