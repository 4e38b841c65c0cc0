"""Searches that ask for several things at once, and those with quotation marks, OR and minus."""

from __future__ import annotations

from tests.relevance.judged.criteria import (
    APPRENTICES,
    AT_HOME,
    BEGINNERS,
    CODES,
    NEVER,
    ON_SITE,
    REMOTE,
    SENIOR,
    Judged,
    city,
    employment,
    helped,
    hires_in,
    may_hire_in,
    prefers,
    requires,
    role,
    schedule,
    setting,
    side,
    topic,
    uses,
    wishes,
    works_in,
)

_RISK = topic("hcc", "radv") | side("risk-adjustment")
_IR = topic("interventional-radiology", "neuro-ir")
_ORTHO = topic("joints", "sports-medicine", "hand-surgery")
_CARDIAC = topic("cardiology-clinic", "cath-lab", "electrophysiology")
_CANCER = topic("medical-oncology", "infusion", "radiation-oncology", "surgical-oncology")
_DRUGS = topic("infusion", "medical-oncology")
_RADIOLOGY = topic("diagnostic-radiology", "mammography")
_SURGERY = topic("general-surgery", "same-day-surgery", "bariatrics", "surgical-oncology") | side("asc")
_INPATIENT = side("facility-inpatient")

JUDGED = (
    wishes("remote HCC coder CRC", _RISK, requires("crc"), CODES, firm=AT_HOME),
    wishes("remote HCC coder", _RISK, CODES, firm=AT_HOME),
    wishes("senior inpatient coder remote", _INPATIENT, SENIOR, CODES, firm=AT_HOME),
    wishes("IR coder CIRCC", _IR, requires("circc") | prefers("circc"), CODES, some=requires("circc")),
    wishes("IR coder remote", _IR, CODES, firm=AT_HOME),
    wishes("profee ortho coder", _ORTHO, side("professional-fee"), CODES),
    wishes("outpatient facility coder epic", side("facility-outpatient"), uses("epic"), CODES),
    wishes("ED coder nights or weekends", topic("emergency"), schedule("night", "evening", "weekend"), CODES),
    wishes("oncology infusion coder remote", _DRUGS, topic("infusion"), CODES, firm=AT_HOME),
    wishes("cardiology auditor", _CARDIAC, role("auditor"), some=role("auditor")),
    wishes(
        "spine surgery profee remote", topic("spine"), side("professional-fee"), firm=AT_HOME, some=topic("cranial")
    ),
    wishes("inpatient DRG auditor remote", role("auditor"), _INPATIENT, firm=AT_HOME),
    wishes("pediatric inpatient coder", topic("nicu", "pediatrics"), _INPATIENT, CODES),
    wishes(
        "anesthesia coder CANPC", topic("anesthesia"), requires("canpc") | prefers("canpc"), CODES,
        some=requires("canpc"),
    ),
    wishes("remote risk adjustment auditor", _RISK, role("auditor"), firm=AT_HOME),
    wishes("E/M auditor", topic("em-levels"), role("auditor"), some=role("auditor")),
    wishes("remote CPC-A", APPRENTICES | BEGINNERS & requires("cpc", "cca"), APPRENTICES, firm=AT_HOME),
    wishes("gi asc coder", topic("endoscopy"), side("asc"), CODES),
    wishes("urology biller", topic("urology"), role("biller-coder"), some=role("biller-coder")),
    wishes("part time HCC coder", _RISK, employment("part-time"), CODES),
    wishes("behavioral health biller remote", topic("behavioral", "substance-use"), role("biller-coder"), firm=AT_HOME),
    wishes("wound care outpatient", topic("wound-care"), side("facility-outpatient")),
    wishes("trauma registrar", role("abstractor-registrar"), topic("trauma"), some=topic("trauma")),
    wishes("inpatient coder 3M", _INPATIENT, uses("solventum-360"), CODES, some=uses("solventum-360")),
    wishes("radiology coder RCC", _RADIOLOGY, requires("rcc") | prefers("rcc"), CODES),
    wishes("remote ED coder PRN", topic("emergency"), employment("per-diem"), CODES, firm=AT_HOME),
    wishes("remote pain management coder", topic("pain"), CODES, firm=AT_HOME),
    wishes("dermatology coder remote", topic("dermatology"), CODES, firm=AT_HOME),
    wishes("cath lab coder remote", topic("cath-lab"), CODES, firm=AT_HOME, some=topic("electrophysiology")),
    wishes("remote surgery coder CPC", _SURGERY, requires("cpc"), CODES, firm=AT_HOME),
    wishes("FQHC biller", topic("fqhc") | setting("fqhc"), role("biller-coder")),
    wishes("academic cardiology", _CARDIAC, setting("academic")),
    wishes("payer auditor", setting("payer") | side("payer"), role("auditor")),
    wishes("home health coder remote", side("home-health-hospice"), CODES, firm=AT_HOME),
    wishes("vendor inpatient coder", _INPATIENT, setting("vendor"), CODES),
    wishes("CDI inpatient CCDS", role("cdi-specialist"), requires("ccds"), _INPATIENT),
    wishes("retina coder COPC", topic("retina"), requires("copc") | prefers("copc"), CODES),
    wishes("outpatient coder COC remote", side("facility-outpatient"), requires("coc"), CODES, firm=AT_HOME),
    wishes("ob coder remote", topic("obstetrics", "gynecology"), CODES, firm=AT_HOME),
    wishes("neurosurgery auditor", topic("cranial", "spine"), role("auditor")),
    Judged(
        "dermatology coder remote texas", topic("dermatology") & REMOTE & hires_in("TX"),
        topic("dermatology") & (hires_in("TX") | may_hire_in("TX")), topic("dermatology"),
    ),
    Judged(
        "HCC coder florida remote", _RISK & REMOTE & hires_in("FL"), _RISK & (hires_in("FL") | may_hire_in("FL")),
        _RISK & works_in("FL"),
    ),
    Judged(
        "inpatient coder ohio", _INPATIENT & works_in("OH"), _INPATIENT & hires_in("OH"), _INPATIENT & may_hire_in("OH")
    ),
    Judged(
        "oncology coder nashville", _CANCER & city("Nashville", "Franklin"), topic("medical-oncology") & works_in("TN"),
        city("Nashville", "Franklin"),
    ),
    # operators
    Judged("cardiology coder -remote", topic("cardiology-clinic") & ~AT_HOME & CODES, _CARDIAC & ~AT_HOME),
    Judged('"total joint" coder', topic("joints") & CODES, topic("joints")),
    Judged('"risk adjustment" auditor', _RISK & role("auditor"), _RISK),
    Judged(
        "radiology OR pathology coder", (_RADIOLOGY | topic("pathology")) & CODES, _RADIOLOGY | topic("pathology"),
        _IR | topic("laboratory"),
    ),
    Judged("inpatient coder -CCS", _INPATIENT & CODES & ~requires("ccs"), _INPATIENT & ~requires("ccs")),
    Judged("orthop* coder", _ORTHO & CODES, _ORTHO, helped("joints", "sports-medicine")),
    Judged("on site urology", topic("urology") & ON_SITE, topic("urology") & ~AT_HOME, topic("urology")),
    Judged(
        "transplant coder inpatient", topic("transplant") & _INPATIENT & CODES, topic("transplant") & _INPATIENT,
        topic("transplant"),
    ),
    Judged(
        "infusion coder -oncology", topic("infusion") & ~topic("medical-oncology", "radiation-oncology"), NEVER,
        helped("infusion"),
    ),
)  # fmt: skip
