"""Reads what is provided and who may be employed: equipment, CEUs, dues, sponsorship, number of openings."""

import re
from collections.abc import Sequence

from jobboard.postings.recognition.numbers import NUMBER, number
from jobboard.postings.recognition.reading import Sentence

_GEAR = r"(?:equipment|laptops?|computers?|monitors?|hardware|pc|workstation)"
_PAID = (
    r"(?:paid(?: for)?|covered|reimbursed|provided|free|included|reimbursement|allowance|stipend"
    r"|at no cost)"
)
_OWN_GEAR = re.compile(
    rf"\b(?:your|their|his|her) own (?:\w+ ){{0,2}}?{_GEAR}|\b{_GEAR}(?: \w+){{0,2}}? (?:is|are"
    rf"|will) not (?:be )?(?:provided|supplied|furnished)"
    rf"|\bmust (?:provide|supply|have|own|use) (?:a |an )?(?:personal|own) (?:\w+ )?{_GEAR}"
    rf"|\bbring your own device\b|\bbyod\b|\b(?:no|not provide|do not supply"
    rf"|don't provide) (?:any )?{_GEAR}\b"
)
_GIVEN_GEAR = re.compile(
    rf"\b{_GEAR}(?:\W+\w+){{0,5}}?\W+(?:is|are|will be)?\s*(?:provided|supplied|furnished|included"
    rf"|shipped)\b"
    rf"|\b(?:we|company|employer|hospital)\b(?:\W+\w+){{0,2}}?\W+(?:provides?|supply|supplies"
    rf"|furnish\w*|ships?|sends?)(?: you)?(?: with)?(?:\W+\w+){{0,4}}?\W+{_GEAR}\b"
    rf"|\b(?:company|employer|hospital|agency)[ -](?:provided|issued|supplied"
    rf"|furnished)(?: \w+){{0,2}}? {_GEAR}\b|\b(?:provided"
    rf"|supplied) (?:with )?(?:\w+ ){{0,2}}?{_GEAR}\b"
)
_CEU = r"(?:ceus?|ces\b|continuing[ -]education(?: units?| credits?| hours?)?)"
_CEU_PAID = re.compile(
    rf"\b(?:paid|free|reimburs\w+|cover\w*|pays?(?: for)?|provid\w+)(?:\W+\w+){{0,5}}?\W+{_CEU}\b"
    rf"|\b{_CEU}(?:\W+\w+){{0,4}}?\W+{_PAID}\b"
)
_DUES = (
    r"(?:(?:membership|aapc|ahima|professional|credential|certification|association"
    r"|annual)(?:\W+\w+){0,3}?\W+)?(?:dues|membership fees?|credential fees?"
    r"|certification renewals?|memberships?)"
)
_DUES_PAID = re.compile(
    rf"\b(?:paid|free|reimburs\w+|cover\w*|pays?(?: for)?|provid\w+)(?:\W+\w+){{0,6}}?\W+{_DUES}\b"
    rf"|\b{_DUES}(?:\W+\w+){{0,5}}?\W+{_PAID}\b"
)
_NOT_PAID = re.compile(
    r"\bnot\b(?:\W+\w+){0,2}?\W+(?:paid|covered|reimbursed|provided|included|pay|cover|reimburse)"
    r"|\bown expense\b|\b(?:your|their) own (?:\w+ )?dues\b|\bresponsible for\b|\bmust (?:maintain|pay|keep)\b"
)
_SPONSORED = re.compile(
    r"\b(?:visa |h-?1b |h1-b |immigration )?sponsorship (?:is |may be |can be )?(?:available"
    r"|offered|provided|considered|possible)|\b(?:will|can|able to|we) (?:\w+ )?sponsor\b(?! of)"
    r"|\bwe (?:offer|provide) (?:visa |h-?1b )?sponsorship"
)
_US_ONLY = re.compile(
    r"\b(?:no|not|unable|cannot|n't|without)\b[^.;]{0,50}\bsponsor|\bsponsorship\b[^.;]{0,30}\bnot\b"
    r"|\bsponsorship\b[^.;]{0,20}\b(?:unavailable|unable)\b"
    r"|\b(?:us|u\.s\.?|united states) (?:work|employment) (?:authorization|eligibility)\b"
    r"|\b(?:us|u\.s\.?|united states|american)[ -](?:citizens?|citizenship|residents?"
    r"|persons?)\b[^.;]{0,40}\b(?:only|required|must|eligible)|\b(?:must|only"
    r"|required to)\b[^.;]{0,40}\b(?:us|u\.s\.?|united states) (?:citizens?|citizenship|residents?"
    r"|persons?)"
    r"|\b(?:authorized|authorised|eligible|legally able|authorization|eligibility) (?:to work"
    r"|for employment) (?:legally )?in the (?:us\b|u\.s|usa\b|united states)"
    r"|\b(?:must|candidates?|applicants?)\b[^.;]{0,30}\b(?:reside|live|be located|be based|located"
    r"|residing|based|living) in(?:side)? the (?:continental )?(?:us\b|u\.s|usa\b|united states)"
    r"|\b(?:us|u\.s\.|usa|united states)[ -](?:based )?(?:candidates? |applicants? |residents? "
    r"|coders? )?only\b|\bus[ -]based (?:candidates|applicants|coders)\b|\bopen to (?:us|u\.s\."
    r"|united states) citizens\b"
)
_OPENINGS = re.compile(
    rf"\b(?:number of (?:openings|positions|vacancies)|openings|vacancies"
    rf"|positions available)\s?[:=]\s?(?P<first>{NUMBER})\b"
    rf"|(?<![\d$.,#-])(?P<count>{NUMBER})\s+(?:immediate |current |open |new |remote |full[ -]time "
    rf"|part[ -]time |coding |coder |additional |available )*(?:openings|vacancies"
    rf"|positions (?:available|open|to fill)|open positions)\b"
    rf"|^\W*(?P<alone>{NUMBER}) (?:positions?|(?:[\w/-]+ ){{0,3}}(?:coders|auditors|specialists) (?:needed|wanted))\W*$"
    rf"|\b(?:hiring|seeking|looking for|recruiting|need)\s+(?P<hiring>{NUMBER})\s+"
    rf"(?:[\w/-]+\s+){{0,4}}?(?:coders|auditors|specialists|abstractors|billers|people|positions)\b"
)
_REQUISITION = re.compile(
    r"\b(?:req(?:uisition)?(?:\s?(?:id|number|no\.?|num|#))?|job\s?(?:id|number|no\.?|req"
    r"|requisition|code)(?:\s?(?:id|number|#))?|posting\s?(?:id|number)|position\s?(?:id|number)"
    r"|announcement\s?number|reference\s?(?:id|number"
    r"|no\.?))\s?[:#]{1,2}\s?#?\s?(?P<id>[A-Za-z0-9][A-Za-z0-9_./-]{1,39})",
    re.IGNORECASE,
)


