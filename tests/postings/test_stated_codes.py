"""Codes that Eve names in the form of a posting: what is read, what is complained about, and how they stand beside the
codes of the text."""

from __future__ import annotations

import json

import pytest

from jobboard.database import db
from jobboard.postings import actions, linking
from jobboard.postings.models import PostingCode
from jobboard.postings.stated_codes import MOST_STATED, canonical_words, read_codes, written
from tests.postings.conftest import TEXT
from tests.postings.test_linked_codes import WITH_CODES, told
from tests.postings.test_posting_form import only_posting, sent_by, typed, words

A1C = ("icd10cm", "E11.9", None, False)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("99213, e11.9", ["CPT 99213", "ICD-10-CM E11.9"]),
        ("CPT 99213 99214 99215", ["CPT 99213", "CPT 99214", "CPT 99215"]),
        ("DRG 470, 871; HCC 18 19", ["MS-DRG 470", "MS-DRG 871", "HCC 18", "HCC 19"]),
        ("99202 - 99215 and E10 to E14", ["CPT 99202-99215", "ICD-10-CM E10-E14"]),
        ("E11.x, M54.5-", ["ICD-10-CM E11.-", "ICD-10-CM M54.5-"]),
        ("0SR, ICD-10-PCS 027", ["ICD-10-PCS 0SR", "ICD-10-PCS 027"]),
        ("99213-25", ["CPT 99213", "modifier 25"]),
        ("modifier 59, LT", ["modifier 59", "modifier LT"]),
        ("J1885 (J0129).", ["HCPCS J1885", "HCPCS J0129"]),
        ("99213, 99213, CPT 99213", ["CPT 99213"]),
        (" , ; ", []),
    ],
)  # fmt: skip
def test_a_list_is_read_as_people_write_one(text, meant):
    assert canonical_words(read_codes(text)) == meant
    assert canonical_words(read_codes(", ".join(meant))) == meant


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("99213, banana, E11.9 apple", "Not a code: “banana”, “apple”."),
        ("470", "Not a code: “470”."),
        ("D0120", "Not a code: “D0120”."),
        ("<b>hello</b>", "Not a code: “<b>hello<”, “b>”."),
        ("ICD-10-CM E1165, E1140", "E1140 could be two codes: write HCPCS E1140 or ICD-10-CM E11.40."),
        (" ".join(str(number) for number in range(10000, 10700)), f"Name at most {MOST_STATED} codes"),
        ("9" * 20_001, "Keep the codes to 20,000 characters"),
    ],
)
def test_what_is_no_code_is_named(text, complaint):
    with pytest.raises(ValueError, match="code") as refusal:
        read_codes(text)
    assert complaint in str(refusal.value)


def test_every_code_of_a_text_can_be_written_and_read_back(draft):
    posting = draft(
        description=f"{WITH_CODES} MS-DRG 470-480, HCC 18, modifiers 25 and LT, 0SR, 0DTJ4ZZ, J1885."
    )
    assert len(posting.codes) > 8
    for code in posting.codes:
        (read,) = read_codes(written(code))
        assert (read.system, read.start, read.end, read.family) == (
            code.system,
            code.start,
            code.end,
            code.is_family,
        )


def test_codes_of_the_form_are_stated_beside_those_of_the_text(eve, mercy):
    answer = eve.post("/postings/new", typed(mercy.id, description=WITH_CODES, codes="99213, E11.9"))
    assert answer.status_code == 303
    assert told(only_posting()) == {
        ("cpt", "99213", None, False): ("stated", False),
        A1C: ("stated", False),
        ("icd10cm", "I50", None, True): ("recognised", False),
        ("cpt", "62320", "62327", False): ("recognised", False),
    }
    page = eve.get(f"/postings/{only_posting().id}/edit").get_data(as_text=True)
    assert sent_by(page)["codes"] == ["CPT 99213, ICD-10-CM E11.9"]


def test_a_word_that_is_no_code_is_named_and_the_list_is_kept(eve, mercy):
    answer = eve.post("/postings/new", typed(mercy.id, codes="99213, <i>banana</i>, E11.9"))
    assert answer.status_code == 400
    assert "Not a code: “&lt;i&gt;banana&lt;”" in answer.text
    assert '<a href="#codes">Codes in the work</a>' in answer.text
    assert sent_by(answer.text)["codes"] == ["99213, <i>banana</i>, E11.9"]
    assert db.session.query(PostingCode).count() == 0


