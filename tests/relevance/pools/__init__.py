"""The words of which the corpus is written, read from the files beside this one."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent
TOOLS = {
    "epic": ("Epic", "Epic Resolute"),
    "oracle-health": ("Cerner", "Oracle Health"),
    "meditech": ("Meditech",),
    "athenahealth": ("athenahealth", "Athena"),
    "eclinicalworks": ("eClinicalWorks", "eCW"),
    "nextgen": ("NextGen",),
    "veradigm": ("Allscripts", "Veradigm"),
    "solventum-360": ("3M 360", "3M 360 Encompass", "Solventum 360 Encompass"),
    "trucode": ("TruCode",),
    "optum-encoderpro": ("EncoderPro", "Optum EncoderPro"),
    "optum-enterprise-cac": ("Optum CAC", "Optum Enterprise CAC"),
    "aapc-codify": ("Codify", "AAPC Codify"),
    "find-a-code": ("Find-A-Code",),
    "dolbey-fusion": ("Dolbey Fusion", "Dolbey"),
}
RECORDS, ENCODERS = tuple(TOOLS)[:7], tuple(TOOLS)[7:]
CREDENTIALS = {
    "professional-fee": ("cpc", "cpc", "ccs-p", "cca", "ccs"),
    "facility-inpatient": ("ccs", "ccs", "cic", "rhit", "rhia"),
    "facility-outpatient": ("coc", "ccs", "cpc", "rhit", "cca"),
    "risk-adjustment": ("crc", "crc", "cpc", "ccs-p"),
    "asc": ("cpc", "cascc", "coc"),
    "home-health-hospice": ("cpc", "rhit", "coc"),
    "payer": ("cpc", "cpma", "ccs", "rhia"),
}
CREDENTIALS_OF_ROLES = {
    "auditor": ("cpma",),
    "cdi-specialist": ("ccds", "cdip", "ccds-o"),
    "compliance": ("cpco", "chc"),
    "biller-coder": ("cpb", "cbcs"),
    "leadership": ("rhia", "cppm"),
    "denials-appeals": ("crcr",),
}
SIDE_WORDS = {
    "professional-fee": ("Profee", "Professional Fee", "Physician", "Pro-Fee"),
    "facility-inpatient": ("Inpatient", "Inpatient Facility", "IP"),
    "facility-outpatient": ("Outpatient", "Outpatient Facility", "Facility", "OP"),
    "risk-adjustment": ("Risk Adjustment", "HCC"),
    "asc": ("ASC", "Surgery Center"),
    "home-health-hospice": ("Home Health", "Home Health and Hospice"),
    "payer": ("Payer", "Health Plan"),
}
ROLE_NOUNS = {
    "production-coder": (
        "Coder", "Coding Specialist", "Medical Coder", "Certified Coder", "Coder II", "Coder III",
        "Medical Coding Specialist", "Coding Analyst", "Coding Technician",
    ),
    "auditor": ("Coding Auditor", "Coding Quality Auditor", "Auditor", "Coding Quality Analyst", "DRG Validator"),
    "cdi-specialist": (
        "CDI Specialist", "Clinical Documentation Specialist", "Clinical Documentation Integrity Specialist",
    ),
    "denials-appeals": (
        "Denials Coder", "Coding Denials Analyst", "Appeals Specialist", "Denials Management Specialist",
    ),
    "charge-capture": (
        "Charge Capture Analyst", "Revenue Integrity Analyst", "Charge Entry Specialist", "Chargemaster Analyst",
    ),
    "educator": ("Coding Educator", "Provider Educator", "Coding Trainer"),
    "compliance": ("Coding Compliance Analyst", "Compliance Auditor", "Billing Compliance Specialist"),
    "biller-coder": ("Biller/Coder", "Medical Biller and Coder", "Billing and Coding Specialist", "Coder/Biller"),
    "abstractor-registrar": ("Cancer Registrar", "Trauma Registrar", "Clinical Data Abstractor", "Quality Abstractor"),
    "leadership": ("Coding Manager", "Coding Supervisor", "Director of Coding", "Lead Coder", "HIM Manager"),
    "consultant": ("Coding Consultant", "HIM Consultant", "CDI Consultant"),
}  # fmt: skip


@cache
def topics() -> dict[str, dict[str, Any]]:
    """What can be coded, by key."""
    return {
        key: facts
        for file in ("surgery", "medicine", "places_of_care")
        for key, facts in _read(f"topics/{file}.toml").items()
    }


@cache
def employers() -> dict[str, dict[str, Any]]:
    """Who hires, by key."""
    return dict(_read("employers.toml")["employer"])


@cache
def phrases() -> dict[str, Any]:
    """How facts are put into sentences."""
    return _read("phrases.toml")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))
