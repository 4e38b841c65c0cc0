"""An employer is told which codes of a posting no edition has any more, and what takes their place."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from jobboard.database import db
from jobboard.postings.code_standing import Doubt, doubts_about
from jobboard.postings.models import Posting
from tests.codes.tiny_editions import load_successors, load_tiny
from tests.postings.conftest import TEXT
from tests.postings.test_posting_form import words
from tests.statements import sent_by

WITH_CODES = f"{TEXT} Codes: E11.9, I50.x, E10-E14, C44.1 and CPT 62320-62327."
OLD = [("C44.1", "Of the eyelid"), ("E11.9", "Type 2"), ("I50.9", "Failure")]
NEW = [("C44.10", "Of an eyelid"), ("E11.9", "Type 2"), ("I50.9", "Failure")]


@pytest.fixture
def editions(app) -> None:
    load_successors("icd10cm", "2027", date(2026, 10, 1), [("C44.1", "C44.10")])
    load_tiny("icd10cm", "2026", date(2025, 10, 1), OLD)
    load_tiny("icd10cm", "2027", date(2026, 10, 1), NEW)


def test_nothing_is_doubted_where_nothing_is_loaded(opened):
    assert doubts_about(opened(description=WITH_CODES)) == []


def test_a_deleted_code_is_told_with_its_successor_and_one_press_takes_it(opened, eve, editions):
    posting = opened(description=WITH_CODES)
    (doubt,) = doubts_about(posting)
    assert (doubt.text, doubt.since, doubt.successors) == ("C44.1", date(2026, 10, 1), ("C44.10",))
    page = words(eve.get(f"/postings/{posting.id}"))
    assert "ICD-10-CM C44.1 was deleted on 1 October 2026." in page
    assert "Use C44.10 instead" in page
    sent = {"do": "succeed", "code": [doubt.code_id], "successor": "C44.10"}
    assert eve.post(f"/postings/{posting.id}/codes", {**sent, "successor": "E11.9"}).status_code == 400
    assert eve.post(f"/postings/{posting.id}/codes", sent).status_code == 303
    db.session.expire_all()
    kept = {code.start for code in posting.codes if not code.dismissed}
    assert "C44.10" in kept
    assert "C44.1" not in kept
    assert doubts_about(posting) == []


def test_a_code_that_no_edition_had_is_told_without_a_day(opened, eve, editions):
    posting = opened(description=f"{TEXT} Codes: E11.9, Z99.9 and J40-J47.")
    assert [(one.text, one.since, one.successors) for one in doubts_about(posting)] == [
        ("Z99.9", None, ()),
        ("J40-J47", None, ()),
    ]
    assert "ICD-10-CM Z99.9 is not in edition 2027." in words(eve.get(f"/postings/{posting.id}"))


def test_a_code_that_is_no_longer_billable_is_told_with_the_codes_below_it(opened, eve, app):
    heart = ("I42", "Heart", None, "category")
    load_tiny("icd10cm", "2026", date(2025, 10, 1), [heart, ("I42.0", "Dilated", "I42")])
    posting = opened(description=f"{TEXT} Codes: I42.0, I42 and I42.x.")
    assert doubts_about(posting) == []
    cut = [
        heart,
        ("I42.0", "Dilated", "I42", "category"),
        ("I42.00", "One", "I42.0"),
        ("I42.09", "Two", "I42.0"),
    ]
    load_tiny("icd10cm", "2027", date(2026, 10, 1), cut)
    (doubt,) = doubts_about(posting)
    assert (doubt.text, doubt.since, doubt.is_heading) == ("I42.0", date(2026, 10, 1), True)
    assert doubt.successors == ("I42.00", "I42.09")
    page = words(eve.get(f"/postings/{posting.id}"))
    assert "A code is not to be billed in the edition of the day" in page
    assert "ICD-10-CM I42.0 is no longer billable since 1 October 2026: it is a heading now." in page
    sent = {"do": "succeed", "code": [doubt.code_id], "successor": "I42.09"}
    assert eve.post(f"/postings/{posting.id}/codes", sent).status_code == 303
    assert doubts_about(db.session.get(Posting, posting.id)) == []


def told_of(posting_id: int, told: list[Doubt]) -> None:
    told += doubts_about(db.session.get(Posting, posting_id))


def test_the_number_of_statements_does_not_grow_with_the_headings(opened, app):
    categories = [(f"I{number}", "Heart", None, "category") for number in range(20, 30)]
    whole = [(f"I{number}.0", "Wide", f"I{number}") for number in range(20, 30)]
    cut = [(f"I{number}.0", "Wide", f"I{number}", "category") for number in range(20, 30)]
    below = [(f"I{number}.0{last}", "One", f"I{number}.0") for number in range(20, 30) for last in (0, 9)]
    load_tiny("icd10cm", "2026", date(2025, 10, 1), categories + whole)
    few, many = (
        opened(description=f"{TEXT} Codes: {', '.join(codes)}.")
        for codes in (["I20.0"], [code for code, *_ in whole])
    )
    load_tiny("icd10cm", "2027", date(2026, 10, 1), categories + cut + below)
    counted = []
    for posting in (few, many):
        doubts: list[Doubt] = []
        sent = sent_by(partial(told_of, posting.id, doubts))
        assert all(len(doubt.successors) == 2 for doubt in doubts)
        counted.append((len(doubts), len(sent)))
    assert [number for number, _ in counted] == [1, 10]
    assert counted[0][1] == counted[1][1]


def test_a_code_that_is_billable_again_is_not_told(opened, app):
    heart = ("I42", "Heart", None, "category")
    whole = [heart, ("I42.0", "Dilated", "I42")]
    cut = [heart, ("I42.0", "Dilated", "I42", "category"), ("I42.00", "One", "I42.0")]
    load_tiny("icd10cm", "2025", date(2024, 10, 1), whole)
    load_tiny("icd10cm", "2026", date(2025, 10, 1), cut)
    load_tiny("icd10cm", "2027", date(2026, 10, 1), whole)
    posting = opened(description=f"{TEXT} Codes: I42.0 and I42.9.")
    assert [doubt.text for doubt in doubts_about(posting)] == ["I42.9"]
