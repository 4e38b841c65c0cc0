"""Searches for credentials, and for codes, families and ranges."""

from __future__ import annotations

from tests.relevance.judged.criteria import (
    APPRENTICES,
    BEGINNERS,
    CODES,
    NO_CREDENTIAL,
    Judged,
    code,
    code_within,
    helped,
    prefers,
    requires,
    role,
    side,
    topic,
    wishes,
)


def credential(query: str, *slugs: str) -> Judged:
    """3 where it is asked for, 2 where it is a plus; "not required" is neither."""
    return Judged(query, requires(*slugs), prefers(*slugs))


def named(query: str, wanted: str, *topics: str) -> Judged:
    """A code: 3 where it is named, 2 where a range or category around it is, 1 for work in which it is daily bread."""
    return Judged(query, code(wanted), code_within(wanted), topic(*topics))


_CANCER = topic("medical-oncology", "infusion", "radiation-oncology", "surgical-oncology")
_APPRENTICE = (APPRENTICES, BEGINNERS & requires("cpc", "cca"), BEGINNERS)

JUDGED = (
    credential("CPC", "cpc"),
    credential("CCS", "ccs"),
    credential("rhit", "rhit"),
    credential("CIRCC", "circc"),
    credential("COSC", "cosc"),
    credential("CASCC", "cascc"),
    credential("CPB", "cpb"),
    credential("CCS-P", "ccs-p"),
    credential("certified coding specialist", "ccs"),
    credential("certified risk adjustment coder", "crc"),
    credential("ccds", "ccds"),
    credential("cdip cdi", "cdip"),
    Judged("CPC-A", *_APPRENTICE),
    Judged("cpc apprentice", *_APPRENTICE),
    Judged("CPC jobs", requires("cpc") & CODES, requires("cpc"), prefers("cpc")),
    wishes("COC outpatient coder", side("facility-outpatient", "asc"), requires("coc"), CODES, some=requires("coc")),
    wishes("CIC inpatient coder", side("facility-inpatient"), requires("cic"), CODES, some=requires("cic")),
    wishes("CPMA auditor", role("auditor"), requires("cpma"), some=requires("cpma")),
    wishes("RHIA director", role("leadership"), requires("rhia"), some=requires("rhia")),
    wishes("CCS or CIC inpatient", side("facility-inpatient"), requires("ccs", "cic"), some=requires("cic")),
    wishes("CRC coder", requires("crc"), CODES, some=prefers("crc")),
    wishes("CHONC oncology", _CANCER, requires("chonc") | prefers("chonc")),
    wishes("CEDC emergency", topic("emergency"), requires("cedc") | prefers("cedc")),
    Judged("no certification required", NO_CREDENTIAL & BEGINNERS, NO_CREDENTIAL),
    # codes
    named("93458", "93458", "cath-lab"),
    named("99213", "99213", "em-levels", "primary-care"),
    named("99202-99215", "99202-99215", "em-levels"),
    named("99202 to 99215", "99202-99215", "em-levels"),
    named("62323", "62323", "pain"),
    named("62320-62327", "62320-62327", "pain"),
    named("99281-99285", "99281-99285", "emergency"),
    named("99284", "99284", "emergency"),
    named("27447", "27447", "joints"),
    named("cpt 45385", "45385", "endoscopy"),
    named("I25.10", "I25.10", "cath-lab", "cardiology-clinic"),
    named("E11.22", "E11.22", "hcc", "radv"),
    Judged("E11", code_within("E11"), topic("hcc", "radv")),
    named("A41.9", "A41.9", "inpatient-medicine"),
    named("0DTJ4ZZ", "0DTJ4ZZ", "inpatient-medicine"),
    named("J9271", "J9271", "infusion"),
    named("G0121", "G0121", "endoscopy"),
    named("66984 cataract", "66984", "retina"),
    named("64493", "64493", "pain"),
    named("C50.911", "C50.911", "medical-oncology", "surgical-oncology"),
    Judged("N18.6 dialysis", topic("nephrology") & code("N18.6"), topic("nephrology"), helped("nephrology")),
    Judged("DRG 871", code("MS-DRG 871"), topic("inpatient-medicine"), side("facility-inpatient")),
    Judged("99291 critical care", code("99291"), topic("emergency"), topic("pulmonology", "nicu")),
    wishes("50360 kidney transplant", topic("transplant"), code("50360"), some=topic("nephrology")),
)  # fmt: skip