def read_equipment(read: Sequence[Sentence]) -> bool | None:
    """Whether the employer provides the equipment."""
    return _told(read, _GIVEN_GEAR, _OWN_GEAR)


def read_ceu(read: Sequence[Sentence]) -> bool | None:
    """Whether continuing education is paid."""
    return _told(read, _CEU_PAID, _NOT_PAID, subject=re.compile(rf"\b{_CEU}\b"))


def read_dues(read: Sequence[Sentence]) -> bool | None:
    """Whether membership dues are paid."""
    return _told(read, _DUES_PAID, _NOT_PAID, subject=re.compile(rf"\b{_DUES}\b"))


def _told(
    read: Sequence[Sentence],
    yes: re.Pattern[str],
    no: re.Pattern[str],
    subject: re.Pattern[str] | None = None,
) -> bool | None:
    answer: bool | None = None
    for sentence in read:
        text = sentence.lower
        if subject is not None and not subject.search(text):
            continue
        if no.search(text):
            answer = False if answer is None else answer
        elif yes.search(text):
            answer = True
    return answer


def read_work_authorization(read: Sequence[Sentence]) -> str | None:
    """us_only, sponsorship, or nothing where it is not said."""
    answer: str | None = None
    for sentence in read:
        if _US_ONLY.search(sentence.lower):
            return "us_only"
        if _SPONSORED.search(sentence.lower):
            answer = "sponsorship"
    return answer


def read_openings(read: Sequence[Sentence]) -> int | None:
    """The number of people wanted, where it is said."""
    for sentence in read:
        match = _OPENINGS.search(sentence.lower)
        if match:
            count = number(match["first"] or match["count"] or match["alone"] or match["hiring"])
            if 1 <= count <= 500 and count == int(count):
                return int(count)
    return None


def read_requisition_number(read: Sequence[Sentence]) -> str | None:
    """The employer's own number of the opening, as written."""
    for sentence in read:
        match = _REQUISITION.search(sentence.text)
        if match and any(letter.isdigit() for letter in match["id"]):
            return match["id"].rstrip("./-_")
    return None
