"""What the query reader understands in words that people type. A table: the words, and the concepts read from them.

A concept is written as parameter:value, its other meanings behind |, and with - before it where it is excluded. What
is offered beside (read only if the person says so) stands in a table of its own.
"""

from __future__ import annotations

import pytest

from jobboard.search.concept_reader import read_concepts
from jobboard.vocabulary import shipped

WORDS = shipped()

READINGS: dict[str, list[str]] = {
    # Specialties
    "cath lab": ["specialty:cath-lab-ep"],
    "Cath Lab coder": ["specialty:cath-lab-ep"],
    "cardiac cath lab coder": ["specialty:cath-lab-ep"],
    "interventional radiology coder": ["specialty:interventional-radiology"],
    "IR coder": ["specialty:interventional-radiology"],
    "ir coder": ["specialty:interventional-radiology"],
    "cardiology": ["specialty:cardiology"],
    "cardiology coder": ["specialty:cardiology"],
    "orthopedic surgery coder": ["specialty:orthopaedics"],
    "ortho coder remote": ["specialty:orthopaedics", "arrangement:remote"],
    "e/m auditor": ["specialty:e-m", "role:auditor"],
    "E&M leveling": ["specialty:e-m"],
    "evaluation and management": ["specialty:e-m"],
    "GI coder": ["specialty:gastroenterology"],
    "GI endoscopy": ["specialty:gastroenterology", "specialty:gastroenterology"],
    "OB/GYN coder": ["specialty:ob-gyn"],
    "obgyn": ["specialty:ob-gyn"],
    "pain management coder tampa fl": ["specialty:pain-management", "city:Tampa, FL|near:Tampa, FL"],
    "hcc": ["specialty:risk-adjustment|side:risk-adjustment|system:hcc"],
    "HCC coder": ["specialty:risk-adjustment|side:risk-adjustment|system:hcc"],
    "HCC coding remote": ["specialty:risk-adjustment|side:risk-adjustment", "arrangement:remote"],
    "risk adjustment coder": ["specialty:risk-adjustment|side:risk-adjustment"],
    "medical oncology infusion coder": ["specialty:oncology-hematology", "specialty:infusion"],
    "ED coder": ["specialty:emergency"],
    "ed facility coder": ["specialty:emergency"],
    "emergency room coder": ["specialty:emergency"],
    "wound care": ["specialty:wound-care"],
    "same day surgery": ["specialty:same-day-surgery"],
    "dermatology and plastics": ["specialty:dermatology", "specialty:plastics"],
    "spine surgery coder": ["specialty:spine-neurosurgery"],
    "behavioral health coder": ["specialty:behavioral-health"],
    # Sides and settings
    "academic cardiology": ["setting:academic", "specialty:cardiology"],
    "health plan coder": ["setting:payer"],
    # What pay is counted by, and no credential
    "paid per chart": ["pay_basis:chart"],
    "per-chart coder": ["pay_basis:chart"],
    "no certification required": ["credential:not-stated"],
    "uncertified coder": ["credential:not-stated"],
    "find a code": ["tool:find-a-code"],
    "profee": ["side:professional-fee"],
    "pro-fee coder": ["side:professional-fee"],
    "professional fee coding": ["side:professional-fee"],
    "inpatient coder": ["specialty:inpatient-acute|side:facility-inpatient"],
    "outpatient coder": ["side:facility-outpatient"],
    "outpatient facility": ["side:facility-outpatient"],
    "OP coder": ["side:facility-outpatient"],
    "DRG": ["side:facility-inpatient|system:msdrg"],
    "single path coder": ["side:single-path"],
    "ASC": ["side:asc|setting:asc"],
    "surgery center coder": ["side:asc|setting:asc"],
    "FQHC coder": ["specialty:primary-care|setting:fqhc"],
    "home health coder": ["side:home-health-hospice"],
    "physician practice": ["setting:physician-group"],
    "teaching hospital": ["setting:academic"],
    # Credentials
    "CPC": ["credential:cpc"],
    "cpc": ["credential:cpc"],
    "CPC-A": ["credential:cpc-a"],
    "cpc-a remote": ["credential:cpc-a", "arrangement:remote"],
    "CCS or CCS-P": ["credential:ccs", "credential:ccs-p"],
    "RHIT CCS inpatient coder": [
        "credential:rhit",
        "credential:ccs",
        "specialty:inpatient-acute|side:facility-inpatient",
    ],
    "CCC coder": ["credential:ccc"],
    "CPC CCC": ["credential:cpc", "credential:ccc"],
    "certified professional coder": ["credential:cpc"],
    "certified coding specialist": ["credential:ccs"],
    "COSC ortho": ["credential:cosc", "specialty:orthopaedics"],
    "CPMA auditor": ["credential:cpma", "role:auditor"],
    "CIC certified inpatient": ["credential:cic"],
    # Roles
    "coding auditor": ["role:auditor"],
    "DRG validator": ["role:auditor"],
    "CDI specialist": ["role:cdi-specialist"],
    "CDI": ["role:cdi-specialist"],
    "coding manager": ["role:leadership"],
    "denials specialist": ["role:denials-appeals"],
    "biller coder": ["role:biller-coder"],
    "coding educator": ["role:educator"],
    "coder": [],
    "medical coder": [],
    "medical coding": [],
    "coding specialist": [],
    # Arrangements
    "remote": ["arrangement:remote"],
    "wfh": ["arrangement:remote"],
    "work from home": ["arrangement:remote"],
    "work-from-home coding": ["arrangement:remote"],
    "100% remote": ["arrangement:remote"],
    "hybrid": ["arrangement:hybrid"],
    "hybrid remote": ["arrangement:hybrid"],
    "on-site coder": ["arrangement:on-site"],
    "remote after training": ["arrangement:remote-after-training"],
    "coder -remote": ["-arrangement:remote"],
    "coder -hybrid -remote": ["-arrangement:hybrid", "-arrangement:remote"],
    "coder -cardiology": ["-specialty:cardiology"],
    "coder -senior": [],
    # Employment
    "part time coder": ["employment:part-time"],
    "part-time remote": ["employment:part-time", "arrangement:remote"],
    "PRN": ["employment:per-diem"],
    "per diem coder": ["employment:per-diem"],
    "1099 coder": ["employment:contract-1099"],
    "temp to hire": ["employment:contract-to-hire"],
    "full time": ["employment:full-time"],
    "internship": ["employment:internship"],
    # Schedules
    "night shift coder": ["schedule:night"],
    "weekend coder": ["schedule:weekend"],
    "night": [],
    # Code systems and codes
    "ICD-10-PCS": ["system:icd10pcs"],
    "icd-10-cm coder": ["system:icd10cm"],
    "CPT coder": ["system:cpt"],
    "93458": ["code:93458"],
    "I21.09": ["code:I21.09"],
    "i21.09": ["code:i21.09"],
    "62320-62327": ["code:62320-62327"],
    "62320 - 62327": ["code:62320-62327"],
    "99202 to 99215 coder": ["code:99202-99215"],
    "DRG 470": ["code:DRG 470"],
    "modifier 59 auditor": ["code:modifier 59", "role:auditor"],
    "CPT 99213": ["code:CPT 99213"],
    "clinic 99213": ["code:99213"],
    "J1885 infusion coder": ["code:J1885", "specialty:infusion"],
    # Clinical words
    "epidural injection": ["code:cpt:62320-62327"],
    "epidural injections tampa": ["code:cpt:62320-62327", "city:Tampa, FL|near:Tampa, FL"],
    "heart attack": ["code:icd10cm:I21-I22"],
    "colonoscopy coder": ["specialty:gastroenterology|code:cpt:45378-45398"],
    "diabetes": ["code:icd10cm:E08-E13"],
    # States: strict about the little words
    "texas": ["state:TX"],
    "coder in texas": ["state:TX"],
    "inpatient coder in ohio": ["specialty:inpatient-acute|side:facility-inpatient", "state:OH"],
    "coder TX": ["state:TX"],
    "new york coder": ["state:NY"],
    "west virginia": ["state:WV"],
    "coder in OR": ["state:OR"],
    "coder in OK": ["state:OK"],
    "coder in ME": ["state:ME"],
    "coder HI": [],
    "hi coder": [],
    "coder OR auditor": ["role:auditor"],
    "cpc or ccs": ["credential:cpc", "credential:ccs"],
    "coder in me": [],
    "tell me in OK": ["state:OK"],
    "ok coder": [],
    "OR coder": [],
    "coders IN": [],
    "coder in IN": ["state:IN"],
    "PA": [],
    "remote TX OK LA": ["arrangement:remote", "hires_in:TX", "hires_in:OK", "hires_in:LA"],
    "remote in Texas": ["arrangement:remote", "hires_in:TX"],
    "texas remote": ["hires_in:TX", "arrangement:remote"],
    "remote coder in tx": ["arrangement:remote", "hires_in:TX"],
    "work from home florida": ["arrangement:remote", "hires_in:FL"],
    # Cities
    "Tampa, FL": ["city:Tampa, FL|near:Tampa, FL"],
    "tampa fl": ["city:Tampa, FL|near:Tampa, FL"],
    "Tampa,FL coder": ["city:Tampa, FL|near:Tampa, FL"],
    "coder in Tampa Florida": ["city:Tampa, FL|near:Tampa, FL"],
    "portland or": ["city:Portland, OR|near:Portland, OR"],
    "Portland OR coder": ["city:Portland, OR|near:Portland, OR"],
    "Portland, ME": ["city:Portland, ME|near:Portland, ME"],
    "Charleston West Virginia": ["city:Charleston, WV|near:Charleston, WV"],
    "coder houston": ["city:Houston, TX|near:Houston, TX"],
    "coder in Houston": ["city:Houston, TX|near:Houston, TX"],
    "kansas city mo": ["city:Kansas City, MO|near:Kansas City, MO"],
    "St. Louis, MO": ["city:St. Louis, MO|near:St. Louis, MO"],
    "washington dc": ["state:DC"],
    "new york ny": ["city:New York City, NY|near:New York City, NY"],
    "mobile coder": [],
    "coder in mobile, al": ["city:Mobile, AL|near:Mobile, AL"],
    "Reading hospital coder": ["setting:hospital"],
    # Tools
    "Epic": ["tool:epic"],
    "epic": [],
    "epic experience": ["tool:epic"],
    "Epic EHR coder": ["tool:epic"],
    "3M 360 Encompass": ["tool:solventum-360"],
    "cerner": ["tool:oracle-health"],
    "encoderpro coder": ["tool:optum-encoderpro"],
    # Pay
    "over $35/hr": ["pay:35"],
    "$35/hr coder": ["pay:35"],
    "remote over $35/hr": ["arrangement:remote", "pay:35"],
    "at least 35 an hour": ["pay:35"],
    "$30+ per hour": ["pay:30"],
    "$70k+": ["pay:33.65"],
    "70k coder": ["pay:33.65"],
    "$70,000 a year": ["pay:33.65"],
    "more than $40 hourly": ["pay:40"],
    "min $28.50/hour": ["pay:28.50"],
    "3M coder": ["tool:solventum-360"],
    "over 35": [],
    "$5": [],
    # Experience
    "no experience": ["experience:none|apprentice:yes"],
    "no experience required remote": ["experience:none|apprentice:yes", "arrangement:remote"],
    "entry level coder": ["experience:none|apprentice:yes"],
    "entry-level": ["experience:none|apprentice:yes"],
    "new grad coder": ["experience:none|apprentice:yes"],
    "2 years experience": ["experience:2"],
    "2 years": ["experience:2"],
    "3+ yrs experience CPC": ["experience:3", "credential:cpc"],
    "two years of experience": ["experience:2"],
    "1 year exp": ["experience:1"],
    "less than 1 year": ["experience:1"],
    # Together, and what is no concept
    "remote cpc inpatient coder texas over $30/hr": [
        "arrangement:remote",
        "credential:cpc",
        "specialty:inpatient-acute|side:facility-inpatient",
        "hires_in:TX",
        "pay:30",
    ],
    '"remote"': [],
    '"cath lab" coder': [],
    "remot*": [],
    "mercy hospital": ["setting:hospital"],
    "backlog lukes": [],
    "": [],
    "-": [],
    '"((( OR -- *': [],
}


def written(q: str, plain: tuple[str, ...] = ()) -> list[str]:
    return [
        ("-" if one.excluded else "") + "|".join(f"{m.parameter}:{m.value}" for m in one.meanings)
        for one in read_concepts(q, WORDS, plain).concepts
    ]


@pytest.mark.parametrize("q", READINGS, ids=repr)
def test_a_search_is_read_as(q: str) -> None:
    assert written(q) == READINGS[q]


OFFERS = {
    "OR coder": ["OR state:OR"],
    "coder HI": ["HI state:HI"],
    "PA": ["PA state:PA"],
    "OP": [],
    "outpatient": ["outpatient side:facility-outpatient"],
    "CCC": ["CCC credential:ccc"],
    "ED": [],
    "me": [],
    "epic": ["epic tool:epic"],
    "cath lab": [],
}


@pytest.mark.parametrize("q", OFFERS, ids=repr)
def test_a_word_with_another_meaning_is_offered_as_a_concept(q: str) -> None:
    reading = read_concepts(q, WORDS, ())
    assert [f"{one.words} {m.parameter}:{m.value}" for one in reading.offers for m in one.meanings] == OFFERS[
        q
    ]
