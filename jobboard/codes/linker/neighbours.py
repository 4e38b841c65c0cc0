"""What the words around a number say it is: a count, an amount, a place, an address, a thing."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from jobboard.codes.linker.tokens import GLUED, NEW_LINE, SPACED, WORD, Token
from jobboard.codes.linker.wordlists import words

_TIME = words(
    """
    YEAR YEARS YR YRS MONTH MONTHS MO MOS WEEK WEEKS WK WKS DAY DAYS HOUR HOURS HR HRS MINUTE MINUTES MIN
    MINS SECONDS AM PM A.M P.M
    """
)
_COUNTED = words(
    """
    CHART CHARTS RECORD RECORDS ACCOUNT ACCOUNTS BED BEDS BEDDED EMPLOYEE EMPLOYEES MEMBER MEMBERS LIVES
    PATIENT PATIENTS PROVIDER PROVIDERS PHYSICIAN PHYSICIANS PEOPLE STAFF CODER CODERS AUDITOR AUDITORS
    DOLLARS USD POINTS MILES MI KM SQUARE SQ FEET FT SQFT PAGES LINES ITEMS TRANSACTIONS DISCHARGES
    ADMISSIONS BIRTHS DELIVERIES SURGERIES FACILITIES HOSPITALS CLINICS LOCATIONS SITES RESIDENTS VETERANS
    STUDENTS GRADUATES SUBSCRIBERS CUSTOMERS CLIENTS UNITS HOUSEHOLDS ACRES VOLUNTEERS NURSES
    PROFESSIONALS ASSOCIATES COLLEAGUES PERCENT PCT PER ANNUALLY YEARLY MONTHLY MILLION BILLION THOUSAND
    CENTS KEYSTROKES SPECIALTIES STATES COUNTRIES CREDITS CEU CEUS WORDS ROWS FTE FTES QUESTIONS SEATS MG
    ML MCG KG LBS LB MM CM IU DEGREES FAHRENHEIT CELSIUS MEALS CHARACTERS BYTES RVU RVUS WRVU WRVUS
    WORKERS CAREGIVERS SHARES VOLTS WATTS HZ CANDIDATES APPLICANTS PARTICIPANTS ENROLLEES BENEFICIARIES
    USERS TEAMMATES RETIREES FAMILIES CHILDREN ADULTS SENIORS WOMEN MEN VISITORS HOMES ROOMS DEVICES
    PRESCRIPTIONS SPECIMENS SAMPLES CALLS EMAILS DOCUMENTS FILES POLICYHOLDERS LEARNERS REFERRALS DOCTORS
    DONORS CLINICIANS SURGEONS DENTISTS PRACTICES APPEALS DENIALS BED-DAYS INPATIENTS OUTPATIENTS CONTACTS
    MESSAGES LETTERS COPIES CASES STEPS CALORIES TIMES
    """
)
_ALSO_CODED = words(
    """
    ENCOUNTER ENCOUNTERS VISIT VISITS CLAIM CLAIMS PROCEDURE PROCEDURES CODE CODES EXAM EXAMS STUDIES TEST
    TESTS ORDERS SCANS INJECTIONS INFUSIONS CHARGES BILLS SERVICES CASES REPORTS LINES UNITS DENIALS
    APPEALS
    """
)
_AUTHORITIES = words(
    """
    PAYER PAYERS PAYOR POLICY POLICIES GUIDELINE GUIDELINES NCCI CCI CMS CPT AMA MEDICARE MEDICAID CONTRACT
    DOCUMENTATION LCD NCD PROTOCOL RULE RULES MANUAL INSTRUCTIONS
    """
)
_SPANS = words(
    """
    QUARTER QUARTERLY YEAR YEARS YEARLY ANNUALLY MONTH MONTHLY WEEK WEEKLY PER EACH EVERY FISCAL
    """
)
_OF_COUNTS = words("ANNUAL MONTHLY WEEKLY YEARLY TOTAL COVERED LICENSED STAFFED UNIQUE ENROLLED")
_QUANTIFIER = words(
    """
    OVER ABOUT APPROXIMATELY APPROX NEARLY ALMOST ROUGHLY AROUND THAN EXCEEDING ~ AVERAGE AVERAGING
    TOTALING LEAST MOST EVERY ≈ > < ≥ ≤ MINIMUM MAXIMUM
    """
)
_HOW_MANY = frozenset({("NUMBER", "OF"), ("COUNT", "OF"), ("TOTAL", "OF"), ("HOW", "MANY"), ("VOLUME", "OF")})
_MONEY = words("$ € £ ¥ USD US$ CAD AUD GBP EUR INR PHP RS")
_THINGS = words(
    """
    PRINTER PRINTERS SCANNER MONITOR MONITORS LAPTOP LAPTOPS HEADSET DOCK CAMERA ROUTER SERVER KEYBOARD
    VISA VISAS MASK MASKS RESPIRATOR RESPIRATORS AIRCRAFT TRUCK TRUCKS ENGINE HIGHWAY KEY FREEWAY CORRIDOR
    EXIT EXPRESSWAY VITAMIN DEFICIENCY LEVELS PERCENTILE WIDEBODY PICKUP PLANE JET LOUNGE ELEVATOR GRANT
    LICENSE SUMMIT VERTEBRA VERTEBRAE DERMATOME PROTEIN RECEPTOR RECEPTORS ANTIGEN CONCOURSE PARKING
    CAMPUS CAMPUSES TERMINAL BUILDING ROOM GATE SUITE WING INTERCHANGE FORM FORMS PHONE TABLET
    AREA REGION NEIGHBORHOOD COUNTY DISTRICT POSTCODE SPEAKERPHONE MODEL SOFTWARE GROUPER SPINE
    """
)
_STREET = words(
    """
    STREET ST AVENUE AVE BOULEVARD BLVD ROAD RD DRIVE DR LANE LN WAY PARKWAY PKWY COURT CT PLACE PL CIRCLE
    CIR TERRACE HIGHWAY HWY PIKE TURNPIKE TRAIL LOOP PLAZA SQUARE FREEWAY EXPRESSWAY
    """
)

# two-letter state -> spans of the first three digits of its postal codes (USPS)
_STATE_ZIPS = """
    AL 350-369 AK 995-999 AZ 850-865 AR 716-729 CA 900-961 CO 800-816 CT 060-069 DE 197-199 DC 200-205 FL
    320-349 GA 300-319,398-399 HI 967-968 ID 832-838 IL 600-629 IN 460-479 IA 500-528 KS 660-679 KY
    400-427 LA 700-714 ME 039-049 MD 206-219 MA 010-027 MI 480-499 MN 550-567 MS 386-397 MO 630-658 MT
    590-599 NE 680-693 NV 889-898 NH 030-038 NJ 070-089 NM 870-884 NY 005-005,100-149 NC 270-289 ND
    580-588 OH 430-459 OK 730-749 OR 970-979 PA 150-196 RI 028-029 SC 290-299 SD 570-577 TN 370-385 TX
    750-799,885-885 UT 840-847 VT 050-059 VA 201-201,220-246 WA 980-994 WV 247-268 WI 530-549 WY 820-831
    PR 006-009
