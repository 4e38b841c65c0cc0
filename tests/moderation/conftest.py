"""Eve's company with its colleague Max, and an opening that takes applications here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.applications.openings import company_of, join_company, opened

if TYPE_CHECKING:
    from jobboard.employers.models import Company
    from jobboard.postings.models import Posting
    from tests.conftest import Player


@pytest.fixture
def mercy(eve: Player, max_: Player) -> Company:
    """Eve's company, for which Max recruits."""
    company = company_of(eve, "Mercy Hospital", website="https://example.org")
    join_company(company, max_)
    return company


@pytest.fixture
def opening(mercy: Company, eve: Player, mo: Player) -> Posting:
    """An open posting of Eve's company."""
    return opened(mercy, eve, mo)
