"""Whether five digits, or four and a letter, are a CPT code."""

from __future__ import annotations

from jobboard.codes.linker.cases import Case
from jobboard.codes.linker.evidence import is_likely_a_code
from jobboard.codes.linker.neighbours import (
    is_amount,
    is_counted,
    is_place,
    is_quantified,
    is_tallied,
    is_thing,
)
from jobboard.codes.linker.wordlists import words

_NEARBY = words("OF IN NEAR TO AT AROUND FROM WITHIN")
_SETTLED = words(
    """
    CANDIDATES CANDIDATE APPLICANTS APPLICANT RESIDENTS LIVE LIVES LIVING RESIDING BASED LOCATED HIRING
    OFFICES OFFICE
    CLINICS SITES COMMUNITIES NEIGHBORHOODS COUNTIES
    """
)
_PEOPLE = words("CODER CODERS AUDITOR AUDITORS STAFF SOMEONE ANYONE PEOPLE")
_PRICED = words("AT TO FROM OF BETWEEN IS BASE")
_FIRST_CPT, _LAST_CPT = 100, 99607
_ROUND_ONLY = ("S", "RANGE")
_COUNTING_UP = frozenset(
    {"12345", "23456", "34567", "45678", "56789", "54321", "11111", "22222", "33333", "99999"}
)


def is_cpt(case: Case, compatible: set[str]) -> bool:
    """Five digits, or the stem of a family of them."""
    element, sentence = case.candidate.element, case.candidate.sentence
    value = element.atom.value
    if element.atom.family:
        return bool(compatible) or case.coded or (sentence.coding and case.tokens[case.first].raw[-1] == "x")
    if is_amount(case.tokens, case.first, case.after):
        return False
    ends = [value] if element.last is None else [value, element.last]
    thousands = all(end.endswith("000") for end in ends)
    round_number = all(end.endswith(("00", "50")) for end in ends)
    if element.last is None and case.behind("SERIES", *_ROUND_ONLY[: 2 * value.endswith("00")]):
        return False
    counted = is_counted(case.tokens, case.after, round_number)
    if compatible:
        return not (thousands and counted)
    if sentence.contact and any(head.name == "CODE" for head in case.heads) and _is_alone(case):
        return False  # "Call 555-0199, code 77003"
    if not compatible and is_tallied(case.tokens, case.first, round_number):
        return False
    if case.coded:
        return not ((counted or is_quantified(case.tokens, case.first)) and round_number)
    return not _named_otherwise(case, ends, counted, round_number, thousands)


def _is_alone(case: Case) -> bool:
    """Whether no other member stands in its list."""
    return case.group.size == 1


def _named_otherwise(case: Case, ends: list[str], counted: bool, round_number: bool, thousands: bool) -> bool:
    """Whether the neighbours of five bare digits make them something else than a code."""
    candidate, sentence = case.candidate, case.candidate.sentence
    if any(not _FIRST_CPT <= int(end) <= _LAST_CPT or end in _COUNTING_UP for end in ends):
        return True
    if case.group.refused_numbers or candidate.near_place or counted or case.is_named_behind():
        return True
    if is_place(case.tokens, case.first, case.after) or is_thing(case.tokens, case.after):
        return True
    if round_number and case.is_of_counts():
        return True
    if _is_dialled_paid_or_near(case):
        return True
    if round_number and (sentence.pay or is_quantified(case.tokens, case.first)):
        return True
    if case.is_of_a_headline() and candidate.element.last is None:
        return True
    if thousands and not (case.group.accepted or candidate.sentence.codes) and not _alone_in_brackets(case):
        return True
    return not is_likely_a_code(case)


def _is_dialled_paid_or_near(case: Case) -> bool:
    """ "Call … at 40345", "pay starts at 58240", "within 40 miles of 45219"."""
    word = case.tokens[case.first - 1].value if case.first else ""
    sentence = case.candidate.sentence
    if sentence.commute and word in _NEARBY:
        return True
    if case.first > 1 and word in _NEARBY:
        who = case.tokens[case.first - 2].value
        if who in _SETTLED or (word == "FROM" and who in _PEOPLE):
            return True
    return (sentence.contact and word in {"AT", "TO", "ON", "OR"}) or (sentence.pay and word in _PRICED)


def _alone_in_brackets(case: Case) -> bool:
    return case.before("(") and case.behind(")") and case.candidate.sentence.coding


def is_lettered_cpt(case: Case, compatible: set[str]) -> bool:
    """Category II and III, PLA and administrative codes."""
    value = case.candidate.element.atom.value
    if compatible or case.coded or "cpt" in case.group.accepted:
        return True
    if is_thing(case.tokens, case.after) or is_counted(case.tokens, case.after, round_number=True):
        return False
    if value[-1] == "F" and (case.group.size > 1 or case.candidate.sentence.clinical):
        return True
    return value.startswith("0") or (value[-1] == "F" and case.candidate.sentence.coding)
