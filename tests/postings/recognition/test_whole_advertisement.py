"""A whole advertisement, read at once."""

from dataclasses import asdict

from jobboard.postings.recognition import Workload
from jobboard.postings.requirement_words import sentences

TITLE = "Senior Profee Coder, Cardiology & IR - Remote"
TEXT = """**About us**
Summit Health is a multi-specialty physician group of 400 providers. We previously used Cerner and moved to Epic.

## What you'll do
- Assign CPT, ICD-10-CM and HCPCS Level II codes with modifiers for cardiology, cath lab and interventional
  radiology encounters (93458, 37220-37235)
- Work claim edits and denials

## What you bring
- Active CPC or CCS-P required; CIRCC or CCC strongly preferred. CPC-A will not be considered.
- 3+ years of professional fee coding, including at least 1 year in interventional radiology
- High school diploma or GED; associate degree a plus
- Comfortable with Epic and 3M 360 Encompass

## Details
Full-time, Monday through Friday, no weekends or holidays. 100% remote; equipment provided. You must reside in one
of the following states: AZ, CO, FL, GA, OR, TX, or UT.
Pay: $28.50–$36.00/hr DOE plus $2,000 sign-on bonus. 401(k), PTO, medical, dental and vision. We pay your AAPC dues
and CEUs.
Productivity is 10-12 encounters per hour at 95% accuracy after a 6-week ramp-up; audit findings may be disputed.
Req ID: 2026-1187. We are not able to sponsor visas.
"""
EXPECTED = {
    "title": TITLE,
    "specialties": ("cardiology", "interventional-radiology", "cath-lab-ep"),
    "roles": ("production-coder",),
    "sides": ("professional-fee",),
    "settings": ("physician-group",),
    "systems": ("cpt", "icd10cm", "hcpcs", "modifier"),
    "tools": ("epic", "solventum-360"),
    "arrangement": "remote",
    "hybrid_days": None,
    "training_weeks": None,
    "eligible_mode": "named",
    "eligible_states": ("AZ", "CO", "FL", "GA", "OR", "TX", "UT"),
    "employment": ("full-time",),
    "schedule": ("day",),
    "hours_per_week_least": None,
    "hours_per_week_most": None,
    "pay_basis": "hourly",
    "pay_least_cents": 2850,
    "pay_most_cents": 3600,
    "experience_months": 36,
    "specialty_experience_months": 12,
    "apprentice_welcome": False,
    "education": "high-school",
    "work_authorization": "us_only",
    "accuracy_percent": 95.0,
    "ramp_up_weeks": 6,
    "qa_appeal": True,
    "equipment_provided": True,
    "ceu_paid": True,
    "dues_paid": True,
    "openings": None,
    "requisition_number": "2026-1187",
    "benefits": (
        "sign-on-bonus",
        "retirement",
        "paid-time-off",
        "health-insurance",
        "dental-insurance",
        "vision-insurance",
    ),
}


def test_a_whole_advertisement_is_read_field_by_field(read):
    found = read(TEXT, TITLE)
    values = asdict(found)
    assert {name: values[name] for name in EXPECTED} == EXPECTED
    assert found.workloads == (Workload(None, 10, 12),)
    assert sentences(found.requirement) == (
        "Required: CPC or CCS-P",
        "Preferred: CIRCC or CCC",
        "Not accepted: CPC-A",
    )
    assert set(values) == {*EXPECTED, "workloads", "requirement"}