def test_codes_are_live_at_once_while_a_changed_text_waits(opened, eve):
    posting = opened()
    page = eve.get(f"/postings/{posting.id}/edit").get_data(as_text=True)
    sent = sent_by(page) | {"codes": "99213", "description": WITH_CODES, "do": "save"}
    assert eve.post(f"/postings/{posting.id}/edit", sent).status_code == 303
    db.session.expire_all()
    assert posting.description == TEXT
    assert told(posting) == {("cpt", "99213", None, False): ("stated", False)}
    public = words(eve.get(f"/jobs/{posting.id}-inpatient-coder"))
    assert "Named or confirmed by the employer CPT 99213" in public


def test_a_code_that_is_taken_out_goes_unless_the_text_names_it(draft, eve):
    posting = draft(description=WITH_CODES)
    path = f"/postings/{posting.id}/edit"

    def send(codes: str) -> None:
        sent = sent_by(eve.get(path).get_data(as_text=True)) | {"codes": codes, "do": "save"}
        assert eve.post(path, sent).status_code == 303
        db.session.expire_all()

    send("99213, E11.9")
    assert told(posting)[A1C] == ("confirmed", False)
    send("")
    assert told(posting)[A1C] == ("recognised", False)
    assert ("cpt", "99213", None, False) not in told(posting)


def test_a_dismissed_code_that_is_named_comes_back(draft, eve):
    posting = draft(description=WITH_CODES)
    linking.dismiss(posting, [code.id for code in posting.codes])
    db.session.commit()
    page = eve.get(f"/postings/{posting.id}/edit").get_data(as_text=True)
    assert sent_by(page)["codes"] == [""]
    eve.post(f"/postings/{posting.id}/edit", sent_by(page) | {"codes": "E11.9", "do": "save"})
    db.session.expire_all()
    assert told(posting)[A1C] == ("confirmed", False)
    assert told(posting)["icd10cm", "I50", None, True] == ("recognised", True)


def test_a_form_without_the_field_leaves_the_codes(draft, eve):
    posting = draft()
    linking.add(posting, read_codes("99213"))
    db.session.commit()
    sent = sent_by(eve.get(f"/postings/{posting.id}/edit").get_data(as_text=True)) | {"do": "save"}
    del sent["codes"]
    assert eve.post(f"/postings/{posting.id}/edit", sent).status_code == 303
    db.session.expire_all()
    assert told(posting) == {("cpt", "99213", None, False): ("stated", False)}


def test_codes_named_meanwhile_by_a_colleague_are_shown_and_not_lost(draft, eve, colleague):
    posting = draft()
    path = f"/postings/{posting.id}/edit"
    mine = sent_by(eve.get(path).get_data(as_text=True)) | {"codes": "99213", "do": "save"}
    colleague.post(f"/postings/{posting.id}/codes", {"do": "add", "typed": "J1885", "system": ""})
    answer = eve.post(path, mine)
    assert answer.status_code == 409
    assert "Codes in the work HCPCS J1885" in words(answer)
    assert sent_by(answer.text)["codes"] == ["99213"]


def test_the_preview_shows_them_and_stores_nothing(eve, mercy):
    answer = eve.post("/postings/new", typed(mercy.id, codes="99213", do="preview"))
    assert "Named or confirmed by the employer CPT 99213" in words(answer)
    assert db.session.query(PostingCode).count() == 0


def test_a_copy_names_the_same_codes(opened, eve):
    posting = opened(description=WITH_CODES)
    linking.add(posting, read_codes("99213, I50.x"))
    linking.dismiss(posting, [code.id for code in posting.codes if code.start == "E11.9"])
    db.session.commit()
    fresh = actions.copy(posting, person_id=eve.person_id)
    db.session.commit()
    assert told(fresh) == told(posting)


def test_a_stranger_names_no_codes(draft, eve, olga_here, visitor):
    posting = draft()
    sent = sent_by(eve.get(f"/postings/{posting.id}/edit").get_data(as_text=True)) | {"codes": "99213"}
    assert olga_here.post(f"/postings/{posting.id}/edit", sent).status_code == 404
    assert visitor.post(f"/postings/{posting.id}/edit", sent).status_code in {302, 303}
    db.session.expire_all()
    assert posting.codes == []


def test_the_box_asks_for_the_systems_that_a_posting_can_name(eve, mercy):
    page = eve.get("/postings/new").get_data(as_text=True)
    assert 'data-suggest="/codes/suggest?system=cpt&amp;system=icd10cm' in page
    found = eve.get("/codes/suggest?system=cpt&system=modifier&q=76").json["suggestions"]
    assert [one["value"] for one in found][:1] == ["76000"]
    assert eve.get("/codes/suggest?system=nosuch&q=76").json["suggestions"] == []
    assert (
        json.loads(page.split('data-pick="')[1].split('"')[0].replace("&#34;", '"'))["icd10cm"] == "ICD-10-CM"
    )
