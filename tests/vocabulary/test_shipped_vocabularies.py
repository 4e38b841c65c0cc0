"""The words of the trade as they are shipped."""

import pytest

from jobboard.vocabulary import shipped

FACET_SLUGS = {
    "arrangement": "remote hybrid on-site remote-after-training",
    "employment": (
        "full-time part-time per-diem contract-1099 contract-w2 temporary contract-to-hire internship"
    ),
    "side": (
        "professional-fee facility-inpatient facility-outpatient single-path asc risk-adjustment"
        " home-health-hospice payer"
    ),
    "system": "cpt icd10cm icd10pcs hcpcs msdrg apc hcc cdt modifier",
    "schedule": "day evening night weekend flexible",
    "role": (
        "production-coder auditor cdi-specialist denials-appeals charge-capture educator compliance"
        " biller-coder abstractor-registrar leadership consultant"
    ),
    "setting": "hospital academic physician-group asc fqhc payer vendor consultancy government",
    "pay_basis": "hourly day week month salary chart encounter",
    "close_reason": "filled withdrawn expired removed",
}


@pytest.mark.parametrize(("facet", "slugs"), FACET_SLUGS.items())
def test_a_facet_offers_exactly_its_values_in_order(facet, slugs):
    assert shipped()[facet].slugs == tuple(slugs.split())


def test_every_credential_of_the_trade_is_known_with_its_issuer():
    aapc = [
        "CPC",
        "CPC-A",
        "COC",
        "COC-A",
        "CIC",
        "CRC",
        "CPB",
        "CPMA",
        "CDEO",
        "CDEI",
        "CPCO",
        "CPPM",
        "CIRCC",
        "CASCC",
        "CANPC",
        "CCC",
        "CCVTC",
        "CPCD",
        "CEDC",
        "CENTC",
        "CEMC",
        "CFPC",
        "CGIC",
        "CGSC",
        "CHONC",
        "CIMC",
        "COBGC",
        "COPC",
        "COSC",
        "CPEDC",
        "CPRC",
        "CRHC",
        "CSFAC",
        "CUC",
    ]
    ahima = ["RHIA", "RHIT", "CCA", "CCS", "CCS-P", "CDIP", "CHPS", "CHDA"]
    others = {
        "CCDS": "ACDIS",
        "CCDS-O": "ACDIS",
        "CBCS": "NHA",
        "CMC": "PMI",
        "CHC": "CCB",
        "RCC": "RCCB",
        "RCCIR": "RCCB",
        "CRCR": "HFMA",
    }
    expected = dict.fromkeys(aapc, "AAPC") | dict.fromkeys(ahima, "AHIMA") | others
    credentials = shipped()["credential"]
    assert {term.label: term.issuer for term in credentials if term.active} == expected
    assert all(credentials[label.casefold()].label == label for label in expected)


@pytest.mark.parametrize(
    ("facet", "words", "slug"),
    [
        ("credential", "CPC-H", "coc"),
        ("credential", "ccs p", "ccs-p"),
        ("credential", "Certified Documentation Improvement Practitioner", "cdip"),
        ("tool", "Cerner", "oracle-health"),
        ("tool", "3M", "solventum-360"),
        ("tool", "Allscripts", "veradigm"),
        ("specialty", "Orthopedics", "orthopaedics"),
        ("specialty", "E&M", "e-m"),
        ("side", "pro-fee", "professional-fee"),
        ("employment", "PRN", "per-diem"),
        ("arrangement", "WFH", "remote"),
    ],
)
def test_an_alias_leads_to_its_term(facet, words, slug):
    term = shipped()[facet].find(words)
    assert term is not None
    assert term.slug == slug


def test_what_nobody_says_is_not_found():
    assert shipped()["specialty"].find("carpentry") is None
    assert shipped()["specialty"].get("carpentry") is None


def test_retired_credentials_are_understood_but_not_offered():
    credentials = shipped()["credential"]
    assert credentials.find("CPC-P") == credentials["cpc-p"]
    assert "cpc-p" not in dict(credentials.choices())
    assert "cpc" in dict(credentials.choices())


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("E/M", {"E&M", "evaluation and management"}),
        ("evaluation and management", {"E/M", "E&M"}),
        ("ER", {"ED", "emergency department", "emergency room", "emergency medicine"}),
        ("raf", {"HCC", "risk adjustment", "hierarchical condition category"}),
        ("telecommute", {"WFH", "work from home", "work at home", "remote", "telework"}),
        ("carpentry", set()),
    ],
)
def test_synonyms_work_in_every_direction(words, others):
    assert set(shipped().synonyms(words)) == others


def test_every_word_with_another_meaning_is_marked():
    credentials, specialties, sides = (shipped()[facet] for facet in ("credential", "specialty", "side"))
    assert credentials["ccc"].ambiguous == ("CCC",)
    assert "IR" in specialties["interventional-radiology"].cautious
    assert {"ED", "ER"} <= set(specialties["emergency"].cautious)
    assert "OP" in sides["facility-outpatient"].cautious
    assert "IP" in sides["facility-inpatient"].cautious


def test_an_apprentice_credential_names_the_full_one():
    assert shipped()["credential"]["cpc-a"].apprentice_of == "cpc"
