"""Whether what is written as a code is one, by shape, head, list-mates and neighbours; and of which system.

Strong shapes (`E11.9`, `0DTJ4ZZ`, `J1885`) are codes unless something says otherwise. Weak ones (`E11`, `e119`)
need a reason: a head, a list-mate, or a sentence about coding. Five digits are a CPT code unless their
neighbours name them as something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from jobboard.codes.linker.atoms import Shape
from jobboard.codes.linker.heads import Head, Kind, head_at
from jobboard.codes.linker.mention import System
from jobboard.codes.linker.neighbours import (
    is_amount,
    is_counted,
    is_place,
    is_quantified,
    is_tallied,
    is_thing,
)
from jobboard.codes.linker.plausible import in_level2_span, is_category, is_pcs_table
from jobboard.codes.linker.reading import HARD_PLACES, Candidate
from jobboard.codes.linker.tokens import NEW_LINE, Token
from jobboard.codes.linker.wordlists import words

_ICD = frozenset({"icd10cm", "diagnosis"})
_NO_LEVEL2_LETTER = frozenset("FINOWXYZ")
_DOCUMENTS = words(
    """
    SECTION PARAGRAPH ARTICLE FIGURE ANNEX MODULE LESSON RULE STANDARD CLAUSE REGULATION PAGE STEP
    APPENDIX EXHIBIT FORM MODEL CLASS DOOR DESK ZONE TERMINAL STATION SOFTWARE HANDBOOK TRACK STREET
    """
)
_LONGEST_LIST = 12  # members that a word behind a list can name
_PRICED = words("AT TO FROM OF BETWEEN IS BASE")
_FIRST_CPT, _LAST_CPT = 100, 99607
_COUNTING_UP = frozenset(
    {"12345", "23456", "34567", "45678", "56789", "54321", "11111", "22222", "33333", "99999"}
)


@dataclass(slots=True)
class Group:
    """What is settled about the members of one list so far."""

    accepted: set[str] = field(default_factory=set)
    undotted: bool = False
    refused_numbers: bool = False
    size: int = 0


def judge(tokens: Sequence[Token], candidates: Sequence[Candidate]) -> list[System | None]:
    """For each candidate its system, or None where it is no code. Lists are judged as wholes, twice:
    what the first round accepts speaks for its neighbours in the second."""
    groups: dict[int, Group] = {}
    for candidate in candidates:
        groups.setdefault(candidate.group, Group()).size += 1
    verdicts: list[System | None] = []
    for _ in range(2):
        verdicts = []
        for group in groups.values():
            group.refused_numbers = False
        for at, candidate in enumerate(candidates):
            group = groups[candidate.group]
            if candidate.follows:
                verdict = verdicts[at - 1] if at else None
            else:
                verdict = _Case(tokens, candidate, group, candidates, at).verdict()
            verdicts.append(verdict)
            if verdict is not None:
                group.accepted.add(verdict)
                candidate.sentence.has_icd = candidate.sentence.has_icd or verdict == "icd10cm"
            elif candidate.element.shape is Shape.FIVE and not candidate.element.atom.value.endswith("000"):
                group.refused_numbers = True
            if candidate.element.shape is Shape.UNDOTTED:
                group.undotted = True
    return verdicts


@dataclass(slots=True)
class _Case:
    tokens: Sequence[Token]
    candidate: Candidate
    group: Group
    candidates: Sequence[Candidate]
    at: int

    def verdict(self) -> System | None:
        candidate = self.candidate
        if candidate.system is not None:
            return candidate.system  # type: ignore[return-value]
        shape = candidate.element.shape
        compatible = self._compatible(shape)
        if not compatible and self._ruled_out():
            return None
        if shape is Shape.FIVE:
            return "cpt" if self._is_cpt(compatible) else None
        if shape is Shape.LETTERED:
            return "cpt" if self._is_lettered(compatible) else None
        if shape is Shape.LEVEL2:
            return self._level2(compatible)
        if shape in {Shape.PCS, Shape.PCS_PART}:
            return "icd10pcs" if self._is_pcs(compatible) else None
        return "icd10cm" if self._is_icd(shape, compatible) else None

    # -- what the place says

    @property
    def _heads(self) -> tuple[Head, ...]:
        return self.candidate.heads if self.candidate.wide else ()

    @property
    def _coded(self) -> bool:
        """Whether "code", "procedure" or an act of coding governs the place."""
        return any(head.kind in {Kind.CODE, Kind.VERB} for head in self._heads)

    @property
    def _first(self) -> int:
        return self.candidate.element.atom.first

    @property
    def _after(self) -> int:
        return self.candidate.element.after

    def _compatible(self, shape: Shape) -> set[str]:
        names = {head.name for head in self._heads}
        if shape in {Shape.FIVE, Shape.LETTERED}:
            return names & {"cpt", "hcpcs"}
        if shape is Shape.LEVEL2:
            return names & {"cpt", "hcpcs", *_ICD}
        if shape in {Shape.PCS, Shape.PCS_PART}:
            return names & {"icd10pcs"}
        return names & _ICD

    def _ruled_out(self) -> bool:
        """Whether a foreign system, a place or an identifier governs."""
        value = self.candidate.element.atom.value
        shape = self.candidate.element.shape
        for head in self._heads:
            if head.kind is Kind.FOREIGN and head.name == "icd9":
                return shape is not Shape.DOTTED or value[0] in "VE"
            if head.kind in {Kind.FOREIGN, Kind.PLACE}:
                return True
            if head.kind is Kind.NOUN and self.candidate.narrow:
                return shape is not Shape.DOTTED or head.name in _DOCUMENTS
        return self._before("#") and not self._coded

    def _before(self, *signs: str) -> bool:
        return self._first > 0 and self.tokens[self._first - 1].kind in signs

    def _behind(self, *values: str) -> bool:
        return self._after < len(self.tokens) and self.tokens[self._after].value in values

    def _is_named_behind(self) -> bool:
        """Whether the word behind the list names its members ("19103 and 08054 ZIP codes")."""
        last = self.candidate
        for other in self.candidates[self.at : self.at + _LONGEST_LIST]:
            if other.group != last.group:
                break
            last = other
        at = last.element.after
        head = head_at(self.tokens, at) if at < len(self.tokens) and self.tokens[at].gap <= NEW_LINE else None
        return head is not None and head.name.split()[0] in HARD_PLACES

    # -- CPT

    def _is_cpt(self, compatible: set[str]) -> bool:
        element, sentence = self.candidate.element, self.candidate.sentence
        value = element.atom.value
        if element.atom.family:
            return (
                bool(compatible)
                or self._coded
                or (sentence.coding and self.tokens[self._first].raw[-1] == "x")
            )
        if is_amount(self.tokens, self._first, self._after):
            return False
        ends = [value] if element.last is None else [value, element.last]
        thousands = all(end.endswith("000") for end in ends)
        round_number = all(end.endswith(("00", "50")) for end in ends)
        if element.last is None and value.endswith("00") and self._behind("SERIES", "S", "RANGE"):
            return False
        counted = is_counted(self.tokens, self._after, round_number)
        if compatible:
            return not (thousands and counted)
        if self._coded:
            return not ((counted or is_quantified(self.tokens, self._first)) and round_number)
        return not self._named_otherwise(ends, counted, round_number, thousands)

    def _named_otherwise(self, ends: list[str], counted: bool, round_number: bool, thousands: bool) -> bool:
        """Whether the neighbours of five bare digits make them something else than a code."""
        candidate, sentence = self.candidate, self.candidate.sentence
        if any(not _FIRST_CPT <= int(end) <= _LAST_CPT or end in _COUNTING_UP for end in ends):
            return True
        if self.group.refused_numbers or candidate.near_place or counted or self._is_named_behind():
            return True
        if is_place(self.tokens, self._first, self._after) or is_thing(self.tokens, self._after):
            return True
        if self._is_dialled_or_paid() or is_tallied(self.tokens, self._first, round_number):
            return True
        if round_number and (sentence.pay or is_quantified(self.tokens, self._first)):
            return True
        if self._is_of_a_headline() and candidate.element.last is None:
            return True
        return thousands and not self.group.accepted and not self._alone_in_brackets()

    def _is_dialled_or_paid(self) -> bool:
        """ "Call … at 40345", "pay starts at 58240"."""
        word = self.tokens[self._first - 1].value if self._first else ""
        sentence = self.candidate.sentence
        return (sentence.contact and word in {"AT", "TO", "ON", "OR"}) or (sentence.pay and word in _PRICED)

    def _alone_in_brackets(self) -> bool:
        return self._before("(") and self._behind(")") and self.candidate.sentence.coding

    def _is_lettered(self, compatible: set[str]) -> bool:
        value = self.candidate.element.atom.value
        if compatible or self._coded or "cpt" in self.group.accepted:
            return True
        if is_thing(self.tokens, self._after) or is_counted(self.tokens, self._after, round_number=True):
            return False
        return value.startswith("0") or (value[-1] == "F" and self.candidate.sentence.coding)

    # -- HCPCS Level II, and ICD-10-CM codes of the same shape

    def _level2(self, compatible: set[str]) -> System | None:
        element, sentence = self.candidate.element, self.candidate.sentence
        value = element.atom.value
        icd, hcpcs = bool(compatible & _ICD), bool(compatible - _ICD)
        if element.atom.family:
            return "hcpcs" if (hcpcs or self._coded or (sentence.coding and self._small_x())) else None
        letter = value[0]
        if icd and (not hcpcs or letter in _NO_LEVEL2_LETTER or letter == "D"):
            return "icd10cm"
        if letter == "D":
            return (
                "icd10cm" if self.group.undotted and "icd10cm" in self.group.accepted and not hcpcs else None
            )
        if hcpcs:
            return "hcpcs"
        if is_thing(self.tokens, self._after) or is_amount(self.tokens, self._first, self._after):
            return None
        if (sentence.survey and letter in "MGIJN") or self._is_of_a_headline():
            return None
        if self._reads_as_icd(value):
            reason = self._coded or sentence.coding or "icd10cm" in self.group.accepted
            return "icd10cm" if is_category(value) and reason else None
        return "hcpcs" if in_level2_span(value) else None

    def _reads_as_icd(self, value: str) -> bool:
        if value[0] in _NO_LEVEL2_LETTER or not in_level2_span(value):
            return True
        if self.group.undotted and "icd10cm" in self.group.accepted and is_category(value):
            return True
        sentence = self.candidate.sentence
        return (
            sentence.icd
            and not sentence.hcpcs
            and value[0] == "E"
            and value >= "E1000"
            and is_category(value)
        )

    def _small_x(self) -> bool:
        return self.tokens[self._first].raw[-1] == "x"

    # -- ICD-10-PCS

    def _is_pcs(self, compatible: set[str]) -> bool:
        element, sentence = self.candidate.element, self.candidate.sentence
        value = element.atom.value
        letters = sum(char.isalpha() for char in value)
        if element.shape is Shape.PCS_PART:
            if is_counted(self.tokens, self._after, round_number=True):
                return False
            named = bool(compatible) or "icd10pcs" in self.group.accepted
            return named or (sentence.pcs and is_pcs_table(value) and letters > 0 and value[0].isdigit())
        written_small = self.tokens[self._first].raw.islower()
        if letters == len(value):
            return is_pcs_table(value) and value.endswith("ZZZ") and not written_small
        if compatible:
            return letters > 0 or is_pcs_table(value)
        if letters == 0:
            return is_pcs_table(value) and "icd10pcs" in self.group.accepted
        return is_pcs_table(value) and (sentence.pcs or not self._is_of_a_headline())

    def _is_of_a_headline(self) -> bool:
        """Whether it stands alone in a line that names a job: the opening's own number."""
        return self.candidate.sentence.title and self.group.size < 2

    # -- ICD-10-CM

    def _is_icd(self, shape: Shape, compatible: set[str]) -> bool:
        element = self.candidate.element
        value = element.atom.value
        valid = is_category(value)
        if is_thing(self.tokens, self._after) or is_amount(self.tokens, self._first, self._after):
            return shape is Shape.DOTTED and valid and bool(compatible)
        if self._is_version(shape, value, compatible):
            return False
        if "icd10cm" in compatible or (compatible and valid):
            return True
        mates = valid and "icd10cm" in self.group.accepted
        if shape is Shape.DOTTED:
            return valid or self._coded or "icd10cm" in self.group.accepted
        if mates or (self._coded and valid):
            return True
        sentence = self.candidate.sentence
        remark = (
            value[0] in "MN" and len(value) == 5 and not sentence.acts
        )  # N130 beside claims is a remittance remark
        if not valid or remark or (sentence.denial and not sentence.icd) or self._is_of_a_headline():
            return False
        if shape is Shape.CATEGORY:
            return self._is_category()
        listed = self.group.size > 1 and sentence.coding
        return sentence.acts or listed or (len(value) == 8 and value[-1].isalpha())

    def _is_version(self, shape: Shape, value: str, compatible: set[str]) -> bool:
        """`V24`, `v28`, `V41.1` beside HCC, DRG, grouper or model; and ICD-9's V-codes where it is named."""
        if value[0] != "V" or len(value) > 6 or not (self.candidate.element.last or "V").startswith("V"):
            return False
        sentence = self.candidate.sentence
        if sentence.icd9 and not compatible:
            return True
        if sentence.version:
            return not (compatible and shape is Shape.DOTTED)
        return not (compatible or self._coded or "icd10cm" in self.group.accepted)

    def _is_category(self) -> bool:
        element, sentence = self.candidate.element, self.candidate.sentence
        if element.last is not None:
            return not sentence.spine
        if (sentence.icd or sentence.has_icd) and not sentence.spine:
            return True
        if not sentence.acts:
            return False
        bracketed = self._before("(") and (self._behind(")", ",", "/", "-") or self._behind("("))
        return bracketed or self._behind("(") or self._has_category_beside()

    def _has_category_beside(self) -> bool:
        for other in (self.at - 1, self.at + 1):
            if 0 <= other < len(self.candidates):
                mate = self.candidates[other]
                alike = mate.element.shape is Shape.CATEGORY and is_category(mate.element.atom.value)
                if mate.group == self.candidate.group and alike:
                    return True
        return False
