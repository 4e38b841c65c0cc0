"""Searches for what is coded, in the words, short forms and slips of those who type them."""

from __future__ import annotations

from tests.relevance.judged.criteria import (
    CODES,
    MULTISPECIALTY,
    NEVER,
    Criterion,
    Judged,
    helped,
    side,
    topic,
    wishes,
)

_CARDIAC = ("cardiology-clinic", "cath-lab", "electrophysiology")
_ORTHO = ("joints", "sports-medicine", "hand-surgery")
_SURGERY = (
    "bariatrics", "joints", "sports-medicine", "hand-surgery", "spine", "cranial", "open-heart", "vascular", "urology",
    "gynecology", "surgical-oncology", "retina", "ent", "plastics", "podiatry", "transplant", "trauma", "dental",
)  # fmt: skip
_RADIOLOGY = ("diagnostic-radiology", "mammography")
_RISK = topic("hcc", "radv") | side("risk-adjustment")
_INPATIENT = side("facility-inpatient")
_FACILITY = side("facility-outpatient", "facility-inpatient")


def coder_of(query: str, *keys: str, near: tuple[str, ...] = (), kin: Criterion = NEVER) -> Judged:
    """A coder of something: 3 to code it, 2 in another role or to code its `kin`, 1 for a tenth of it or for `near`."""
    return Judged(
        query, topic(*keys) & CODES, topic(*keys) | (kin & CODES), helped(*keys) | topic(*near) | kin
    )


def about(query: str, *keys: str, near: tuple[str, ...] = (), kin: tuple[str, ...] = ()) -> Judged:
    """A bare word: 3 in any role, 2 for `kin`, 1 for a tenth of it or for `near`."""
    return Judged(query, topic(*keys), topic(*kin), helped(*keys) | topic(*near))


