"""The directory of employers shows who has something open under its own name, and nobody else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from jobboard import clock
from jobboard.database import db
from jobboard.pages import employer_directory
from jobboard.search import suggesting
from tests.pages.test_home_and_employer_pages import statements
from tests.search.conftest import a_company, a_posting

if TYPE_CHECKING:
    from flask import Flask

    from tests.conftest import Player


@pytest.fixture
def companies(app: Flask) -> None:
    mercy, lakeside = a_company("Mercy Hospital", city="Austin", state="TX"), a_company("Lakeside Clinic")
    agency, secret = a_company("Copperline Staffing", is_agency=True), a_company("Secret Clinic")
    for number in range(3):
        a_posting(mercy, f"Coder {number}", terms={"specialty": ["cardiology"]}, places=[("Austin", "TX")])
    a_posting(mercy, "Hidden coder", confidential=True, terms={"specialty": ["urology"]})
    a_posting(lakeside, "Coder", terms={"specialty": ["urology"]}, places=[("Ada", "OH"), ("Lima", "OH")])
    a_posting(lakeside, "Agency's coder", posted_by_company_id=agency.id, places=[("Austin", "TX")])
    a_posting(secret, "Secret coder", confidential=True, posted_by_company_id=agency.id)
    a_posting(secret, "Most secret coder", confidential=True)
    a_posting(a_company("Shut House", suspended_at=clock.now()), "Shut coder")
    a_posting(a_company("Shut Agency Client"), "Client's coder", posted_by_company_id=a_shut_agency())
    a_posting(a_company("Closed House"), "Closed coder", state="closed")
    a_posting(a_company("100% Coding_House"), "Coder")
    db.session.commit()


def a_shut_agency() -> int:
    return a_company("Shut Agency", suspended_at=clock.now()).id


def shown(player: Player, address: str) -> list[tuple[str, int]]:
    page = player.get(address)
    assert page.status_code == 200, address
    found = re.findall(
        r'<h2><a href="/employers/[^"]+">([^<]+)</a></h2>.*?<b>(\d+)</b> open', page.text, re.DOTALL
    )
    return [(name, int(number)) for name, number in found]


EVERYBODY = [
    ("Mercy Hospital", 3), ("Copperline Staffing", 2), ("Lakeside Clinic", 2), ("100% Coding_House", 1),
]  # fmt: skip


def test_the_directory_finds_by_name_specialty_and_state(visitor: Player, companies: None) -> None:
    for address, expected in {
        "/employers": EVERYBODY,
        "/employers?q=LAKE": [("Lakeside Clinic", 2)],
        "/employers?q=100%25": [("100% Coding_House", 1)],
        "/employers?q=_": [("100% Coding_House", 1)],
        "/employers?specialty=cardiology": [("Mercy Hospital", 3)],
        "/employers?specialty=urology": [("Lakeside Clinic", 1)],
        "/employers?state=tx": [("Mercy Hospital", 3), ("Copperline Staffing", 1), ("Lakeside Clinic", 1)],
        "/employers?state=OH": [("Lakeside Clinic", 1)],
        "/employers?state=OH&specialty=cardiology": [],
        "/employers?q=secret": [],
        "/employers?q=shut": [],
        "/employers?q=closed": [],
        "/employers?state=ZZ&specialty=nonsense&colour=red": EVERYBODY,
        "/employers?page=x": EVERYBODY,
    }.items():
        assert shown(visitor, address) == expected, address


def test_the_directory_waits_for_no_counting(
    visitor: Player, companies: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(employer_directory, "_PATIENCE_SECONDS", 0.0)
    # As if another visit had begun to count what is carried.
    with suggesting._kept()._lock:
        assert shown(visitor, "/employers?specialty=cardiology") == [("Mercy Hospital", 3)]
        page = visitor.get("/employers?state=TX").text
    assert '<option value="urology"' in page
    assert '<option value="WY"' in page


def test_the_directory_has_pages_and_no_more_statements_for_more_companies(
    app: Flask, visitor: Player, companies: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.get("/employers")
    monkeypatch.setattr(employer_directory, "ON_A_PAGE", 1)
    one = statements(app, lambda: visitor.get("/employers"))
    assert [shown(visitor, f"/employers?page={page}") for page in (1, 2, 3, 4)] == [
        [each] for each in EVERYBODY
    ]
    assert visitor.get("/employers?page=5").status_code == 404
    assert visitor.get(f"/employers?page={'9' * 30}").status_code == 404
    monkeypatch.setattr(employer_directory, "ON_A_PAGE", 30)
    assert statements(app, lambda: visitor.get("/employers")) == one
    assert "noindex" in visitor.get("/employers?q=mercy").text
    assert "noindex" not in visitor.get("/employers").text
