"""Specialties, roles, sides, settings, systems and tools."""

from dataclasses import fields

import pytest

from jobboard.postings.recognition import Recognised, recognise
from jobboard.postings.recognition.reading import LONGEST_SENTENCE, LONGEST_TEXT, sentences
from jobboard.vocabulary import load, shipped


@pytest.mark.parametrize(
    ("title", "field", "slugs"),
    [
        ("ED Coder", "specialties", "emergency"),
        ("ed coder", "specialties", "emergency"),
        ("Anesthesia/Pain Coder", "specialties", "anesthesia pain-management"),
        ("Interventional Radiology Coder", "specialties", "interventional-radiology"),
        ("IR/Cath Lab Coder", "specialties", "interventional-radiology cath-lab-ep"),
        ("OB/GYN and Pediatrics Profee Coder", "specialties", "ob-gyn pediatrics-nicu"),
        ("Coder - Radiation Oncology", "specialties", "radiation-oncology"),
        ("Ed the coordinator", "specialties", ""),
        ("OR Nurse", "specialties", ""),
        ("Medical Coder", "roles", "production-coder"),
        ("Coding Auditor", "roles", "auditor"),
        ("CDI Specialist", "roles", "cdi-specialist"),
        ("Biller/Coder", "roles", "biller-coder"),
        ("Coding Manager", "roles", "leadership"),
        ("Director of Coding", "roles", "leadership"),
        ("Denials Coding Analyst", "roles", "denials-appeals"),
        ("Charge Capture Analyst", "roles", "charge-capture"),
        ("Coding Educator", "roles", "educator"),
        ("Coding Compliance Analyst", "roles", "compliance"),
        ("Cancer Registrar", "roles", "abstractor-registrar"),
        ("Medical Records Technician (Coder-Auditor)", "roles", "production-coder auditor"),
        ("Medical Records Technician (Coder)", "roles", "production-coder"),
        ("Office Manager", "roles", ""),
        ("Profee Coder", "sides", "professional-fee"),
        ("Inpatient Facility Coder", "sides", "facility-inpatient"),
        ("Outpatient Coder", "sides", "facility-outpatient"),
        ("HCC Coder", "sides", "risk-adjustment"),
        ("Single Path Coder", "sides", "single-path"),
        ("ASC Coder", "sides", "asc"),
        ("Home Health Coder", "sides", "home-health-hospice"),
    ],
)
def test_a_title_names_specialty_role_and_side(read, title, field, slugs):
    assert " ".join(getattr(read("", title), field)) == slugs


