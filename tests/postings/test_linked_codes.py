"""Codes of a posting: read from its text, confirmed, dismissed, added; each with its origin."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from jobboard.database import db
from jobboard.postings import actions, linking
from jobboard.postings.content import Content
from jobboard.postings.models import PostingCode
from tests.postings.conftest import TEXT
from tests.postings.test_posting_form import words

WITH_CODES = f"{TEXT} Codes: E11.9, I50.x and CPT 62320-62327."


def told(posting):
    return {(c.system, c.start, c.end, c.is_family): (c.origin, c.dismissed) for c in posting.codes}


def number(posting, start):
    return next(code.id for code in posting.codes if code.start == start)


def test_codes_of_the_text_are_recognised_with_their_intervals(draft):
    posting = draft(description=WITH_CODES)
    assert told(posting) == {
        ("icd10cm", "E11.9", None, False): ("recognised", False),
        ("icd10cm", "I50", None, True): ("recognised", False),
        ("cpt", "62320", "62327", False): ("recognised", False),
    }
    spans = {code.start: (code.low, code.high) for code in posting.codes}
    assert spans["62320"] == ("62320", "62327")
    assert spans["I50"][0] <= "I509" <= spans["I50"][1]


def test_confirming_and_dismissing_are_live_at_once_and_remembered(opened, eve):
    posting = opened(description=WITH_CODES)
    path = f"/postings/{posting.id}/codes"
    eve.post(path, {"do": "confirm", "code": [number(posting, "E11.9")]})
    eve.post(path, {"do": "dismiss", "code": [number(posting, "I50")]})
    db.session.expire_all()
    assert told(posting)["icd10cm", "E11.9", None, False] == ("confirmed", False)
    assert told(posting)["icd10cm", "I50", None, True] == ("recognised", True)
    actions.change(posting, Content(columns={"department": "HIM"}), person_id=None)
    db.session.commit()
    assert told(posting)["icd10cm", "I50", None, True] == ("recognised", True)
    page = words(eve.get(f"/jobs/{posting.id}-inpatient-coder"))
    assert "E11.9" in page
    assert "I50.-" not in page


def test_a_recognised_code_goes_with_its_words_and_a_confirmed_one_stays(draft):
    posting = draft(description=WITH_CODES)
    linking.confirm(posting, [number(posting, "E11.9")])
    actions.change(posting, Content(columns={"description": TEXT}), person_id=None)
    db.session.commit()
    assert list(told(posting)) == [("icd10cm", "E11.9", None, False)]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Z79.4", ("icd10cm", "Z79.4", None, False)),
        ("99202-15", ("cpt", "99202", "99215", False)),
        ("J3490", ("hcpcs", "J3490", None, False)),
        ("modifier 59", ("modifier", "59", None, False)),
    ],
)
def test_codes_that_people_add_are_stated(draft, eve, typed, key):
    posting = draft()
    eve.post(f"/postings/{posting.id}/codes", {"do": "add", "typed": typed})
    db.session.expire_all()
    assert told(posting) == {key: ("stated", False)}


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("<b>hello</b>", "Not a code: "),
        ("E11.9, hello", "Not a code: “hello”."),
        ("", "Type a code, or several with commas between."),
    ],
)
def test_something_that_is_no_code_is_named_kept_and_not_added(draft, eve, typed, complaint):
    posting = draft()
    answer = eve.post(f"/postings/{posting.id}/codes", {"do": "add", "typed": typed})
    assert answer.status_code == 422
    assert complaint in words(answer)
    assert "<b>hello</b>" not in answer.get_data(as_text=True)
    box = BeautifulSoup(answer.text, "html5lib").find("input", {"name": "typed"})
    assert box["value"] == typed
    assert posting.codes == []


def test_dismissing_a_stated_code_takes_it_away_and_adding_a_dismissed_one_brings_it_back(draft, eve):
    posting = draft(description=WITH_CODES)
    path = f"/postings/{posting.id}/codes"
    eve.post(path, {"do": "add", "typed": "Z79.4"})
    db.session.expire_all()
    eve.post(path, {"do": "dismiss", "code": [number(posting, "Z79.4"), number(posting, "E11.9")]})
    eve.post(path, {"do": "add", "typed": "E11.9"})
    db.session.expire_all()
    assert ("icd10cm", "Z79.4", None, False) not in told(posting)
    assert told(posting)["icd10cm", "E11.9", None, False] == ("confirmed", False)


def test_codes_of_another_posting_are_out_of_reach(draft, eve):
    mine, other = draft(description=WITH_CODES), draft(description=WITH_CODES)
    eve.post(f"/postings/{mine.id}/codes", {"do": "confirm", "code": [code.id for code in other.codes]})
    db.session.expire_all()
    assert {code.origin for code in other.codes} == {"recognised"}


def test_a_change_of_codes_raises_the_postings_version(opened, eve):
    posting = opened(description=WITH_CODES)
    before = posting.version
    eve.post(f"/postings/{posting.id}/codes", {"do": "confirm", "code": [number(posting, "E11.9")]})
    db.session.expire_all()
    assert posting.version > before


def test_a_text_of_a_thousand_codes_links_a_bounded_number(draft):
    many = " ".join(f"E{number:02d}.{digit}" for number in range(10, 90) for digit in range(10))
    posting = draft(description=f"ICD-10-CM codes: {many}")
    assert db.session.query(PostingCode).count() <= linking.MOST_CODES
    assert len(posting.codes) > 100
