"""What a text requires, prefers and refuses of credentials."""

import pytest

from jobboard.postings.requirement_words import in_words
from jobboard.postings.requirements import AllOf, AnyOf, Leaf, SomeOf, flat, from_json, to_json
from jobboard.vocabulary import shipped

REQUIRED = [
    ("CPC required.", "CPC"),
    ("RHIT AND (CCS OR CIC)", "RHIT and either CCS or CIC"),
    ("Must hold RHIT and either CCS or CIC.", "RHIT and either CCS or CIC"),
    ("RHIT, and CCS or CIC", "RHIT and either CCS or CIC"),
    ("RHIT or RHIA and CCS or CIC required", "either RHIT or RHIA, and either CCS or CIC"),
    ("RHIA or RHIT with CCS", "RHIA or both RHIT and CCS"),
    ("CPC, CCS or CRC required", "CPC, CCS or CRC"),
    ("CPC/CCS required", "CPC or CCS"),
    ("CPC and/or CCS required.", "CPC or CCS"),
    ("Both CPC and CPMA are required.", "CPC and CPMA"),
    ("Must obtain CPC within 6 months of hire", "CPC within 6 months of hire"),
    ("CPC required or ability to obtain within one year", "CPC within 12 months of hire"),
    ("CPC certification or eligible to obtain within 90 days of hire", "CPC within 3 months of hire"),
    ("RHIT required; must obtain CCS within 12 months", "RHIT and CCS within 12 months of hire"),
    (
        "RHIT, and CCS or CIC within 12 months of hire",
        "RHIT and either CCS within 12 months of hire or CIC within 12 months of hire",
    ),
    (
        "Current certifications include: CPC, CCS and RHIT.\nCurrent certifications include: CCA.",
        "CPC, CCS, RHIT or CCA",
    ),
    ("One of the following: CPC, CCS, RHIT or RHIA.", "CPC, CCS, RHIT or RHIA"),
    ("One of the following:\n\n- CPC\n- CCS\n- RHIT\n\nApply now.", "CPC, CCS or RHIT"),
    (
        "Must have a mastery level certification.\nCertified Coding Specialist (CCS)\n"
        "Registered Health Information Administrator (RHIA)\nCertified Professional Coder (CPC)",
        "CCS, RHIA or CPC",
    ),
    ("Certified Professional Coder (CPC)\n\nOR\n\nCertified Coding Specialist (CCS)", "CPC or CCS"),
    ("RHIT\nAND\nCCS", "RHIT and CCS"),
    ("Requirements:\n- RHIT or RHIA\n- CCS or CIC", "either RHIT or RHIA, and either CCS or CIC"),
    (
        "Must have either a mastery level certification or a documentation certification.\n\n"
        "Certified Coding Specialist (CCS),\n\nCertified Professional Coder (CPC).\n\n"
        "Current documentation certifications include:\n\n- Certified Clinical Documentation Specialist (CCDS).",
        "CCS, CPC or CCDS",
    ),
    ("Certification required:\n\n* CPC\n* CCS\n", "CPC or CCS"),
    (
        "current certifications include: Certified Coding Specialist (CCS), Certified Coding Specialist (CCS) ? "
        "Physician-based (CCS-P), and Certified Inpatient Coder (CIC).\n"
        "I am a Certified Health Data Analyst (CHDA) through AHIMA.",
        "CCS, CCS-P, CIC or CHDA",
    ),
    ("RHIT plus CCS or CIC required", "RHIT and either CCS or CIC"),
    ("CCS or CIC, RN preferred.", "CCS or CIC"),
    ("Must obtain CRC in 6 months.", "CRC within 6 months of hire"),
    ("Two of the following: CPC, CCS, CRC", "at least two of CPC, CCS and CRC"),
    ("Must have at least two of CPC, CCS and CRC", "at least two of CPC, CCS and CRC"),
    (
        "Certified Professional Coder (CPC) or Certified Coding Specialist (CCS) certification required.",
        "CPC or CCS",
    ),
    (
        "Active coding certification through AAPC or AHIMA (CPC, COC, CCS, CCS-P, or RHIA) required.",
        "CPC, COC, CCS, CCS-P or RHIA",
    ),
    ("Certification such as CPC, CCS or RHIT", "CPC, CCS or RHIT"),
    ("Credentials: RHIA, RHIT, CCS", "RHIA, RHIT or CCS"),
    ("CPC-H required", "COC"),
    ("CCS–P required", "CCS-P"),
    ("CPC or CPC-A required.", "CPC (apprentices accepted)"),
    ("Credential: CPC-A or higher", "CPC (apprentices accepted)"),
    ("RHIA, CCS or CPC required within 1 year of hire", "RHIA, CCS or CPC within 12 months of hire"),
    ("CPC required, CPC-A accepted.", "CPC (apprentices accepted)"),
    ("CPC-A must obtain CPC within 24 months.", "CPC (apprentices accepted)"),
    ("CPC-certified coder with experience", "CPC"),
    (
        "Candidates must hold an active CPC credential and have 3 years of hands-on coding experience.",
        "CPC",
    ),
]


@pytest.mark.parametrize(("text", "words"), REQUIRED)
def test_a_required_credential_is_read_with_its_logic(read, text, words):
    requirement = read(text).requirement
    assert in_words(requirement.required) == words
    assert requirement.preferred is None
    assert requirement.refused == ()