@pytest.mark.parametrize(
    ("text", "field", "slugs"),
    [
        ("Reviews cardiology encounters and assigns codes.", "specialties", "cardiology"),
        ("Performs evaluation and management leveling for urology visits.", "specialties", "e-m urology"),
        ("Knowledge of anatomy, physiology and pathology.", "specialties", ""),
        ("Reviews pathology reports before coding.", "specialties", ""),
        ("You code, but no HCC, ED or radiology.", "specialties", ""),
        ("E/M, ED, and observation.", "specialties", "e-m emergency observation"),
        ("A Level I trauma center seeks coders.", "specialties", ""),
        ("Works with the ICD, CPT and HCPCS classifications", "systems", "icd10cm cpt hcpcs"),
        ("A career path in coding", "specialties", ""),
        ("Dental insurance and coding contests", "specialties", ""),
        ("Certified Cardiology Coder required", "specialties", ""),
        ("Speak to our ent counsel", "specialties", ""),
        ("Assigns ICD-10-CM/PCS, CPT and HCPCS codes", "systems", "icd10cm icd10pcs cpt hcpcs"),
        ("MS-DRG and APC assignment for outpatient accounts", "systems", "msdrg apc"),
        ("APR-DRG only", "systems", ""),
        ("Dental codes (CDT)", "systems", "cdt"),
        ("From 8 to 5 CDT", "systems", ""),
        ("We use TruCode, not 3M.", "tools", "trucode"),
        ("We do not use 3M or Optum EncoderPro.", "tools", ""),
        ("Cerner and Epic, including but not limited to MEDITECH", "tools", "oracle-health epic meditech"),
        ("Solventum (formerly 3M) 360 Encompass", "tools", "solventum-360"),
        ("An epic team", "tools", ""),
        ("An epic opportunity with an epic culture!", "tools", ""),
        ("Join Our Epic Team", "tools", ""),
        ("Code charts in Epic.", "tools", "epic"),
        ("Codes are abstracted into Epic daily.", "tools", "epic"),
        ("We moved from Allscripts to athenahealth.", "tools", "athenahealth"),
        ("Abstract ancillary, demographic, social and clinical data.", "specialties", ""),
        ("Codes ancillary and recurring outpatient accounts.", "specialties", "ancillary"),
        ("Dermatology office.", "specialties", "dermatology"),
        ("Our other openings: urology coder, dental coder.", "specialties", ""),
        ("Background in urology is not required.", "specialties", ""),
        ("The urology service is coded by a partner.", "specialties", ""),
        ("You code urology. About a tenth of the volume is podiatry.", "specialties", "urology"),
        ("A hospital with a trauma program and 12 support departments.", "specialties", ""),
        ("We left Meditech behind; you code in Cerner.", "tools", "oracle-health"),
        ("The surgery is coded for our ambulatory surgery center.", "specialties", ""),
        ("Knowledge of health insurance laws.", "benefits", ""),
        ("Health Insurance Portability and Accountability Act", "benefits", ""),
        ("You process medical insurance claims.", "benefits", ""),
        ("Employee health insurance is provided.", "benefits", "health-insurance"),
        ("RN, M.D., or DO", "education", "None"),
        ("Clinical experience such as Registered Nurse (RN), Medical Doctor (M.D.)", "education", "None"),
        ("RHIA, CCS or RN required.", "education", "None"),
        ("RN license required.", "education", "nursing"),
        ("Children's hospital.", "settings", "hospital"),
        ("Code hospital charts.", "settings", ""),
        ("Minimum 3 years coding at an acute care hospital.", "settings", ""),
        ("Codify rules into guidelines", "tools", ""),
        ("Our hospital is looking for you.", "settings", "hospital"),
        ("Our client, a federally qualified health center, is growing.", "settings", "fqhc"),
        ("Experience in a hospital or physician practice.", "settings", ""),
        ("We are hiring a coding auditor.", "roles", "auditor"),
        ("You help the coders.", "roles", ""),
    ],
)
def test_a_text_names_terms_only_where_it_speaks_of_them(read, text, field, slugs):
    value = getattr(read(text), field)
    assert (" ".join(value) if isinstance(value, tuple) else str(value)) == slugs


def test_a_silent_posting_says_nothing(read):
    found = read("We look forward to meeting you.")
    silent = Recognised(title="Opening")
    assert {
        entry.name for entry in fields(found) if getattr(found, entry.name) != getattr(silent, entry.name)
    } == set()


def test_an_added_specialty_is_recognised(tmp_path):
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "vocabulary" / "specialty.toml").write_text('[terms]\nsleep = { name = "Sleep medicine" }\n')
    assert recognise("Sleep Medicine Coder", "", load(tmp_path)).specialties == ("sleep",)


def test_markdown_marks_do_not_hide_words(read):
    found = read(
        "**Pay:** $28–$34/hr\n\n* **CPC** or *CCS* required\n* [Epic](https://epic.example) experience\n"
    )
    assert found.pay_most_cents == 3400
    assert found.tools == ("epic",)
    assert {"cpc", "ccs"} == {leaf.slug for leaf in found.requirement.required.nodes}


HOSTILE = {
    "brackets": "[" * 50_000,
    "parentheses": "(" * 50_000,
    "digits": "1" * 50_000,
    "amounts": "$1 - " * 10_000,
    "credentials": "CPC or CCS and " * 3_500,
    "nested credentials": "(CPC or " * 6_000,
    "states": "TX, " * 12_500,
    "remote": "remote after training on site " * 1_700,
    "years": "2 years " * 6_000,
    "negations": "not no " * 7_000,
    "lists": "following states:\n- TX\n" * 2_000,
    "lines": "a\n" * 25_000,
    "control characters": "\x00\ufffd\u202e" * 15_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_is_cut_into_short_sentences_and_read_to_the_end(text):
    """Every pattern runs over one sentence at a time, so short sentences keep the time proportional to the text."""
    pieces = sentences("x", text)
    assert max(len(piece.text) for piece in pieces) <= LONGEST_SENTENCE
    assert sum(len(piece.text) for piece in pieces) <= LONGEST_TEXT + len("x")
    assert recognise("x", text, shipped()).title == "x"
