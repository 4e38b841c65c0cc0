"""Ten federal questionnaires, with what they become; and the whole set where it is at hand."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from jobboard import clock
from jobboard.postings.importing.usajobs import UsaJobs
from jobboard.postings.models import State
from tests.conftest import SHARED
from tests.postings.importing.conftest import Runs, postings

FEDERAL = Path(__file__).parent / "federal"
OPENINGS = [json.loads(line) for line in (FEDERAL / "openings.jsonl").read_text("utf-8").splitlines()]
SET = SHARED / "data/jobs/usajobs_medical_records_questionnaires.jsonl.gz"
CHROME = (
    "For preview purposes", "Terms of Use", "Privacy & Cookies", "USA Staffing", "Veterans’ Preference", "SF-50",
    "Your resume must", "political appointee", "18 U.S.C. 1001", "Open Period", "An error has occurred",
    "good faith", "I have not had education, training",
)  # fmt: skip


@pytest.mark.parametrize("opening", OPENINGS, ids=lambda opening: opening["id"])
def test_a_questionnaire_becomes_a_description(opening):
    wanted = (FEDERAL / f"{opening['id'].removeprefix('usastaffing_')}.md").read_text("utf-8").strip()
    found = UsaJobs().read(opening)
    assert found.description == wanted
    assert (found.key.company, found.key.identifier) == (opening["agency"], opening["id"])
    assert found.columns["requisition_number"] == opening["announcement"]
    assert not [words for words in CHROME if words in found.description]


def test_what_a_questionnaire_does_not_say_is_not_stated(app, imported):
    with clock.stopped_at(datetime(2025, 9, 20, 12, 0, tzinfo=UTC)):
        imported(OPENINGS[0], name="usajobs", publish=True)
    (posting,) = postings()
    assert (posting.posted_at.date(), posting.closes_on) == (date(2025, 9, 16), date(2025, 9, 25))
    assert (posting.time_zone, posting.state, posting.company.setting) == (
        "America/New_York",
        "open",
        "government",
    )
    assert posting.slugs("setting") == ["government"]
    assert (posting.pay_basis, posting.pay_least_cents, posting.education, posting.eligible_mode) == (
        "",
        None,
        "",
        "",
    )
    assert not posting.places
    assert posting.apply_url == f"https://www.usajobs.gov/Search/Results?k={OPENINGS[0]['announcement']}"


def test_openings_that_are_over_come_in_closed_unless_they_are_moved(app, imported):
    with clock.stopped_at(datetime(2026, 3, 10, 12, 0, tzinfo=UTC)):
        imported(*OPENINGS, name="usajobs", publish=True)
        assert {(posting.state, posting.apply_by) for posting in postings()} == {(State.CLOSED, "closed")}
        assert imported.again("usajobs", publish=True, shift_dates=True).updated == 10
        assert {(posting.state, posting.apply_by) for posting in postings()} == {(State.OPEN, "address")}
        assert max(posting.posted_at.date() for posting in postings()) == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("id", None, "id: missing"),
        ("agency", 4, "agency: expected text"),
        ("title", "", "title: missing"),
        ("text", "", "text: says nothing"),
        ("text", ["x"], "text: expected text"),
        ("open_period", "soon to later", "open_period: “soon” is no date"),
        (
            "open_period",
            "Tuesday, September 16, 2025 to Monday, September 1, 2025",
            "validThrough: is before",
        ),
    ],
)
def test_a_broken_questionnaire_is_refused_by_field(imported, field, value, reason):
    counts = imported({**OPENINGS[0], field: value}, OPENINGS[1], name="usajobs", publish=True)
    assert (counts.created, counts.refused) == (1, 1)
    assert imported.refused[0][0] == 1
    assert imported.refused[0][1].startswith(reason)


if SET.exists():

    def test_the_whole_set_goes_in_and_a_second_run_changes_nothing(app, tmp_path):
        imported = Runs(tmp_path)
        imported.file = SET
        first = imported.again("usajobs", publish=True, shift_dates=True)
        assert (first.read, first.created, first.refused) == (578, 578, 0)
        second = imported.again("usajobs", publish=True, shift_dates=True)
        assert (second.unchanged, second.updated) == (578, 0)
        assert {posting.state for posting in postings()} == {State.OPEN}