@pytest.mark.parametrize(
    ("text", "required", "preferred", "refused"),
    [
        ("CPC-A not accepted", "", "", ("cpc-a",)),
        ("CPC-A will not be considered", "", "", ("cpc-a",)),
        ("The employer does not accept CPC-A.", "", "", ("cpc-a",)),
        ("No CPC-A please.", "", "", ("cpc-a",)),
        ("CPC-A's not accepted, CPC only.", "CPC", "", ("cpc-a",)),
        ("CPC required, CPC-A will not be considered.", "CPC", "", ("cpc-a",)),
        ("CPC certification required; no apprentices.", "CPC", "", ("cpc-a",)),
        ("CPC (no apprentices)", "CPC", "", ("cpc-a",)),
        ("Applicants with CPC-A are not eligible.", "", "", ("cpc-a",)),
        ("Please do not apply with a CPC-A.", "", "", ("cpc-a",)),
        ("CCS or CIC is required; CPC is not accepted for inpatient coding.", "CCS or CIC", "", ("cpc",)),
        ("CPC without apprentice status", "CPC", "", ("cpc-a",)),
        ("Must be certified (CPC, no CPC-A).", "CPC", "", ("cpc-a",)),
        ("CPC-A and COC-A are not accepted; CPC or COC only", "CPC or COC", "", ("cpc-a", "coc-a")),
        ("CPC required; CRC preferred", "CPC", "CRC", ()),
        ("CPC required, CRC preferred", "CPC", "CRC", ()),
        ("CPC required with CRC preferred", "CPC", "CRC", ()),
        ("Must have CPC or CCS, CRC preferred.", "CPC or CCS", "CRC", ()),
        ("CPC (required), CPMA (preferred)", "CPC", "CPMA", ()),
        ("CPC, COC, or CIC required; RHIA/RHIT a plus", "CPC, COC or CIC", "RHIA or RHIT", ()),
        ("Required: CPC. Preferred: CRC, CDEO.", "CPC", "CRC or CDEO", ()),
        ("CCS preferred.", "", "CCS", ()),
        ("CPC is not required but preferred", "", "CPC", ()),
        ("CPC is not required.", "", "", ()),
        ("Requirements:\n- CPC\n\nPreferred qualifications:\n- CRC\n", "CPC", "CRC", ()),
    ],
)
def test_required_preferred_and_refused_are_told_apart(read, text, required, preferred, refused):
    requirement = read(text).requirement
    assert in_words(requirement.required) == required
    assert in_words(requirement.preferred) == preferred
    assert requirement.refused == refused
    assert not flat(requirement) & set(refused)


@pytest.mark.parametrize(
    "text",
    [
        "We will pay for your CPC exam.",
        "Our team of CPC certified coders is growing.",
        "The clinician holds a CCC-SLP.",
        "You join the CCC of the hospital.",
        "AAPC or AHIMA certification is required.",
        "The CPC-I teaches.",
        "We offer an APC grouping tool.",
    ],
)
def test_what_asks_for_no_credential_gives_none(read, text):
    assert not read(text).requirement


def test_the_ambiguous_ccc_counts_beside_cardiology(read):
    assert flat(read("CCC preferred for cardiology.").requirement) == {"ccc"}


def test_a_letter_after_a_comma_makes_no_apprentice(read):
    assert flat(read("Holding a CPC, a plus for E/M.").requirement) == {"cpc"}


def test_the_tree_itself_is_built(read):
    assert read("RHIT and (CCS or CIC)").requirement.required == AllOf(
        (Leaf("rhit"), AnyOf((Leaf("ccs"), Leaf("cic"))))
    )
    assert read("two of CPC, CCS, CRC").requirement.required == SomeOf(
        2, (Leaf("cpc"), Leaf("ccs"), Leaf("crc"))
    )


def test_a_title_names_the_credential_where_the_text_does_not(read):
    assert flat(read("A quiet team.", "CPC Coder").requirement) == {"cpc"}
    assert flat(read("CCS or RHIT required.", "CPC Coder").requirement) == {"ccs", "rhit"}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("CPC-A welcome.", True),
        ("We accept CPC-A!", True),
        ("CPC apprentices are welcome to apply.", True),
        ("No experience required.", True),
        ("New graduates are encouraged to apply.", True),
        ("CPC-A will not be considered", False),
        ("Apprentice designation (CPC-A) not accepted", False),
        ("CPC required.", None),
        ("An entry-level salary.", None),
    ],
)
def test_whether_apprentices_are_welcome_is_only_known_when_said(read, text, answer):
    assert read(text).apprentice_welcome is answer


@pytest.mark.parametrize(
    "text",
    [
        "CPC and (CCS or (CIC and (CRC or (COC and (RHIT or (RHIA and CCA)))))) required.",
        "either CPC and either CCS and either CIC and either CRC and either COC and either RHIT and RHIA required",
        "\n".join(
            f"{slug.upper()} and CPC and RHIT and CCS required." for slug in shipped()["credential"].slugs
        ),
    ],
)
def test_a_requirement_is_never_larger_than_a_posting_may_store(read, text):
    requirement = read(text).requirement
    assert requirement.required is not None
    assert from_json(to_json(requirement)) == requirement
