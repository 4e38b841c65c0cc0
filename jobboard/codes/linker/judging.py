"""Whether what is written as a code is one, by shape, head, list-mates and neighbours; and of which system.

Strong shapes (`E11.9`, `0DTJ4ZZ`, `J1885`) are codes unless something says otherwise. Weak ones (`E11`, `e119`)
need a reason: a head, a list-mate, or a sentence about coding. Five digits are a CPT code unless their
neighbours name them as something else.
"""

from __future__ import annotations

from collections.abc import Sequence

from jobboard.codes.linker.atoms import Shape
from jobboard.codes.linker.cases import ICD_HEADS, Case, Group
from jobboard.codes.linker.evidence import is_likely_a_code
from jobboard.codes.linker.judging_cpt import is_cpt, is_lettered_cpt
from jobboard.codes.linker.judging_icd10cm import is_icd
from jobboard.codes.linker.mention import System
from jobboard.codes.linker.neighbours import is_amount, is_counted, is_thing
from jobboard.codes.linker.plausible import in_level2_span, is_category, is_pcs_table
from jobboard.codes.linker.reading import Candidate
from jobboard.codes.linker.tokens import Token

_ROUNDS = 3
_NO_LEVEL2_LETTER = frozenset("FINOWXYZ")


def judge(tokens: Sequence[Token], candidates: Sequence[Candidate]) -> list[System | None]:
    """For each candidate its system, or None where it is no code. Lists are judged as wholes, twice:
    what the first round accepts speaks for its neighbours in the second."""
    groups: dict[int, Group] = {}
    for candidate in candidates:
        group = groups.setdefault(candidate.group, Group())
        group.size += not candidate.element.atom.value.isalpha()  # "handled" has the shape of a PCS code
    verdicts: list[System | None] = []
    for _ in range(_ROUNDS):
        verdicts = []
        accepted = _count_accepted(candidates)
        for group in groups.values():
            group.refused_numbers = False
        for at, candidate in enumerate(candidates):
            group = groups[candidate.group]
            if candidate.follows:
                verdict = verdicts[at - 1] if at else None
            else:
                verdict = _verdict(Case(tokens, candidate, group, candidates, at, accepted > 0))
            verdicts.append(verdict)
            if verdict is not None:
                group.accepted.add(verdict)
                candidate.sentence.has_icd = candidate.sentence.has_icd or verdict == "icd10cm"
            elif candidate.element.shape is Shape.FIVE and not candidate.element.atom.value.endswith("000"):
                group.refused_numbers = True
            if candidate.element.shape is Shape.UNDOTTED:
                group.undotted = True
        if all(
            candidate.accepted == (verdict is not None)
            for candidate, verdict in zip(candidates, verdicts, strict=True)
        ):
            break  # nothing was added that could speak for another
        for candidate, verdict in zip(candidates, verdicts, strict=True):
            candidate.accepted = verdict is not None
    return verdicts


def _count_accepted(candidates: Sequence[Candidate]) -> int:
    for candidate in candidates:
        candidate.sentence.codes = 0
    for candidate in candidates:
        candidate.sentence.codes += candidate.accepted
    return sum(candidate.accepted for candidate in candidates)


def _verdict(case: Case) -> System | None:
    candidate = case.candidate
    if candidate.system is not None:
        return candidate.system  # type: ignore[return-value]
    shape = candidate.element.shape
    compatible = case.compatible(shape)
    if not compatible and case.is_ruled_out():
        return None
    if shape is Shape.FIVE:
        return "cpt" if is_cpt(case, compatible) else None
    if shape is Shape.LETTERED:
        return "cpt" if is_lettered_cpt(case, compatible) else None
    if shape is Shape.LEVEL2:
        return _level2(case, compatible)
    if shape in (Shape.PCS, Shape.PCS_PART):
        return "icd10pcs" if _is_pcs(case, compatible) else None
    return "icd10cm" if is_icd(case, shape, compatible) else None


def _level2(case: Case, compatible: set[str]) -> System | None:
    element, sentence = case.candidate.element, case.candidate.sentence
    value = element.atom.value
    icd, hcpcs = bool(compatible & ICD_HEADS), bool(compatible - ICD_HEADS)
    if element.atom.family:
        return "hcpcs" if (hcpcs or case.coded or (sentence.coding and _small_x(case))) else None
    letter = value[0]
    if icd and (not hcpcs or letter in _NO_LEVEL2_LETTER or letter == "D"):
        return "icd10cm"
    if letter == "D":
        return "icd10cm" if case.group.undotted and "icd10cm" in case.group.accepted and not hcpcs else None
    if hcpcs:
        return "hcpcs"
    if is_thing(case.tokens, case.after) or is_amount(case.tokens, case.first, case.after):
        return None
    if _is_of_a_survey(case, letter) or case.is_of_a_headline():
        return None
    if _reads_as_icd(case, value):
        reason = case.coded or sentence.coding or "icd10cm" in case.group.accepted
        return "icd10cm" if is_category(value) and reason else None
    return "hcpcs" if in_level2_span(value) and (case.coded or is_likely_a_code(case)) else None


def _is_of_a_survey(case: Case, letter: str) -> bool:
    """An item of OASIS or the MDS: M beside their names, other letters only in a list with M or an item's number."""
    if not case.candidate.sentence.survey:
        return False
    case.group.survey = case.group.survey or letter == "M"
    return letter == "M" or (letter in "GIJN" and (case.group.survey or case.group.size == 1))


def _reads_as_icd(case: Case, value: str) -> bool:
    if value[0] in _NO_LEVEL2_LETTER or not in_level2_span(value):
        return True
    if case.group.undotted and "icd10cm" in case.group.accepted and is_category(value):
        return True
    sentence = case.candidate.sentence
    return sentence.icd and not sentence.hcpcs and value[0] == "E" and value >= "E1000" and is_category(value)


def _small_x(case: Case) -> bool:
    return case.tokens[case.first].raw[-1] == "x"


def _is_pcs(case: Case, compatible: set[str]) -> bool:
    element, sentence = case.candidate.element, case.candidate.sentence
    value = element.atom.value
    letters = sum(char.isalpha() for char in value)
    if element.shape is Shape.PCS_PART:
        if is_counted(case.tokens, case.after, round_number=True):
            return False
        named = bool(compatible) or "icd10pcs" in case.group.accepted
        return named or (sentence.pcs and is_pcs_table(value) and letters > 0 and value[0].isdigit())
    written_small = case.tokens[case.first].raw.islower()
    if letters == len(value):
        return is_pcs_table(value) and value.endswith("ZZZ") and not written_small
    if compatible:
        return letters > 0 or is_pcs_table(value)
    if letters == 0:
        return is_pcs_table(value) and "icd10pcs" in case.group.accepted
    return is_pcs_table(value) and (sentence.pcs or not case.is_of_a_headline())
