"""What the search box completes: names that open postings carry, counted, and no others."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from jobboard.database import db
from jobboard.search import carried, suggest_views, suggesting
from jobboard.search.suggesting import _EXTENSION, LONGEST, MOST, known
from tests.search.conftest import a_company, a_posting

if TYPE_CHECKING:
    from flask import Flask

    from tests.conftest import Player


@pytest.fixture
def openings(app: Flask) -> None:
    mercy, agency = a_company("Mercy Hospital"), a_company("Copperline Staffing", is_agency=True)
    a_posting(
        mercy, "Pain management coder", "CPT 62320-62327 and G89.29.",
        terms={"specialty": ["pain-management"], "credential": ["cpc"]}, places=[("Austin", "TX")],
    )  # fmt: skip
    a_posting(
        mercy, "Pain  Management Coder", "More of E11.9.", arrangement="remote",
        terms={"specialty": ["pain-management"]}, places=[("Austin", "TX"), ("Austell", "GA")],
    )  # fmt: skip
    a_posting(
        a_company("Secret Clinic"), "Auditor", "Codes E11.9.", confidential=True,
        posted_by_company_id=agency.id, terms={"specialty": ["urology"]},
    )  # fmt: skip
    a_posting(a_company("Closed House"), "Closed coder", state="closed", terms={"specialty": ["dermatology"]})
    a_posting(a_company("Shut House", suspended_at=mercy.created_at), "Shut coder")
    db.session.commit()


def suggested(player: Player, typed: str) -> list[tuple[str, str, int]]:
    # What is counted for the first time may take a moment.
    known()
    answer = player.get("/jobs/suggest", query_string={"q": typed})
    assert answer.status_code == 200
    assert answer.json["query"] == typed
    return [(one["value"], one["kind"], one["openings"]) for one in answer.json["suggestions"]]


# Typed → the first suggestions; none at all where the list is empty.
SUGGESTED = {
    "pain m": [("Pain management", "Specialty", 2), ("Pain Management Coder", "Title", 2)],
    "management coder pain": [("Pain Management Coder", "Title", 2)],
    "remote pain m": [("remote Pain management", "Specialty", 2)],
    "cpc": [("CPC", "Credential", 1)],
    "certified professional c": [("CPC", "Credential", 1)],
    "work from h": [("Remote", "Arrangement", 1)],
    "MERCY": [("Mercy Hospital", "Employer", 2)],
    "copper": [("Copperline Staffing", "Employer", 1)],
    "secret": [],
    "closed": [],
    "shut": [],
    "dermat": [],
    "austin": [("Austin, TX", "City", 2)],
    "aust": [("Austin, TX", "City", 2), ("Austell, GA", "City", 1)],
    "texas": [("Texas", "State", 2), ("Austin, TX", "City", 2)],
    "e11.9": [("E11.9", "ICD-10-CM", 2)],
    "E119": [("E11.9", "ICD-10-CM", 2)],
    "62320": [("62320-62327", "CPT", 1)],
    "zebra": [],
    "  ": [],
    '"((': [],
    "x" * (LONGEST + 1): [],
}


def test_the_box_suggests_what_is_carried(visitor: Player, openings: None) -> None:
    for typed, expected in SUGGESTED.items():
        found = suggested(visitor, typed)
        assert found[: len(expected)] == expected, typed
        assert bool(found) == bool(expected), typed


def test_no_kind_crowds_out_the_others(app: Flask, visitor: Player) -> None:
    company = a_company("Cobalt")
    for number in range(12):
        a_posting(company, f"Coder {number}", terms={"specialty": ["cardiology"]})
    found = suggested(visitor, "c")
    assert len(found) <= MOST
    assert [kind for _, kind, _ in found].count("Title") == 3
    assert {"Specialty", "Employer"} <= {kind for _, kind, _ in found}


def test_counts_are_renewed_beside_the_requests_once_they_are_old(
    app: Flask, visitor: Player, openings: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert suggested(visitor, "urol") == [("Urology", "Specialty", 1)]
    a_posting(a_company("New House"), "Urology coder", terms={"specialty": ["urology"]})
    db.session.commit()
    assert suggested(visitor, "urol") == [("Urology", "Specialty", 1)]
    kept = app.extensions[_EXTENSION]
    with monkeypatch.context() as late:
        late.setattr(kept, "_until", 0.0)
        suggested(visitor, "urol")
        assert kept.making is not None
        kept.making.join()
    assert suggested(visitor, "urol") == [("Urology", "Specialty", 2), ("Urology coder", "Title", 1)]


def test_what_was_counted_stays_where_counting_fails(
    app: Flask,
    visitor: Player,
    openings: None,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    suggested(visitor, "urol")
    kept = app.extensions[_EXTENSION]

    def fail() -> carried.Carried:
        raise RuntimeError("no")

    monkeypatch.setattr(suggesting, "count_carried", fail)
    kept._until = 0.0
    assert suggested(visitor, "urol") == [("Urology", "Specialty", 1)]
    kept.making.join()
    assert "could not be made anew" in caplog.text
    assert suggested(visitor, "urol") == [("Urology", "Specialty", 1)]


def test_the_first_counting_is_not_waited_for_long(
    app: Flask, visitor: Player, openings: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()
    count = carried.count_carried

    def slow() -> carried.Carried:
        begun.wait()
        return count()

    monkeypatch.setattr(suggesting, "count_carried", slow)
    monkeypatch.setattr(suggest_views, "_PATIENCE_SECONDS", 0.01)
    for _ in range(2):
        answer = visitor.get("/jobs/suggest?q=pain")
        assert (answer.json["suggestions"], answer.headers["Cache-Control"]) == ([], "no-store")
    begun.set()
    app.extensions[_EXTENSION].making.join()
    assert suggested(visitor, "mercy") == [("Mercy Hospital", "Employer", 2)]


def test_the_answer_may_be_kept_and_names_nobody(visitor: Player, eve: Player, openings: None) -> None:
    known()
    for player in (visitor, eve):
        assert player.get("/jobs/suggest?q=pain").headers["Cache-Control"] == "public, max-age=60"
