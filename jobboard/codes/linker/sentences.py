"""Sentences, and what each is about: some evidence reaches no farther than a full stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jobboard.codes.linker.clinical import is_clinical
from jobboard.codes.linker.tokens import BLANK_LINE, DASH, GLUED, NEW_LINE, WORD, Token
from jobboard.codes.linker.wordlists import words

_ABBREVIATIONS = words(
    """
    EG ATTN ACCT REF BOX VS INCL NO NOS APPROX ST STE DR MT EX MOD DX REQ EXT TEL PH CO JR SR RM BLDG AVE
    BLVD FT ESP INC
    """
)
CODING = words(
    """
    CODE CODES CODED CODING CODER CODERS ICD ICD10 CPT HCPCS DX DIAGNOSIS DIAGNOSES DIAGNOSTIC SEQUENCE
    SEQUENCING SEQUENCED ASSIGN ASSIGNS ASSIGNED ASSIGNING BILL BILLED BILLING BILLS REPORT REPORTED
    REPORTING HCC HCCS DRG DRGS CLAIM CLAIMS CAPTURE ABSTRACT ABSTRACTING QUERY QUERIES MODIFIER MODIFIERS
    PCS NCCI UNBUNDLING BUNDLING BUNDLED BUNDLES UNBUNDLED CPTS UPCODE UPCODING DOWNCODE DOWNCODING
    CROSSWALK EDITS CHARTS CHART AUDIT AUDITS AUDITING LEVELING APPEND APPENDS APPENDING PRINCIPAL
    SECONDARY COMORBID COMORBIDITY PROCEDURE PROCEDURES SPECIFICITY CATEGORY DOCUMENTATION DOCUMENTED MCC
    CC RAF
    """
)
_PEOPLE_AND_PAPER = words(
    """
    CODER CODERS CHART CHARTS AUDIT AUDITS CLAIM CLAIMS DRG DRGS HCC HCCS CC REPORT REPORTS
    """
)
TITLES = words(
    """
    CODER AUDITOR SPECIALIST ANALYST MANAGER TECHNICIAN EDUCATOR SUPERVISOR DIRECTOR LEAD BILLER
    ABSTRACTOR CONSULTANT COORDINATOR
    """
)
_DENIAL = words(
    """
    DENIAL DENIALS CARC CARCS RARC RARCS REMARK REMARKS REMIT REMITS REMITTANCE EOB EOBS ERA 835
    """
)
_SURVEY = words("OASIS MDS")
_VERSION = words(
    """
    GROUPER GROUPERS VERSION VERSIONS MODEL MODELS RELEASE SOFTWARE ENCODER IOCE OCE MCE DRG DRGS HCC HCCS
    RAF
    """
)
_PAY = words(
    """
    SALARIES BONUSES
    SALARY COMPENSATION WAGE WAGES PAY PAYS ANNUAL ANNUALLY YEARLY BONUS STIPEND ALLOWANCE REIMBURSEMENT
    INCENTIVE TUITION RETENTION EARN EARNING EARNINGS HOURLY
    """
)
_COMMUTE = words("MILES MILE RESIDE RESIDES RESIDENCE COMMUTE COMMUTING RADIUS RELOCATE RELOCATION")
_CONTACT = words("HOTLINE VOICEMAIL KEYPAD CALL DIAL TEXT PAGE PAGER PHONE TELEPHONE FAX EXT EXTENSION")
_SPINE = words("SPINE SPINAL VERTEBRA VERTEBRAE VERTEBRAL FUSION LEVELS DERMATOME")


@dataclass(slots=True)
class Sentence:
    """What is said in one sentence, as far as the linker asks."""

    coding: bool = False
    acts: bool = False  # speaks of codes or coding, not of coders or charts only
    denial: bool = False
    survey: bool = False
    version: bool = False
    pay: bool = False
    contact: bool = False
    commute: bool = False
    spine: bool = False
    icd: bool = False
    icd9: bool = False
    hcpcs: bool = False
    pcs: bool = False
    modifiers: bool = False
    lettered: bool = False  # a letter and four digits are in it
    title: bool = False
    clinical: bool = False
    numbers: int = 0  # of five digits
    codes: int = 0  # set by the judgement: how many codes were accepted in it
    has_icd: bool = False  # set by the judgement: a sure ICD-10-CM code stands in it

    @property
    def is_of_work(self) -> bool:
        """Whether an act of coding or a number of five digits, or a letter and four, is in it."""
        return self.acts or self.numbers > 0 or self.lettered


def ends_sentence(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token is a full stop (or its like) that ends a sentence."""
    token = tokens[at]
    if token.kind in {"!", "?"}:
        return at + 1 >= len(tokens) or tokens[at + 1].gap != GLUED
    if token.kind != ".":
        return False
    if at + 1 < len(tokens):
        follower = tokens[at + 1]
        if follower.gap == GLUED and not (
            follower.kind == WORD and follower.raw[0].isupper() and len(follower.raw) > 2
        ):
            return False
        if (
            follower.gap != GLUED
            and follower.kind == WORD
            and follower.raw[0].islower()
            and follower.value.isalpha()
        ):
            return tokens[at - 1].value not in _ABBREVIATIONS if at else True
    before = tokens[at - 1] if at and token.gap == GLUED else None
    if before is None:
        return True
    return before.value not in _ABBREVIATIONS and not (len(before.value) == 1 and before.value.isalpha())