JUDGED = (
    # heart and vessels
    coder_of("cath lab coder", "cath-lab", near=("cardiology-clinic",), kin=topic("electrophysiology")),
    about("cath lab", "cath-lab", near=("cardiology-clinic",), kin=("electrophysiology",)),
    coder_of("cardiology coder", "cardiology-clinic", kin=topic(*_CARDIAC), near=("open-heart",)),
    about("heart catheterization", "cath-lab", near=("cardiology-clinic", "electrophysiology")),
    about("electrophysiology", "electrophysiology", near=("cardiology-clinic",), kin=("cath-lab",)),
    coder_of("EP coder", "electrophysiology", near=("cardiology-clinic",), kin=topic("cath-lab")),
    coder_of("vascular surgery coder", "vascular", near=("open-heart", "interventional-radiology")),
    about("open heart surgery", "open-heart", near=("cath-lab", "vascular")),
    coder_of("CVT surgery coding", "open-heart", kin=topic("vascular")),
    # emergency and visits
    coder_of("ED coder", "emergency"),
    coder_of("ER coding", "emergency"),
    wishes("emergency department facility coder", topic("emergency"), CODES, side("facility-outpatient")),
    wishes("ED profee coder", topic("emergency"), CODES, side("professional-fee")),
    coder_of("E/M coder", "em-levels", near=("primary-care", "emergency")),
    about("evaluation and management", "em-levels", near=("primary-care",)),
    coder_of("trauma coder", "trauma", near=("emergency",)),
    coder_of("observation coder", "observation", near=("emergency",)),
    # radiology
    coder_of("interventional radiology coder", "interventional-radiology", "neuro-ir"),
    coder_of("IR coder", "interventional-radiology", "neuro-ir"),
    about("radiology coding", "diagnostic-radiology", "mammography", kin=("interventional-radiology", "neuro-ir")),
    about("mammography", "mammography", kin=("diagnostic-radiology",)),
    about("neuro IR", "neuro-ir", kin=("interventional-radiology",), near=("cranial",)),
    coder_of("imaging coder", *_RADIOLOGY, near=("interventional-radiology",)),
    # bones, spine, pain
    coder_of("ortho coder", *_ORTHO, near=("spine", "podiatry")),
    coder_of("orthopedic surgery coding", *_ORTHO, near=("spine",)),
    coder_of("total joint coder", "joints", kin=topic(*_ORTHO)),
    about("hand surgery", "hand-surgery", kin=("sports-medicine",), near=("joints", "plastics")),
    coder_of("spine coder", "spine", near=("joints", "pain"), kin=topic("cranial")),
    coder_of("neurosurgery coder", "cranial", "spine"),
    coder_of("pain management coder", "pain", near=("anesthesia", "spine")),
    about("epidural injection", "pain", near=("anesthesia",)),
    coder_of("anesthesia coder", "anesthesia", near=("pain",)),
    about("anesthesiology", "anesthesia", near=("pain",)),
    coder_of("podiatry coder", "podiatry"),
    about("foot and ankle", "podiatry", near=_ORTHO),
    # organs
    coder_of("GI coder", "endoscopy"),
    about("colonoscopy", "endoscopy"),
    coder_of("urology coder", "urology"),
    coder_of("ob gyn coder", "obstetrics", "gynecology"),
    about("maternity", "obstetrics", near=("gynecology", "nicu")),
    coder_of("derm coder", "dermatology", near=("plastics",)),
    about("Mohs", "dermatology", near=("plastics",)),
    coder_of("ophthalmology coder", "retina"),
    about("cataract surgery", "retina"),
    coder_of("ENT coder", "ent"),
    coder_of("plastic surgery coder", "plastics"),
    coder_of("transplant coder", "transplant", near=("nephrology",)),
    about("dialysis", "nephrology", near=("transplant",)),
    coder_of("nephrology coder", "nephrology", near=("transplant",)),
    coder_of("pulmonary coder", "pulmonology", near=("ltach",)),
    about("rheumatology", "rheumatology"),
    about("bariatric", "bariatrics", near=("general-surgery",)),
    coder_of(
        "general surgery coder", "general-surgery", kin=topic("bariatrics", "surgical-oncology"), near=("trauma",)
    ),
    coder_of("surgery coder", "general-surgery", "same-day-surgery", kin=topic(*_SURGERY) | side("asc")),
    # cancer, drugs, laboratory
    coder_of(
        "oncology coder", "medical-oncology", kin=topic("surgical-oncology"), near=("infusion", "radiation-oncology")
    ),
    coder_of("hem onc coder", "medical-oncology", near=("infusion", "radiation-oncology")),
    about("surgical oncology", "surgical-oncology", near=("general-surgery", "medical-oncology")),
    about("rad onc", "radiation-oncology", near=("medical-oncology",)),
    coder_of("radiation oncology coder", "radiation-oncology", near=("medical-oncology",)),
    coder_of("infusion coder", "infusion", near=("medical-oncology",)),
    about("chemo infusion", "infusion", kin=("medical-oncology",)),
    coder_of("pathology coder", "pathology", near=("dermatology",), kin=topic("laboratory")),
    about("clinical lab coding", "laboratory", kin=("pathology",)),
    # by patient and by place of care
    coder_of("NICU coder", "nicu", kin=topic("pediatrics")),
    coder_of("peds coder", "pediatrics", kin=topic("nicu")),
    coder_of("behavioral health coder", "behavioral", kin=topic("substance-use")),
    coder_of("mental health coding", "behavioral", kin=topic("substance-use")),
    about("addiction medicine", "substance-use", kin=("behavioral",)),
    coder_of("primary care coder", "primary-care", kin=topic("fqhc"), near=("pediatrics", "em-levels")),
    coder_of("family practice coder", "primary-care", kin=topic("fqhc"), near=("pediatrics",)),
    coder_of("FQHC coder", "fqhc", near=("primary-care",)),
    coder_of("dental coder", "dental"),
    coder_of("wound care coder", "wound-care"),
    coder_of("SNF coder", "snf", near=("rehab",)),
    about("PDPM", "snf", near=("rehab",)),
    coder_of("rehab coder", "rehab", near=("snf",)),
    about("LTACH", "ltach"),
    Judged("home health coder", topic("home-health") & CODES, side("home-health-hospice"), helped("home-health")),
    Judged("hospice", topic("hospice"), side("home-health-hospice"), helped("hospice")),
    coder_of("ancillary coder", "ancillary", near=("laboratory", "diagnostic-radiology")),
    coder_of("same day surgery coder", "same-day-surgery"),
    coder_of("SDS coder", "same-day-surgery"),
    # sides
    Judged("HCC coder", _RISK & CODES, _RISK, helped("hcc", "radv")),
    Judged("risk adjustment", _RISK, NEVER, helped("hcc", "radv")),
    Judged("inpatient coder", _INPATIENT & CODES, _INPATIENT, helped("inpatient-medicine")),
    Judged("outpatient coder", side("facility-outpatient") & CODES, side("facility-outpatient"), side("asc") & CODES),
    Judged("profee coder", side("professional-fee") & CODES, side("professional-fee")),
    Judged("facility coder", _FACILITY & CODES, _FACILITY),
    Judged("ASC coder", side("asc") & CODES, side("asc"), topic("same-day-surgery")),
    Judged("multispecialty coder", MULTISPECIALTY & CODES, MULTISPECIALTY),
    # slips
    coder_of("orthopeadic coder", *_ORTHO, near=("spine",)),
    coder_of("cardiolgy coder", "cardiology-clinic", kin=topic(*_CARDIAC), near=("open-heart",)),
    about("anesthsia", "anesthesia", near=("pain",)),
    Judged("inpateint coder", _INPATIENT & CODES, _INPATIENT, helped("inpatient-medicine")),
    coder_of("opthalmology coder", "retina"),
    about("gastroenterolgy", "endoscopy"),
    coder_of("dermatolgy coder", "dermatology", near=("plastics",)),
    Judged("risk adjusment coder", _RISK & CODES, _RISK, helped("hcc", "radv")),
    about("nuerosurgery", "cranial", kin=("spine",)),
    coder_of("pediactric coder", "pediatrics", kin=topic("nicu")),
)  # fmt: skip
