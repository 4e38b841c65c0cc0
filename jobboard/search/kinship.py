"""Specialties next of kin: whose coders read the same notes or the same chapters, and change over most easily."""

from __future__ import annotations

# Each list is of specialties that lie close together; a specialty may stand in several.
_FAMILIES = (
    ("cardiology", "cath-lab-ep", "cardiothoracic-vascular"),
    ("interventional-radiology", "diagnostic-radiology", "cath-lab-ep"),
    ("interventional-radiology", "cardiothoracic-vascular"),
    ("orthopaedics", "spine-neurosurgery", "podiatry", "rehab-snf"),
    ("pain-management", "anesthesia", "spine-neurosurgery"),
    ("general-surgery", "trauma", "transplant", "plastics", "same-day-surgery"),
    ("gastroenterology", "general-surgery", "same-day-surgery"),
    ("urology", "ob-gyn", "general-surgery"),
    ("oncology-hematology", "radiation-oncology", "infusion"),
    ("pathology-laboratory", "ancillary", "diagnostic-radiology"),
    ("dermatology", "plastics", "wound-care"),
    ("ophthalmology", "ent"),
    ("ent", "plastics", "dental"),
    ("pediatrics-nicu", "primary-care", "ob-gyn"),
    ("behavioral-health", "primary-care"),
    ("primary-care", "e-m", "risk-adjustment"),
    ("emergency", "observation", "trauma", "e-m"),
    ("inpatient-acute", "ltach", "observation", "rehab-snf"),
    ("same-day-surgery", "ancillary", "observation"),
    ("wound-care", "podiatry"),
)


def kin_of(specialty: str) -> tuple[str, ...]:
    """The slugs of the specialties next of kin, the closest first; empty where it has none."""
    kin = (one for family in _FAMILIES if specialty in family for one in family if one != specialty)
    return tuple(dict.fromkeys(kin))


def all_with_kin() -> frozenset[str]:
    """Every slug that stands in a family."""
    return frozenset(slug for family in _FAMILIES for slug in family)