def read_sentences(tokens: Sequence[Token]) -> list[Sentence]:
    """For every token its sentence (one object shared by the tokens of one sentence)."""
    result: list[Sentence] = []
    first = 0
    for at in range(len(tokens)):
        last = at + 1 == len(tokens) or _ends_line(tokens, at) or ends_sentence(tokens, at)
        if last:
            result.extend([_about(tokens[first : at + 1])] * (at + 1 - first))
            first = at + 1
    return result


def _ends_line(tokens: Sequence[Token], at: int) -> bool:
    """Whether a line ends here that is more than a wrapped part of one."""
    token, behind = tokens[at], tokens[at + 1]
    if behind.gap == BLANK_LINE:
        return True
    open_end = token.kind in {",", ":", "(", "/", "&", DASH} or token.value in {
        "AND",
        "OR",
        "WITH",
        "THE",
        "OF",
        "TO",
    }
    return behind.gap == NEW_LINE and behind.raw[0].isupper() and behind.value.isalpha() and not open_end


def _about(tokens: Sequence[Token]) -> Sentence:
    said = {token.value for token in tokens if token.kind == WORD}
    icd9 = "ICD9" in said or "ICD9CM" in said
    icd = bool(said & {"ICD10", "ICD10CM", "DX", "DIAGNOSIS", "DIAGNOSES"})
    for at, token in enumerate(tokens):
        if token.value == "ICD":
            rest = [other.value for other in tokens[at + 1 : at + 3] if other.kind == WORD]
            icd9 = icd9 or rest[:1] == ["9"]
            icd = icd or rest[:1] != ["9"]
    return Sentence(
        coding=bool(said & CODING),
        acts=bool(said & CODING - _PEOPLE_AND_PAPER),
        numbers=sum(len(token.value) == 5 and token.value.isdecimal() for token in tokens),
        lettered=any(len(w) == 5 and w[0] in "AEGJKLQ" and w[1:].isdecimal() for w in said),
        clinical=any(is_clinical(word) for word in said),
        denial=bool(said & _DENIAL),
        survey=bool(said & _SURVEY),
        version=bool(said & _VERSION),
        pay=bool(said & _PAY),
        contact=bool(said & _CONTACT),
        commute=bool(said & _COMMUTE),
        spine=bool(said & _SPINE),
        icd=icd,
        icd9=icd9,
        hcpcs=bool(said & {"HCPCS", "HCPC", "CPT"}),
        pcs=bool(said & {"PCS", "ICD10PCS"}),
        modifiers=any(word.startswith("MODIFIER") for word in said),
        title=_is_title(tokens, said),
    )


def _is_title(tokens: Sequence[Token], said: set[str]) -> bool:
    """Whether it is a headline with the name of a job: a bare number in it is the opening's own."""
    words = [token.raw for token in tokens if token.kind == WORD and token.value.isalpha()]
    small = sum(word[0].islower() for word in words)
    lines = sum(token.gap >= NEW_LINE for token in tokens)
    return bool(said & TITLES) and len(words) <= 9 and small <= 1 and lines <= 1