"""
_ZIPS = {
    state: [tuple(int(part) for part in span.split("-")) for span in spans.split(",")]
    for state, spans in zip(_STATE_ZIPS.split()[::2], _STATE_ZIPS.split()[1::2], strict=True)
}
_STATE_NAMES = words(
    """
    ALABAMA ALASKA ARIZONA ARKANSAS CALIFORNIA COLORADO CONNECTICUT DELAWARE FLORIDA GEORGIA HAWAII IDAHO
    ILLINOIS INDIANA IOWA KANSAS KENTUCKY LOUISIANA MAINE MARYLAND MASSACHUSETTS MICHIGAN MINNESOTA
    MISSISSIPPI MISSOURI MONTANA NEBRASKA NEVADA HAMPSHIRE JERSEY MEXICO YORK CAROLINA DAKOTA OHIO
    OKLAHOMA OREGON PENNSYLVANIA TENNESSEE TEXAS UTAH VERMONT VIRGINIA WASHINGTON WISCONSIN WYOMING USA
    """
)
_STATES_SHORTENED = words(
    """
    ILL MASS CALIF TEX FLA ARIZ PA CONN PENN WASH ORE MINN WIS WISC MICH TENN VA GA OKLA COLO ALA ARK DEL
    IND KAN KY LA MD MISS MO MONT NEB NEV
    """
)
_PLACE_LABELS = words("LOCATION LOCATIONS ADDRESS OFFICE OFFICES SITE SITES CITY")
_PLACE_WORDS = words("IN NEAR AROUND AT FROM DOWNTOWN OF")
_MEDICAL_ENDINGS = (
    "LOGY", "SCOPY", "ECTOMY", "PLASTY", "OTOMY", "GRAPHY", "GRAM", "TION", "ICS", "ICINE", "SURGERY", "IA", "IES",
    "CARE", "CATH", "LAB", "IMAGING", "THERAPY", "ANCE", "ING", "URE", "SIS",
)  # fmt: skip


def is_time(tokens: Sequence[Token], after: int) -> bool:
    """Whether what follows counts time ("5 years", "30+ days", "2-hour")."""
    found = _words(tokens, after, 2)
    if len(found) > 1 and found[0].value in {"A", "AN", "EACH", "EVERY"}:  # "25 an hour"
        return found[1].value in _TIME
    return bool(found) and found[0].value in _TIME


def is_counted(tokens: Sequence[Token], after: int, round_number: bool, reach: int = 3) -> bool:
    """Whether what follows names things that are counted.

    Codes are counted by the same nouns ("99285 visits"), so an ordinary code in front of those is none;
    neither is one with other words between. A round number is.
    """
    word = _next_word(tokens, after)
    if word is None:
        return False
    if word.value == "PER" and any(other.value in _AUTHORITIES for other in _words(tokens, after, 3)):
        return False  # "51 or 59 per payer"
    if _is_rate(_words(tokens, after, 6)):
        return True
    if word.value in _TIME or (word.value in _COUNTED and word.value not in _ALSO_CODED):
        return True
    if (
        tokens[after].kind == "-"
        and tokens[after].gap == GLUED
        and word.value + "S" in _COUNTED - _ALSO_CODED
    ):
        return True  # "a 12340-member plan"
    if word.value in _ALSO_CODED and any(other.value in _SPANS for other in _words(tokens, after, 5)):
        return True  # "21340 encounters last quarter"
    if word.value in _OF_COUNTS:
        return any(other.value in _COUNTED | _ALSO_CODED for other in _words(tokens, after, 2)[1:])
    if not round_number:
        return False
    words = _words(tokens, after, reach)
    return any(word.value in _COUNTED or word.value in _ALSO_CODED for word in words)


def _is_rate(behind: list[Token]) -> bool:
    """Whether "per week" and its like end a phrase behind the number ("71260 scanned documents per week")."""
    return len(behind) > 2 and any(
        one.value in {"PER", "EACH", "EVERY", "A"} and two.value in _TIME
        for one, two in itertools.pairwise(behind[1:])
    )


def is_amount(tokens: Sequence[Token], first: int, after: int) -> bool:
    """Whether a currency sign, a percent or degree sign, or "k" stands at the number."""
    before = tokens[first - 1] if first else None
    if before is not None and before.value in _MONEY and before.gap <= NEW_LINE:
        return True
    return (
        after < len(tokens)
        and tokens[after].value in {"%", "°", "º", "K", "USD", "€", "$"}
        and (tokens[after].gap == GLUED or tokens[after].value in {"USD", "%", "°"})
    )


def is_quantified(tokens: Sequence[Token], first: int) -> bool:
    """Whether the word before is one of measure ("over", "approximately", "more than")."""
    return first > 0 and tokens[first - 1].value in _QUANTIFIER


def is_tallied(tokens: Sequence[Token], first: int, round_number: bool) -> bool:
    """Whether the number stands behind what it counts ("Employees: 11200")."""
    if first < 2 or tokens[first - 1].kind not in {":", "="}:
        return False
    clause = [token.value for token in tokens[max(0, first - 10) : first - 1]]
    if any(pair in _HOW_MANY for pair in itertools.pairwise(clause)):
        return True
    word = tokens[first - 2].value
    tallied = word.endswith("S") and word in _COUNTED - _ALSO_CODED and word not in {"CODERS", "AUDITORS"}
    return tallied or (round_number and word in _ALSO_CODED)


def is_thing(tokens: Sequence[Token], after: int) -> bool:
    """Whether what follows names a thing that bears such a number (a printer, a visa, a highway)."""
    word = _next_word(tokens, after)
    return word is not None and (word.value in _THINGS or word.value.removesuffix("S") in _THINGS)


def is_place(tokens: Sequence[Token], first: int, after: int) -> bool:
    """Whether a five-digit number stands as a postal code or as a house number."""
    return _after_state(tokens, first) or _after_city(tokens, first) or _before_street(tokens, after)


def _after_state(tokens: Sequence[Token], first: int) -> bool:
    at = first - 1
    if at >= 0 and tokens[at].kind in {",", "("} and tokens[first].gap <= NEW_LINE:
        at -= 1
    if at > 0 and tokens[at].kind == "." and tokens[at - 1].value in _STATES_SHORTENED:
        return True
    if at < 0 or (tokens[at].gap == GLUED and at and tokens[at - 1].kind == "#"):
        return False
    state = tokens[at]
    if state.value in _STATE_NAMES and state.raw[0].isupper():
        return True
    prefix = int(tokens[first].value[:3]) if tokens[first].value[:3].isdecimal() else -1
    spans = _ZIPS.get(state.raw, ())
    return any(low <= prefix <= high for low, high in spans)


def _after_city(tokens: Sequence[Token], first: int) -> bool:
    at = first - 1
    names = 0
    while at >= 0 and names < 3 and tokens[at].raw[:1].isupper() and tokens[at].kind == WORD:
        if tokens[at].value.endswith(_MEDICAL_ENDINGS) or tokens[at].raw.isupper():
            return False
        names += 1
        at -= 1
    if not names or at < 0 or tokens[first].gap != SPACED:
        return False
    labelled = at > 0 and tokens[at].kind == ":" and tokens[at - 1].value in _PLACE_LABELS
    return labelled or tokens[at].value in _PLACE_WORDS


def _before_street(tokens: Sequence[Token], after: int) -> bool:
    for at in range(after, min(after + 5, len(tokens))):
        token = tokens[at]
        if token.gap > 1 or (
            token.kind == WORD and not token.raw[:1].isupper() and not token.raw[:1].isdigit()
        ):
            return False
        if token.kind not in {WORD, "."}:
            return False
        if token.value in _STREET and at > after:
            return True
    return False


def _next_word(tokens: Sequence[Token], after: int) -> Token | None:
    found = _words(tokens, after, 1)
    return found[0] if found else None


def _words(tokens: Sequence[Token], after: int, most: int) -> list[Token]:
    found: list[Token] = []
    at = after
    while at < len(tokens) and len(found) < most and tokens[at].gap <= NEW_LINE:
        token = tokens[at]
        if token.kind == WORD:
            if not token.value.isalpha():
                break
            found.append(token)
        elif token.kind not in {"+", "-", "/", "’", "'"} or (token.kind == "/" and token.gap != GLUED):
            break
        at += 1
    return found
