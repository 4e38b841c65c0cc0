"""The words that introduce a code, and those that say that a number is something else.

A *head* governs what follows it: `CPT`, `MS-DRG`, `modifiers` name a system; `codes`, `bill` say that a code
comes, not of which system; `CDT`, `APR-DRG`, `revenue code`, `ICD-9` name systems that the linker leaves alone;
`ZIP`, `suite`, `requisition` name a place or an identifier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from jobboard.codes.linker.tokens import DASH, NEW_LINE, WORD, Token


class Kind(Enum):
    """What a head says of what follows."""

    SYSTEM = auto()  # a system of the linker's
    CODE = auto()  # a code, of whichever system
    VERB = auto()  # an act of coding
    FOREIGN = auto()  # a code system that is not the linker's
    PLACE = auto()  # a place, identifier, version, telephone …
    NOUN = auto()  # an ordinary noun that can name an identifier ("order 62320") or nothing of the kind


@dataclass(frozen=True, slots=True)
class Head:
    """A head as found: `name` is its system (or the word itself), `after` the index of the next token."""

    kind: Kind
    name: str
    after: int


def _phrases(kind: Kind, name: str, *phrases: str) -> dict[tuple[str, ...], tuple[Kind, str]]:
    return {tuple(phrase.split()): (kind, name or phrase) for phrase in phrases}


def _listed(text: str) -> list[str]:
    return [phrase for phrase in text.replace("\n", "|").split("|") if phrase]


_ICD9 = ("ICD 9", "ICD 9 CM", "ICD 9 PCS", "ICD9", "ICD9 CM", "ICD9CM", "I 9")
_FOREIGN = """
ICD 8|ICD 11|ICD11|ICD O|ICD O 3|MORPHOLOGY|HISTOLOGY|TOPOGRAPHY|CDT|APR DRG|APR DRGS|APRDRG|APRDRGS
AP DRG|AP DRGS|APR|APR MS DRG|RXHCC|RXHCCS|RX HCC|RX HCCS|HHS HCC|HHS HCCS|CARC|CARCS|RARC|RARCS|REMARK
REMARKS|REMARK CODE|REMARK CODES|REMITTANCE|REMITTANCE CODE|REMITTANCE CODES|DENIAL CODE|DENIAL CODES
REASON CODE|REASON CODES|REJECTION CODE|REJECTION CODES|ADJUSTMENT CODE|ADJUSTMENT CODES|GROUP CODE
GROUP CODES|REVENUE CODE|REVENUE CODES|REV CODE|REV CODES|REV|POS|PLACE OF SERVICE|PLACES OF SERVICE|TOB
TOBS|TYPE OF BILL|TYPES OF BILL|BILL TYPE|BILL TYPES|CONDITION CODE|CONDITION CODES|OCCURRENCE CODE
OCCURRENCE CODES|OCCURRENCE SPAN CODE|VALUE CODE|VALUE CODES|APC|APCS|C APC|C APCS|EAPG|EAPGS|NDC|NDCS
LOINC|LOINCS|SNOMED|SNOMED CT|TAXONOMY|RXNORM|CVX|OASIS|MDS|HIPPS|RUG|RUGS|CMG|CMGS|PDPM
STATUS INDICATOR|STATUS INDICATORS|PATIENT STATUS|DISCHARGE STATUS|DISCHARGE DISPOSITION|DISCHARGE CODE
DISCHARGE CODES|FORM LOCATOR|FORM LOCATORS|FL|LCD|LCDS|NCD|NCDS|NAICS|SIC|SOC|SOC CODE|MCC CODE|CUSIP
ASA CLASS|GMDN|UNSPSC|HICS|ICPC|DSM|DSM 5|MODEL V24|CAGE|FICE|OPEID|CIP CODE|CIP|COST CENTER
COST CENTERS|GL CODE|GL CODES|CDM|CHARGEMASTER NUMBER|CHARGE NUMBER|PSC
"""
_PLACES = """
TICKETS|INVOICES|STORES|BADGES|WAREHOUSES|BATCHES|ICIMS|TALEO|PEOPLESOFT|KRONOS|ADP|UKG|LAWSON|ATTN|ROUTING|SESSION|BOOTH|CRN|ROWS|COLUMN
COLUMNS|CELLS|SPREADSHEET|SERIAL NO|WAREHOUSE|KIOSK|RACK|SHELF|BIN|TAG|BARCODE|PORT|VLAN|MAIL STOP CODE
ASSET|EMPLOYS|EMPLOYING|INSURES|EMPLOYEES|EMPLOYEE COUNT|ISO|IEC|ANSI|NIST|HL7|FHIR|RFC|IEEE|ASTM|X12
NCPDP|SOC 2|PCI|ZIP|ZIPS|ZIPCODE|ZIPCODES|POSTAL|POSTAL CODE|SUITE|SUITES|STE|ROOM|ROOMS|RM|APT
APARTMENT|GATE|GATES|BAY|BAYS|BLDG|BUILDING|BUILDINGS|WING|TOWER|BOX|P O BOX|PO BOX|MAILSTOP|MAIL STOP
MAIL CODE|REQ|REQS|REQUISITION|REQUISITIONS|EXT|EXTENSION|NPI|NPIS|EIN|TIN|SSN|DUNS|UEI|MRN|MRNS|VIN|SKU
ISBN|ID|IDS|ANNOUNCEMENT|VACANCY|SOLICITATION|PHONE|TEL|TELEPHONE|FAX|CELL|HIGHWAY|HIGHWAYS|HWY
INTERSTATE|ROUTE|RTE|EXIT|FLIGHT|POPULATION|SALARY|BONUS|STIPEND|BUDGET|VITAMIN|VITAMINS|AIRCRAFT|BOEING
AIRBUS|VERSION|VERSIONS|RELEASE|REVISION|BUILD|SERIAL|BADGE|LOCKER|TICKET|INVOICE|LICENSE|PERMIT|PATENT
ACCT|GROUPER|GROUPERS|HALL|DOCK|PARKING|LOT|AISLE|SEAT|SEATS|BED|BEDS|FLOOR|FLOORS|WARD|POD|PODS|STALL
DELL|HP|CANON|EPSON|BROTHER|SONY|NIKON|LENOVO|SAMSUNG|CISCO|LOGITECH|FUJITSU|XEROX|LEXMARK|RICOH|JABRA
PLANTRONICS|FORD|BMW|AUDI|HONDA|TOYOTA|MERCEDES|VOLVO|GALAXY|MERV|TAX ID|AREA CODE|DRESS CODE|JOB CODE
JOB CODES|PAY CODE|PAY CODES|PROMO CODE|DISCOUNT CODE|ACCESS CODE|REFERRAL CODE|ENTRY CODE|DOOR CODE
LOCATION CODE|DEPARTMENT CODE|POSITION CODE|COMPANY CODE|FACILITY CODE|POSTING CODE|REFERENCE CODE
SOURCE CODE|BUILDING CODE|COUNTY CODE|STATE CODE|FIPS|FIPS CODE|PASSCODE|SERIES CODE|OCCUPATION CODE
PHOTO|EO|E . O .|EXECUTIVE ORDER|LAW|P . L .|CFR|USC|STATUTE|RFP|RFQ|IDIQ|VERTEBRA|VERTEBRAE
VERTEBRAL LEVEL|VERTEBRAL LEVELS|HEADCOUNT|ENROLLMENT|CENSUS|SQUARE|HEMOGLOBIN|MEETING ID|PASSWORD|BATCH
COUPON|CATALOG|CATALOGUE|PART NUMBER|POLICY|COURSE|GENE|PROTEIN|RECEPTOR|ROW|PLATFORM|ORACLE|WINDOWS
PYTHON|JAVA|SQL|ANDROID|IOS|CONFERENCE CODE|TEXT CODE|SHORT CODE|WORKDAY|KEYWORD|CODE WORD|JOB NUMBER
JOB ID|REFERRAL|LEVEL OF CARE CODE
"""
_NOUNS = """
PART|LINES|PARTS|PIECE|CELL PHONE|PRODUCT|STORE|BRANCH|CAMPUS|FUND|GRANT|PROGRAM NUMBER|CHAPTER|FIGURE
ANNEX|MODULE|LESSON|RULE|STANDARD|CLAUSE|REGULATION|PAGE|STEP|ORDER|CASE|ACCOUNT|UNIT|LINE|JOB|POSITION
POSTING|MEMBER|GROUP|MODEL|FORM|SECTION|PARAGRAPH|ARTICLE|APPENDIX|EXHIBIT|LOCATION|LOCATIONS|ADDRESS
REFERENCE|REF|CONTRACT|CERTIFICATE|TRACKING|STATION|CLASS|BUS|PIN|PO|PROJECT|TEAM|DEPT|DEPARTMENT|CALL
TEXT|DIAL|PAY|WAGE|WAGES|COMPENSATION|AMOUNT|TITLE|ZONE|DESK|DOOR|TERMINAL|TRAIN|FILE|PLAN|SOFTWARE
HANDBOOK|PROTOCOL|TASK|ITEM|ITEMS|EMPLOYEE|QUOTE|QUOTING|OPENING|ADVERT|LISTING|SURVEY|GRADE|TRACK
QUESTION|TOTAL|TOTALING|TOTALLING|COUNT|VOLUME|SQFT|EARN|EARNING|PAYING|PAYS|SERVING|STREET
"""

_TABLE: dict[tuple[str, ...], tuple[Kind, str]] = {
    **_phrases(
        Kind.SYSTEM, "cpt", "CPT", "CPTS", "CPT 4", "CPT4", "E / M", "E & M", "EVALUATION AND MANAGEMENT"
    ),
    **_phrases(
        Kind.SYSTEM, "cpt", "HCPCS LEVEL I", "LEVEL I", "CATEGORY II", "CATEGORY III", "CAT II", "CAT III"
    ),
    **_phrases(Kind.SYSTEM, "cpt", "EVALUATION & MANAGEMENT", "CPT II", "CPT III", "E / MS", "PLA"),
    **_phrases(
        Kind.SYSTEM,
        "icd10cm",
        "ICD 10",
        "ICD10",
        "ICD 10 CM",
        "ICD10 CM",
        "ICD10CM",
        "ICD",
        "ICDS",
        "ICD 10CM",
    ),
    **_phrases(
        Kind.SYSTEM,
        "diagnosis",
        "DIAGNOSIS",
        "DIAGNOSES",
        "DIAGNOSTIC CODE",
        "DIAGNOSTIC CODES",
        "DX",
        "PDX",
        "SDX",
        "CM",
    ),
    **_phrases(Kind.SYSTEM, "icd10pcs", "ICD 10 PCS", "ICD10 PCS", "ICD10PCS", "PCS", "ICD 10PCS"),
    **_phrases(
        Kind.SYSTEM, "hcpcs", "HCPCS", "HCPC", "HCPCS LEVEL II", "HCPCS II", "LEVEL II", "HCPCS LEVEL 2"
    ),
    **_phrases(
        Kind.SYSTEM, "msdrg", "MS DRG", "MS DRGS", "MSDRG", "MSDRGS", "DRG", "DRGS", "CMS DRG", "CMS DRGS"
    ),
    **_phrases(Kind.SYSTEM, "hcc", "HCC", "HCCS", "CMS HCC", "CMS HCCS"),
    **_phrases(Kind.SYSTEM, "modifier", "MODIFIER", "MODIFIERS", "MOD", "MODS"),
    **_phrases(Kind.SYSTEM, "modifier", "APPEND", "APPENDS", "APPENDING", "APPENDED"),
    **_phrases(
        Kind.CODE, "", "CODE", "CODES", "PROCEDURE", "PROCEDURES", "ADD ON", "ADDON", "CATEGORY", "CATEGORIES"
    ),
    **_phrases(Kind.CODE, "", "SUBCATEGORY", "SUBCATEGORIES"),
    **_phrases(
        Kind.VERB,
        "",
        "CODING",
        "CODED",
        "BILL",
        "BILLS",
        "BILLED",
        "BILLING",
        "REPORT",
        "REPORTED",
        "REPORTING",
    ),
    **_phrases(
        Kind.VERB, "", "ASSIGN", "ASSIGNS", "ASSIGNED", "ASSIGNING", "LEVELING", "LEVELLING", "SEQUENCE"
    ),
    **_phrases(
        Kind.VERB, "", "SEQUENCING", "SEQUENCED", "RECODE", "RECODING", "DOWNCODE", "UPCODE", "DOWNCODED"
    ),
    **_phrases(Kind.FOREIGN, "icd9", *_ICD9),
    **_phrases(Kind.FOREIGN, "", *_listed(_FOREIGN)),
    **_phrases(Kind.PLACE, "", *_listed(_PLACES)),
    **_phrases(Kind.NOUN, "", *_listed(_NOUNS)),
}
_BY_FIRST: dict[str, list[tuple[str, ...]]] = {}
for _phrase in sorted(_TABLE, key=len, reverse=True):
    _BY_FIRST.setdefault(_phrase[0], []).append(_phrase)


def head_at(tokens: Sequence[Token], at: int) -> Head | None:
    """The longest head that begins at this token, with what belongs to it (`DRG's`, `CPT®`)."""
    for phrase in _BY_FIRST.get(tokens[at].value, ()):
        after = _match(tokens, at, phrase)
        if after:
            kind, name = _TABLE[phrase]
            return Head(kind, name, _tail(tokens, after))
    return None


def _match(tokens: Sequence[Token], at: int, phrase: tuple[str, ...]) -> int:
    for place, wanted in enumerate(phrase):
        if place and at < len(tokens) and tokens[at].kind == DASH and wanted != DASH:
            at += 1
        if at >= len(tokens) or tokens[at].value != wanted or (place and tokens[at].gap > NEW_LINE):
            return 0
        at += 1
    return at


def _tail(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens) and tokens[at].kind in {"®", "™", "©"}:
        at += 1
    possessive = at + 1 < len(tokens) and tokens[at].kind in {"'", "’"} and tokens[at + 1].value == "S"
    optional = at + 2 < len(tokens) and tokens[at].kind == "(" and tokens[at + 1].value == "S"
    if possessive and tokens[at + 1].gap == 0 and tokens[at + 1].kind == WORD:
        return at + 2
    if optional and tokens[at + 1].gap == 0 and tokens[at + 2].kind == ")":  # code(s)
        return at + 3
    return at
