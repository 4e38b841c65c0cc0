"""Whether a dotted, undotted or three-character code is one of ICD-10-CM."""

from __future__ import annotations

from jobboard.codes.linker.atoms import Shape
from jobboard.codes.linker.cases import Case
from jobboard.codes.linker.neighbours import is_amount, is_thing
from jobboard.codes.linker.plausible import is_category


def is_icd(case: Case, shape: Shape, compatible: set[str]) -> bool:
    """A dotted code nearly always, a weak shape where something speaks for it."""
    element = case.candidate.element
    value = element.atom.value
    valid = is_category(value)
    if is_thing(case.tokens, case.after) or is_amount(case.tokens, case.first, case.after):
        return shape is Shape.DOTTED and valid and bool(compatible)
    if case.first and case.tokens[case.first - 1].value in {"TABLE", "COLUMN", "ROW"} and not compatible:
        return False
    if _is_version(case, shape, value, compatible):
        return False
    if "icd10cm" in compatible or (compatible and valid):
        return True
    mates = valid and "icd10cm" in case.group.accepted
    if shape is Shape.DOTTED:
        return valid or case.coded or "icd10cm" in case.group.accepted
    reported = shape is Shape.UNDOTTED and any(head.name == "REPORT" for head in case.heads)
    if mates or (case.coded and valid and not reported):
        return True
    sentence = case.candidate.sentence
    # N130 beside claims is a remittance remark
    remark = value[0] in "MN" and len(value) == 5 and not sentence.acts
    if (
        not valid
        or remark
        or (reported and len(value) > 5)
        or (sentence.denial and not sentence.icd)
        or case.is_of_a_headline()
    ):
        return False
    if shape is Shape.CATEGORY:
        return _is_category(case)
    listed = case.group.size > 1 and sentence.coding
    return sentence.acts or listed or (len(value) == 8 and value[-1].isalpha())


def _is_version(case: Case, shape: Shape, value: str, compatible: set[str]) -> bool:
    """`V24`, `v28`, `V41.1` beside HCC, DRG, grouper or model; and ICD-9's V-codes where it is named."""
    if value[0] != "V" or len(value) > 6 or not (case.candidate.element.last or "V").startswith("V"):
        return False
    if len(value) == 6 and value.startswith("V20.2") and case.tokens[case.first].raw.islower():  # "v2027"
        return True
    sentence = case.candidate.sentence
    if sentence.icd9 and not compatible:
        return True
    if sentence.version:
        return not (compatible and shape is Shape.DOTTED)
    return not (compatible or case.coded or "icd10cm" in case.group.accepted)


def _is_category(case: Case) -> bool:
    element, sentence = case.candidate.element, case.candidate.sentence
    if element.last is not None:
        return not sentence.spine
    if (sentence.icd or sentence.has_icd) and not sentence.spine:
        return True
    if not sentence.acts:
        return False
    bracketed = case.before("(") and (case.behind(")", ",", "/", "-") or case.behind("("))
    return bracketed or case.behind("(") or _has_category_beside(case)


def _has_category_beside(case: Case) -> bool:
    for other in (case.at - 1, case.at + 1):
        if 0 <= other < len(case.candidates):
            mate = case.candidates[other]
            alike = mate.element.shape is Shape.CATEGORY and is_category(mate.element.atom.value)
            if mate.group == case.candidate.group and alike:
                return True
    return False
